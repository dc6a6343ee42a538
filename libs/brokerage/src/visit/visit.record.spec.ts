import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitEvent } from './visit.events.js';
import {
  acorn,
  afterwards,
  birch,
  broker,
  idOf,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  recorded,
  tuesday,
  userOf,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const log = {
  ...{ visitId: idOf(monday), carerLeg: 1, carerRef: 'C-7' },
  ...{ loggedInAt: '2026-03-09T08:05:00Z', loggedOutAt: '2026-03-09T08:35:00Z' },
};
interface Circumstances {
  readonly now?: string;
  readonly actor?: Actor;
  readonly events?: readonly VisitEvent[];
}
const record = (fields: object = {}, of: Circumstances = {}) =>
  given(...(of.events ?? [weekPlanned])).when(
    'RecordVisit',
    { leg: { ...log, ...fields } },
    { now: of.now ?? afterwards, actor: of.actor ?? userOf(acorn) },
  );

describe('A record of a visit', () => {
  it('keeps log-in, log-out, carer and method of one leg (S1-15)', () => {
    record().then(recorded(legOfMonday));
    record({ logMethod: 'nfc' }).thenLike(recorded({ ...legOfMonday, method: 'nfc' }));
  });

  it('may lack the log-out, which holds the leg (S2-17c)', () => {
    const { loggedOutAt: _, ...open } = log;
    given(weekPlanned)
      .when('RecordVisit', { leg: open }, { now: afterwards, actor: userOf(acorn) })
      .then(recorded({ ...legOfMonday, outAt: null }));
  });

  it('ends after it begins', () => {
    record({ loggedOutAt: '2026-03-09T08:05:00Z' }).thenRejected('LogOutBeforeLogIn');
    record({ loggedOutAt: '2026-03-09T08:05:01Z' }).thenLike({ type: 'VisitsRecorded' });
  });

  it('lies in the past', () => {
    record({}, { now: '2026-03-09T08:35:00.000Z' }).thenLike({ type: 'VisitsRecorded' });
    record({}, { now: '2026-03-09T08:34:59.999Z' }).thenRejected('LogInFuture');
  });

  it('lies within a day of the agreed start', () => {
    const out = { loggedOutAt: '2026-03-10T09:00:00Z' };
    record({ ...out, loggedInAt: '2026-03-10T08:00:00Z' }).thenLike({ type: 'VisitsRecorded' });
    record({ ...out, loggedInAt: '2026-03-10T08:00:01Z' }).thenRejected('LogFarFromVisit');
    record({ loggedInAt: '2026-03-08T08:00:00Z' }).thenLike({ type: 'VisitsRecorded' });
    record({ loggedInAt: '2026-03-08T07:59:59Z' }).thenRejected('LogFarFromVisit');
  });

  it('is of a planned visit', () => {
    record({ visitId: idOf('2026-03-09.9.1') }).thenRejected('VisitNotPlanned');
    record({}, { events: [] }).thenRejected('VisitNotPlanned');
    record({ visitId: 'nonsense' }).thenRejected('VisitIdMalformed');
  });

  it('is the provider’s own, or entered by the council (S2-3)', () => {
    record({}, { actor: userOf(birch) }).thenRejected('VisitOfAnotherProvider');
    record({}, { actor: broker }).thenLike({ type: 'VisitsRecorded' });
  });

  it('sent twice counts once; other content is a correction (X11)', () => {
    const events = [weekPlanned, recorded(legOfMonday)];
    record({}, { events }).thenNothing();
    record({ loggedOutAt: '2026-03-09T08:36:00Z' }, { events }).thenRejected('LegAlreadyRecorded');
  });

  it('of a visit that was excused is refused', () => {
    const excused: VisitEvent = {
      type: 'VisitExcused',
      data: {
        ...{ packageId, personId, week: '2026-W11', visit: monday },
        ...{ reason: 'hospital', excusedBy: 'broker-1' },
      },
    };
    record({}, { events: [weekPlanned, excused] }).thenRejected('VisitIsExcused');
  });
});

describe('Legs of one package and week', () => {
  const record2 = (...legs: object[]) =>
    given(weekPlanned).when('RecordVisits', { legs }, { now: afterwards, actor: userOf(acorn) });
  const lunch = (carerLeg: number, carerRef: string) => ({
    ...{ visitId: idOf(mondayLunch), carerLeg, carerRef },
    ...{ loggedInAt: '2026-03-09T12:31:00Z', loggedOutAt: '2026-03-09T13:15:00Z' },
  });

  it('are recorded together, both legs of a double-handed visit too (S1-15)', () => {
    const [event] = record2(log, lunch(1, 'C-7'), lunch(2, 'C-8')).events();
    expect(event).toMatchObject({
      data: {
        legs: [
          { visit: monday, leg: 1 },
          { visit: mondayLunch, leg: 1, carerId: 'C-7' },
          { visit: mondayLunch, leg: 2, carerId: 'C-8' },
        ],
      },
    });
  });

  it('are recorded all or none', () => {
    record2(log, { ...lunch(1, 'C-7'), loggedOutAt: '2026-03-09T12:30:00Z' }).thenRejected(
      'LogOutBeforeLogIn',
    );
    record2().thenRejected('NothingRecorded');
  });

  it('name a leg once, and no other package', () => {
    record2(lunch(1, 'C-7'), lunch(1, 'C-8')).thenRejected('LegAlreadyRecorded');
    const foreign = `${packageId.replace('c001', 'c002')}.${tuesday}`;
    record2(log, { ...log, visitId: foreign }).thenRejected('VisitsOfSeveralWeeks');
  });
});
