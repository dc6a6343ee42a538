import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitCorrected, VisitEvent, VisitsReplanned } from './visit.events.js';
import {
  acorn,
  afterwards,
  birch,
  broker,
  holder,
  idOf,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  recorded,
  tuesday,
  userOf,
  week,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const provider = userOf(acorn);
const of = { packageId, personId, week };
const missed: VisitEvent = {
  type: 'VisitMissReported',
  data: {
    ...{ ...of, visit: monday, reason: 'no-staff', reportedBy: provider.id, by: 'provider' },
    reportedAt: afterwards,
  },
};
const excuse = (fields: object, actor: Actor, ...events: readonly VisitEvent[]) =>
  given(weekPlanned, ...events).when(
    'ExcuseVisit',
    { visitId: idOf(monday), reason: 'hospital', ...fields },
    { actor },
  );
const report = (visit: string, actor: Actor, ...events: readonly VisitEvent[]) =>
  given(weekPlanned, ...events).when(
    'ReportMissedVisit',
    { visitId: idOf(visit), reason: 'no-staff' },
    { actor, now: afterwards },
  );
const excused: VisitEvent = {
  type: 'VisitExcused',
  data: { ...of, visit: monday, reason: 'hospital', excusedBy: provider.id },
};
const claimed: VisitEvent = {
  type: 'VisitExcuseClaimed',
  data: {
    ...{ ...of, visit: monday, reason: 'non-access', claimedBy: provider.id },
    ...{ noticeAt: '2026-03-09T07:30:00.000Z', note: 'Nobody opened.' },
  },
};
const alarm = (kind: string) => ({ type: 'VisitAlarmRaised', data: { kind } });
const missAlarm = alarm('missed-visit');
const welfareCheck = alarm('welfare-check');

describe('A missed visit', () => {
  it('is one that nobody attended, reported with a reason (S2-13)', () => {
    report(monday, provider).thenLike(missed, missAlarm);
    report(monday, broker).thenLike(
      { type: 'VisitMissReported', data: { by: 'council' } },
      missAlarm,
    );
  });

  it('is none once a leg was attended (S2-13)', () => {
    report(monday, provider, recorded(legOfMonday)).thenRejected('VisitWasAttended');
  });

  it('is none when one leg of a double-handed visit was attended (S2-13)', () => {
    const one = recorded({ ...legOfMonday, visit: mondayLunch, leg: 2 });
    report(mondayLunch, provider, one).thenRejected('VisitWasAttended');
    report(mondayLunch, provider).thenLike({ type: 'VisitMissReported' }, missAlarm);
  });

  it('is one again when its only leg was voided (S2-13)', () => {
    const voided: VisitCorrected = {
      type: 'VisitCorrected',
      data: {
        ...{ ...of, ...legOfMonday, correctionId: 'c', voided: true, reason: 'Wrong home.' },
        correctedBy: 'broker-1',
      },
    };
    report(monday, provider, recorded(legOfMonday), voided).thenLike(
      { type: 'VisitMissReported' },
      missAlarm,
    );
  });

  it('may still be logged later: both are kept (S2-12)', () => {
    const log = {
      ...{ visitId: idOf(monday), carerLeg: 1, carerRef: 'C-7' },
      ...{ loggedInAt: legOfMonday.inAt, loggedOutAt: legOfMonday.outAt },
    };
    given(weekPlanned, missed)
      .when('RecordVisit', { leg: log }, { actor: provider, now: afterwards })
      .thenLike(recorded(legOfMonday), { type: 'VisitReportContradicted' });
  });

  it('is reported once, of a required visit, by its own provider or the council', () => {
    report(monday, provider, missed).thenRejected('MissAlreadyReported');
    report(monday, provider, excused).thenRejected('VisitAlreadyExcused');
    report(monday, userOf(birch)).thenRejected('VisitOfAnotherProvider');
    report('2026-03-09.9.1', provider).thenRejected('VisitNotPlanned');
  });

  it('is none when the visit had left the plan', () => {
    const ended: VisitsReplanned = {
      type: 'VisitsReplanned',
      data: {
        ...{ ...of, ...holder, added: [], changed: [], withdrawn: [tuesday] },
        because: 'package-ended',
      },
    };
    report(tuesday, provider, ended).thenRejected('VisitNotPlanned');
    report(monday, provider, ended).thenLike({ type: 'VisitMissReported' }, missAlarm);
  });
});

describe('An excused visit', () => {
  it.each([
    ...['non-access', 'hospital', 'respite', 'cancelled-by-service-user', 'cancelled-by-council'],
    ...['deceased', 'police', 'weather-approved-by-council'],
  ])('has a coded reason such as %s (S2-14)', (reason) => {
    const [first] = excuse({ reason }, provider).events();
    expect(first).toMatchObject({ type: 'VisitExcused', data: { reason } });
  });

  it('for another reason says which (S2-14)', () => {
    excuse({ reason: 'other' }, provider).thenRejected('ExcuseNoteRequired');
    excuse({ reason: 'other', note: 'Family wedding.' }, provider).thenLike({
      type: 'VisitExcused',
      data: { note: 'Family wedding.' },
    });
  });

  it('stays in the plan: excusing withdraws nothing (S2-14)', () => {
    excuse({}, provider).then(excused);
  });

  it('keeps when the provider learnt of it, its offset read (S2-16b)', () => {
    excuse({ noticeAt: '2026-03-09T08:30+01:00' }, provider).thenLike({
      type: 'VisitExcused',
      data: { noticeAt: '2026-03-09T07:30:00.000Z' },
    });
    excuse({ noticeAt: '2026-03-09T08:61Z' }, provider).thenRejected('TimeUnreadable');
  });

  it('was not attended, and is excused once (S2-14)', () => {
    excuse({}, provider, recorded(legOfMonday)).thenRejected('VisitWasAttended');
    excuse({}, broker, excused).thenRejected('VisitAlreadyExcused');
    excuse({}, userOf(birch)).thenRejected('VisitOfAnotherProvider');
  });
});

describe('An excuse after the visit was missed', () => {
  const fields = { reason: 'non-access', noticeAt: '2026-03-09T07:30:00Z', note: 'Nobody opened.' };
  const accept = (actor: Actor, ...events: readonly VisitEvent[]) =>
    given(weekPlanned, ...events).when('AcceptExcuse', { visitId: idOf(monday) }, { actor });

  it('of the provider is a claim (S2-14)', () => {
    excuse(fields, provider, missed).thenLike(claimed, welfareCheck);
  });

  it('of the provider before any miss, or of the council, needs no acceptance (S2-14)', () => {
    excuse(fields, provider).thenLike({ type: 'VisitExcused' }, welfareCheck);
    excuse(fields, broker, missed).thenLike({ type: 'VisitExcused' }, welfareCheck);
  });

  it('holds once the council accepts it, and both are kept (S2-14)', () => {
    accept(broker, missed, claimed).then({
      type: 'VisitExcused',
      data: {
        ...{ ...of, visit: monday, reason: 'non-access', excusedBy: 'broker-1' },
        ...{ claimedBy: provider.id, noticeAt: '2026-03-09T07:30:00.000Z' },
        note: 'Nobody opened.',
      },
    });
  });

  it('is never accepted by a provider (S2-14)', () => {
    accept(provider, missed, claimed).thenRejected('ExcuseNotAcceptedByProvider');
  });

  it('is accepted once, and only where it was claimed (S2-14)', () => {
    accept(broker, missed).thenRejected('NoExcuseClaimed');
    accept(broker, missed, claimed, excused).thenRejected('NoExcuseClaimed');
  });

  it('is not accepted once the visit proved attended (S2-14)', () => {
    accept(broker, missed, claimed, recorded(legOfMonday)).thenRejected('VisitWasAttended');
  });
});
