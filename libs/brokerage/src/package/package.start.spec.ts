import { specFor } from '#kernel/spec-dsl.js';
import { fold } from '#kernel/decider.js';
import { valueOn } from '#kernel/timeline.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awarded,
  birch,
  choseAcorn,
  contractOf,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  personId,
  requestId,
  userOf,
} from './package.fixtures.js';
import type { PackageState } from './package.rules.js';

const { given } = specFor(packageDecider);
const now = '2026-03-09T09:00:00.000Z';
const pending = awarded.slice(0, -1);
const acknowledged: PackageEvent = {
  type: 'AwardAcknowledged',
  data: {
    ...{ packageId, requestId, offerId: offerOfAcorn.offerId, providerId: acorn },
    acknowledgedAt: now,
  },
};

describe('An award', () => {
  it('is acknowledged by its provider, once (X24)', () => {
    const acknowledge = (providerId: string, ...events: readonly PackageEvent[]) =>
      given(...events).when('AcknowledgeAward', { packageId }, { now, actor: userOf(providerId) });
    acknowledge(acorn, ...awarded).then(acknowledged);
    acknowledge(acorn, ...awarded, acknowledged).thenNothing();
    acknowledge(birch, ...awarded).thenRejected('PackageOfAnotherProvider');
    acknowledge(acorn, ...pending).thenRejected('PackageNotAwarded');
  });

  it('is chased from its start date on, not a day before (X24)', () => {
    const chase = (at: string) =>
      given(...awarded).when('ChaseStart', { packageId, outcome: 'no-answer' }, { now: at });
    chase('2026-03-08T23:59:59.999Z').thenRejected('StartNotDue');
    chase('2026-03-09T00:00:00.000Z').thenLike({
      type: 'StartChased',
      data: { providerId: acorn, outcome: 'no-answer' },
    });
  });

  const reverse = (...events: readonly PackageEvent[]) =>
    given(...events).when(
      'ReverseAward',
      { packageId, by: 'provider', reason: 'No carers' },
      { now },
    );

  it('that will not start is reversed, and the person chooses among the rest (X24, X5)', () => {
    reverse(...awarded).then({
      type: 'AwardReversed',
      data: {
        ...{ packageId, personId, requestId, offerId: offerOfAcorn.offerId, providerId: acorn },
        ...{ by: 'provider', reason: 'No carers', reversedOn: '2026-03-09' },
        ...{ contractId: contractOf(acorn), startOn: '2026-03-09' },
      },
    });
    const events = reverse(...awarded).events() as PackageEvent[];
    const choose = (offerId: string) =>
      given(...awarded, ...events).when('ChooseOffer', {
        ...{ packageId, offerId, chosenBy: choseAcorn.data.chosenBy, reasons: ['The time'] },
      });
    choose(offerOfBirch.offerId).thenLike({ type: 'OfferChosen' });
    choose(offerOfAcorn.offerId).thenRejected('OfferNotPresented');
  });

  it('is not reversed before it is confirmed nor once care has begun (X24)', () => {
    reverse(...pending).thenRejected('PackageNotAwarded');
    const started: PackageEvent = {
      type: 'PackageStarted',
      data: { packageId, providerId: acorn, startedOn: '2026-03-09', evidence: 'first-visit' },
    };
    reverse(...awarded, started).thenRejected('PackageNotAwarded');
  });

  it('has its visits in its provider’s plan until it is reversed (S4-14)', () => {
    const holderOn = (events: readonly PackageEvent[], on: string) =>
      valueOn(fold<PackageState>(packageDecider, events).service.holders, on)?.providerId;
    const reversed = [...awarded, ...(reverse(...awarded).events() as PackageEvent[])];
    expect(holderOn(awarded, '2026-03-08')).toBeUndefined();
    expect(holderOn(awarded, '2026-03-09')).toBe(acorn);
    expect(holderOn(reversed, '2026-03-09')).toBeUndefined();
  });
});

describe('A first visit that a file brings after the end', () => {
  it('still starts the package on its day, not one after the end (S2-20, X20)', () => {
    const ended: PackageEvent = {
      type: 'PackageEnded',
      data: { packageId, personId, endsBefore: '2026-03-12', outcome: 'deceased' },
    };
    const deliver = (deliveredOn: string) =>
      given(...awarded, ended).when('RecordFirstVisit', {
        ...{ packageId, providerId: acorn, deliveredOn },
      });
    deliver('2026-03-11').thenLike({ type: 'PackageStarted', data: { startedOn: '2026-03-11' } });
    deliver('2026-03-12').thenNothing();
  });
});
