import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awarded,
  birch,
  broker,
  contractOf,
  issued,
  packageId,
  personId,
  referred,
  takenOn,
  userOf,
} from './package.fixtures.js';

const { given } = specFor(packageDecider);
const pending = awarded.slice(0, -1);
const started = (startedOn: string, evidence: string) => ({
  type: 'PackageStarted',
  data: { packageId, providerId: acorn, startedOn, evidence },
});
const live = [...awarded, started('2026-03-10', 'first-visit') as PackageEvent];

describe('The first delivered visit', () => {
  const deliver = (providerId: string, ...events: readonly PackageEvent[]) =>
    given(...events).when('RecordFirstVisit', {
      ...{ packageId, providerId, deliveredOn: '2026-03-10' },
    });

  it('starts the package and stops its clock (S2-20)', () => {
    deliver(acorn, ...awarded).then(started('2026-03-10', 'first-visit'));
  });

  it('is the first alone: later visits start nothing (S2-20)', () => {
    deliver(acorn, ...live).thenNothing();
    deliver(acorn, takenOn).thenNothing();
  });

  it('is one of the awarded provider, once the award is confirmed (S2-20)', () => {
    deliver(birch, ...awarded).thenNothing();
    deliver(acorn, ...pending).thenNothing();
    deliver(acorn, referred, issued).thenNothing();
  });
});

describe('The provider’s confirmation of the start', () => {
  const confirm = (
    startedOn: string,
    of: { events?: readonly PackageEvent[]; goLiveOn?: string; actor?: Actor } = {},
  ) =>
    given(...(of.events ?? awarded)).when(
      'ConfirmStart',
      { packageId, startedOn },
      {
        actor: of.actor ?? broker,
        now: '2026-03-12T09:00:00.000Z',
        policy: { ...shippedPolicy, ecmGoLiveOn: of.goLiveOn ?? null },
      },
    );
  const confirmed = (startedOn: string) => ({
    type: 'StartConfirmed',
    data: { packageId, providerId: acorn, startedOn },
  });

  it('starts the package before visits are monitored (X24)', () => {
    confirm('2026-03-09').then(
      confirmed('2026-03-09'),
      started('2026-03-09', 'provider-confirmation'),
    );
    confirm('2026-03-11', { goLiveOn: '2026-03-12' }).then(
      confirmed('2026-03-11'),
      started('2026-03-11', 'provider-confirmation'),
    );
  });

  it('is kept but starts nothing from the go-live date on (X24)', () => {
    confirm('2026-03-12', { goLiveOn: '2026-03-12' }).then(confirmed('2026-03-12'));
    confirm('2026-03-12', { goLiveOn: '2026-03-09' }).then(confirmed('2026-03-12'));
  });

  it('comes no earlier than the agreed start and not in advance (X24)', () => {
    confirm('2026-03-08').thenRejected('StartBeforeAgreed');
    confirm('2026-03-12').thenLike({ type: 'StartConfirmed' }, { type: 'PackageStarted' });
    confirm('2026-03-13').thenRejected('StartConfirmedTooEarly');
    confirm('2026-02-30').thenRejected('DateDoesNotExist');
  });

  it('is of an award that stands and has not started (X24)', () => {
    confirm('2026-03-09', { events: pending }).thenRejected('PackageNotAwarded');
    confirm('2026-03-11', { events: live }).thenRejected('PackageNotAwarded');
    confirm('2026-03-09', { events: [] }).thenRejected('PackageUnknown');
  });

  it('is the awarded provider’s, or a broker’s for it (X24)', () => {
    confirm('2026-03-09', { actor: userOf(acorn) }).thenLike(
      { type: 'StartConfirmed' },
      { type: 'PackageStarted' },
    );
    confirm('2026-03-09', { actor: userOf(birch) }).thenRejected('PackageOfAnotherProvider');
  });
});

describe('The end of a package', () => {
  const end = (lastDay: string, ...events: readonly PackageEvent[]) =>
    given(...events).when('EndPackage', { packageId, lastDay, outcome: 'moved-away' });

  it('has an outcome and an inclusive last day, kept as the next day (X20)', () => {
    end('2026-06-30', ...live).then({
      type: 'PackageEnded',
      data: {
        ...{ packageId, personId, contractIds: [contractOf(acorn)] },
        ...{ endsBefore: '2026-07-01', outcome: 'moved-away' },
      },
    });
  });

  it('may be the day of its start, not the day before (X20)', () => {
    end('2026-03-10', ...live).thenLike({ type: 'PackageEnded' });
    end('2026-03-09', ...live).thenRejected('EndBeforeStart');
    end('2026-03-09', ...awarded).thenLike({ type: 'PackageEnded' });
    end('2026-03-08', ...awarded).thenRejected('EndBeforeStart');
    end('2025-11-03', takenOn).thenLike({ type: 'PackageEnded' });
    end('2025-11-02', takenOn).thenRejected('EndBeforeStart');
  });

  it('is of an awarded package, once, on a real date (X20)', () => {
    end('2026-06-30', referred).thenRejected('PackageNotLive');
    end('2026-06-30').thenRejected('PackageUnknown');
    end('2026-06-31', ...live).thenRejected('DateDoesNotExist');
    const ended = end('2026-06-30', ...live).events() as PackageEvent[];
    end('2026-07-31', ...live, ...ended).thenRejected('PackageIsOver');
  });
});
