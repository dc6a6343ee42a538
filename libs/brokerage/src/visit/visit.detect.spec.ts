import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import { evidenceDue, type WeekEvidence } from './visit.detect.rules.js';
import type { VisitEvent, VisitExcused, VisitMissReported } from './visit.events.js';
import type {
  VisitAlarmRaised,
  VisitDetectionWithdrawn,
  VisitMissDetected,
} from './visit.truth.events.js';
import {
  acorn,
  birch,
  broker,
  commandId,
  idOf,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  plan,
  planOf,
  recorded,
  span,
  tuesday,
  userOf,
  week,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const live: WeekEvidence = {
  feeds: [{ liveFrom: '2026-03-09', endsBefore: null }],
  acceptedAt: null,
};
const nothing: WeekEvidence = { feeds: [], acceptedAt: null };
/** The first moment after the week. */
const weekOver = '2026-03-16T00:00:00.000Z';
const legOfLunch = { ...legOfMonday, visit: mondayLunch, inAt: '2026-03-09T12:30:00.000Z' };
const fileAt = (acceptedAt: string): WeekEvidence => ({ feeds: [], acceptedAt });

const detect = (now: string, evidence: WeekEvidence, ...events: readonly VisitEvent[]) =>
  given(weekPlanned, ...events).when(
    'DetectMissedVisits',
    { commandId, packageId, week },
    { now, facts: { [acorn]: evidence } },
  );

const at = { packageId, personId, week, visit: monday, providerId: acorn };
const detectedAt = '2026-03-09T08:30:00.000Z';
const detected: VisitMissDetected = {
  type: 'VisitMissDetected',
  data: {
    ...{ ...at, critical: true, because: 'feed', detectedAt },
    reportDueBy: '2026-03-11T00:00:00.000Z',
  },
};
const alarmed: VisitAlarmRaised = {
  type: 'VisitAlarmRaised',
  data: {
    ...{ ...at, kind: 'missed-visit', critical: true, raisedAt: detectedAt },
    startsAt: '2026-03-09T08:00:00.000Z',
  },
};
const reported: VisitMissReported = {
  type: 'VisitMissReported',
  data: {
    ...{ packageId, personId, week, visit: monday, reason: 'no-staff', reportedBy: 'p' },
    ...{ by: 'provider', reportedAt: '2026-03-09T08:10:00.000Z' },
  },
};
const excused: VisitExcused = {
  type: 'VisitExcused',
  data: { packageId, personId, week, visit: monday, reason: 'hospital', excusedBy: 'b' },
};
const withdrawn = (because: VisitDetectionWithdrawn['data']['because'], withdrawnAt: string) => ({
  type: 'VisitDetectionWithdrawn',
  data: { ...at, because, withdrawnAt },
});

describe('A missed visit', () => {
  it('is detected once the grace of a critical one has passed and a feed is live, not a moment before (S2-12)', () => {
    detect('2026-03-09T08:29:59.999Z', live).thenNothing();
    detect(detectedAt, live).then(detected, alarmed);
  });

  it('is detected two hours after the start of a standard one (S2-12)', () => {
    const lunch = { type: 'VisitMissDetected', data: { visit: mondayLunch, critical: false } };
    const morning = recorded(legOfMonday);
    detect('2026-03-09T14:29:59.999Z', live, morning).thenNothing();
    detect('2026-03-09T14:30:00.000Z', live, morning).thenLike(lunch, { type: 'VisitAlarmRaised' });
  });

  it('is never detected without evidence that is due (S2-12)', () => {
    detect('2026-06-01T08:00:00.000Z', nothing).thenNothing();
  });

  it('is detected on days of the feed alone (S2-12)', () => {
    const from = (liveFrom: string, endsBefore: string | null): WeekEvidence => ({
      feeds: [{ liveFrom, endsBefore }],
      acceptedAt: null,
    });
    detect(detectedAt, from('2026-03-10', null)).thenNothing();
    detect(detectedAt, from('2026-03-02', '2026-03-09')).thenNothing();
    detect(detectedAt, from('2026-03-02', '2026-03-10')).thenLike(
      { type: 'VisitMissDetected' },
      { type: 'VisitAlarmRaised' },
    );
  });

  it('is detected where the feed was heard after the grace, and no earlier (S2-12)', () => {
    const from = (since: string, until: string): WeekEvidence => ({
      ...live,
      heard: [{ since: `2026-03-09T${since}:00.000Z`, until: `2026-03-09T${until}.000Z` }],
    });
    const found = [{ type: 'VisitMissDetected' }, { type: 'VisitAlarmRaised' }] as const;
    detect('2026-03-09T12:00:00.000Z', from('06:00', '08:29:59')).thenNothing();
    detect('2026-03-09T12:00:00.000Z', from('06:00', '08:30:00')).thenLike(...found);
    detect('2026-03-09T12:00:00.000Z', { ...live, heard: [] }).thenNothing();
  });

  it('is detected by a feed that came back only once it had time to send what it kept (S2-12)', () => {
    const back = (until: string): WeekEvidence => ({
      ...live,
      heard: [{ since: '2026-03-09T10:00:00.000Z', until: `2026-03-09T${until}.000Z` }],
    });
    detect('2026-03-09T12:00:00.000Z', back('10:59:59')).thenNothing();
    const due = detect('2026-03-09T12:00:00.000Z', back('11:00:00'));
    due.thenLike({ type: 'VisitMissDetected' }, { type: 'VisitAlarmRaised' });
  });

  it('is detected by the week’s file though the feed is dead (S2-12)', () => {
    const both = { ...live, heard: [], acceptedAt: weekOver };
    const byFile = { type: 'VisitMissDetected', data: { because: 'file' } };
    const raised = { type: 'VisitAlarmRaised' };
    detect(weekOver, both).thenLike(byFile, raised, byFile, raised, byFile, raised);
  });

  it('is detected by the week’s file, where the file could tell of it (S2-12)', () => {
    const now = '2026-03-17T09:00:00.000Z';
    const files = [recorded(legOfMonday), recorded(legOfLunch)];
    const byFile = { type: 'VisitMissDetected', data: { visit: tuesday, because: 'file' } };
    detect(now, fileAt('2026-03-15T23:59:59.999Z'), ...files).thenNothing();
    detect(now, fileAt(weekOver), ...files).thenLike(byFile, { type: 'VisitAlarmRaised' });
  });

  it('of the week’s last night is told of by a file that came after its grace (S2-12)', () => {
    const night = { on: '2026-03-15', startsAt: '2026-03-15T23:30:00.000Z', critical: true };
    const due = (acceptedAt: string) => evidenceDue(night, fileAt(acceptedAt), shippedPolicy);
    expect(due('2026-03-15T23:59:59.999Z')).toBeNull();
    expect(due(weekOver)).toEqual({ at: weekOver, because: 'file' });
    const later = { ...night, startsAt: '2026-03-15T23:45:00.000Z' };
    expect(evidenceDue(later, fileAt('2026-03-16T00:14:59.999Z'), shippedPolicy)).toBeNull();
    expect(evidenceDue(later, fileAt('2026-03-16T00:15:00.000Z'), shippedPolicy)).not.toBeNull();
  });

  it('is none where one of two carers came (S2-13)', () => {
    const alone = { ...legOfMonday, visit: mondayLunch, inAt: '2026-03-09T12:30:00.000Z' };
    detect('2026-03-09T20:00:00.000Z', live, recorded(legOfMonday, alone)).thenNothing();
  });

  it('is none where the visit was excused (S2-14)', () => {
    detect(detectedAt, live, excused).thenNothing();
  });

  it('is detected beside its report, and raises one alarm (S2-12, X26)', () => {
    detect(detectedAt, live, reported, alarmed).then(detected);
  });

  it('is detected once', () => {
    detect(detectedAt, live, detected, alarmed).thenNothing();
  });

  it('is to be reported by the end of the next working day, or the policy’s (S2-12)', () => {
    const twoDays = { ...shippedPolicy, missReportWorkingDays: 2 };
    given(weekPlanned)
      .when(
        'DetectMissedVisits',
        { commandId, packageId, week },
        { now: detectedAt, facts: { [acorn]: live }, policy: twoDays },
      )
      .thenLike(
        { type: 'VisitMissDetected', data: { reportDueBy: '2026-03-12T00:00:00.000Z' } },
        { type: 'VisitAlarmRaised' },
      );
  });

  it('of another provider is judged by that one’s evidence (S4-14)', () => {
    given(weekPlanned)
      .when(
        'DetectMissedVisits',
        { commandId, packageId, week },
        { now: '2026-03-09T20:00:00.000Z', facts: { [birch]: live } },
      )
      .thenNothing();
  });
});

describe('A detection', () => {
  const now = '2026-03-09T11:50:00.000Z';
  const record = (inAt: string, ...events: readonly VisitEvent[]) =>
    given(weekPlanned, ...events).when(
      'RecordVisit',
      { commandId, leg: { visitId: idOf(monday), carerLeg: 1, carerRef: 'C-7', loggedInAt: inAt } },
      { now, actor: userOf(acorn) },
    );

  it('is withdrawn by a later log-in, however late the visit was (S2-12, X10)', () => {
    record('2026-03-09T11:45:00.000Z', detected, alarmed).thenLike(
      { type: 'VisitsRecorded' },
      withdrawn('logged-in', now),
    );
    record('2026-03-09T08:05:00.000Z').thenLike({ type: 'VisitsRecorded' });
  });

  it('is withdrawn once: a second carer’s log changes nothing more', () => {
    const first = recorded(legOfMonday);
    const taken = { type: 'VisitDetectionWithdrawn', data: { ...at, because: 'logged-in' } };
    given(weekPlanned, detected, first, taken)
      .when(
        'RecordVisit',
        {
          commandId,
          leg: { visitId: idOf(monday), carerLeg: 2, carerRef: 'C-8', loggedInAt: now },
        },
        { now, actor: userOf(acorn) },
      )
      .thenLike({ type: 'VisitsRecorded' });
  });

  it('is made again when the log is voided (X11)', () => {
    const taken = { type: 'VisitDetectionWithdrawn', data: { ...at, because: 'logged-in' } };
    const voided = {
      type: 'VisitCorrected',
      data: {
        ...at,
        ...legOfMonday,
        correctionId: 'k',
        voided: true,
        reason: 'r',
        correctedBy: 'p',
      },
    };
    const events = [detected, alarmed, recorded(legOfMonday), taken, voided] as VisitEvent[];
    detect(now, live, ...events).thenLike({ type: 'VisitMissDetected', data: { visit: monday } });
  });

  it('makes a provider’s excuse a claim, which the council accepts (S2-14)', () => {
    const excuse = (reason: string, actor: object, ...events: readonly VisitEvent[]) =>
      given(weekPlanned, ...events).when(
        'ExcuseVisit',
        { commandId, visitId: idOf(monday), reason },
        { now, actor: actor as typeof broker },
      );
    excuse('hospital', userOf(acorn)).thenLike({ type: 'VisitExcused' });
    excuse('hospital', userOf(acorn), detected).thenLike({ type: 'VisitExcuseClaimed' });
    excuse('hospital', broker, detected).thenLike(
      { type: 'VisitExcused' },
      withdrawn('excused', now),
    );
    const [claimed] = excuse('hospital', userOf(acorn), detected).events();
    given(weekPlanned, detected, claimed as VisitEvent)
      .when('AcceptExcuse', { commandId, visitId: idOf(monday) }, { now, actor: broker })
      .thenLike({ type: 'VisitExcused' }, withdrawn('excused', now));
  });

  it('is withdrawn by an attendance that waited for its plan (X13)', () => {
    const row = {
      ...{ row: 2, ref: 'S-9', leg: 1, on: '2026-03-09', plannedStart: '08:00', carer: 'C-7' },
      ...{ loggedInAt: '2026-03-09T08:05:00', loggedOutAt: '2026-03-09T08:35:00' },
      status: 'delivered' as const,
    };
    const kept: VisitEvent = {
      type: 'VisitsUnallocated',
      data: { packageId, personId, week, providerId: acorn, fileId: 'f', rows: [row] },
    };
    given(weekPlanned, detected, kept)
      .when(
        'ReplanWeek',
        { commandId, packageId, week },
        { now, facts: { plan }, policy: { ...shippedPolicy, ecmGoLiveOn: '2026-03-02' } },
      )
      .thenLike({ type: 'VisitsRecorded' }, withdrawn('logged-in', now), {
        type: 'VisitsAllocated',
      });
  });

  it('is withdrawn when a suspension that came to light later excuses the visit (X17)', () => {
    const away = planOf({ ...span, suspendedBecause: 'hospital' });
    given(weekPlanned, detected)
      .when(
        'ReplanWeek',
        { commandId, packageId, week, because: 'suspended' },
        { now, facts: { plan: away }, policy: { ...shippedPolicy, ecmGoLiveOn: '2026-03-02' } },
      )
      .thenLike({ type: 'VisitsReplanned' }, withdrawn('excused', now));
  });

  it('is withdrawn when the visit is not required any more (X20)', () => {
    const over = planOf({ ...span, fromOn: '2026-03-10' });
    given(weekPlanned, detected)
      .when(
        'ReplanWeek',
        { commandId, packageId, week },
        { now, facts: { plan: over }, policy: { ...shippedPolicy, ecmGoLiveOn: '2026-03-02' } },
      )
      .thenLike({ type: 'VisitsReplanned' }, withdrawn('not-required', now));
  });

  it('stays with the provider whose plan held the visit (S4-14)', () => {
    const moved = planOf({ ...span, providerId: birch, contractId: 'of-birch' });
    const [replanned, ...more] = given(weekPlanned, detected)
      .when(
        'ReplanWeek',
        { commandId, packageId, week, because: 'transferred' },
        { now, facts: { plan: moved }, policy: { ...shippedPolicy, ecmGoLiveOn: '2026-03-02' } },
      )
      .events();
    const { added } = replanned?.data as { added: { visit: string }[] };
    expect(added.map(({ visit }) => visit)).not.toContain(monday);
    expect(added.map(({ visit }) => visit)).toContain(mondayLunch);
    expect(more).toEqual([]);
  });
});

describe('A report of a missed visit', () => {
  const now = '2026-03-09T09:00:00.000Z';
  const report = (...events: readonly VisitEvent[]) =>
    given(weekPlanned, ...events).when(
      'ReportMissedVisit',
      { commandId, visitId: idOf(monday), reason: 'no-staff' },
      { now, actor: userOf(acorn) },
    );

  it('raises an alarm, unless the detection did (X26)', () => {
    report().thenLike({ type: 'VisitMissReported' }, { type: 'VisitAlarmRaised' });
    report(detected, alarmed).thenLike({ type: 'VisitMissReported' });
  });

  it('is contradicted by a log that comes after it; both are kept (S2-12)', () => {
    const log = { visitId: idOf(monday), carerLeg: 1, carerRef: 'C-7' };
    given(weekPlanned, reported)
      .when(
        'RecordVisit',
        { commandId, leg: { ...log, loggedInAt: '2026-03-09T08:05:00Z' } },
        { now, actor: userOf(acorn) },
      )
      .thenLike(
        { type: 'VisitsRecorded' },
        {
          type: 'VisitReportContradicted',
          data: { ...at, leg: 1, carerId: 'C-7', loggedInAt: '2026-03-09T08:05:00.000Z' },
        },
      );
    report(recorded(legOfMonday)).thenRejected('VisitWasAttended');
  });
});

describe('A door that nobody opened', () => {
  const now = '2026-03-09T08:20:00.000Z';
  const excuse = (reason: string, ...events: readonly VisitEvent[]) =>
    given(weekPlanned, ...events).when(
      'ExcuseVisit',
      { commandId, visitId: idOf(monday), reason },
      { now, actor: userOf(acorn) },
    );
  const check = { type: 'VisitAlarmRaised', data: { kind: 'welfare-check', visit: monday } };

  it('raises a welfare check; other reasons do not (S2-14)', () => {
    excuse('non-access').thenLike({ type: 'VisitExcused' }, check);
    excuse('hospital').thenLike({ type: 'VisitExcused' });
  });

  it('raises it while the claim still waits for the council, and once (S2-14)', () => {
    const claimed = excuse('non-access', reported);
    claimed.thenLike({ type: 'VisitExcuseClaimed' }, check);
    const events = [reported, ...(claimed.events() as VisitEvent[])];
    given(weekPlanned, ...events)
      .when('AcceptExcuse', { commandId, visitId: idOf(monday) }, { now, actor: broker })
      .thenLike({ type: 'VisitExcused' });
  });
});
