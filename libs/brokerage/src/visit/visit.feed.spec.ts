import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { FeedLog } from './visit.feed.events.js';
import type { VisitEvent } from './visit.events.js';
import * as facts from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const at = { now: '2026-03-09T09:00:00.000Z', actor: facts.userOf(facts.acorn) };
const login: FeedLog = {
  ...{ type: 'log-in', ref: 'S-1', leg: 1, on: '2026-03-09', plannedStart: '08:00' },
  ...{ carer: 'C-7', at: '2026-03-09T08:05:00Z', method: 'app' },
};
const logout: FeedLog = { ...login, type: 'log-out', at: '2026-03-09T08:35:00Z' };
const record = (logs: readonly FeedLog[], ...before: readonly VisitEvent[]) =>
  given(facts.weekPlanned, ...before).when(
    'RecordFeedLogs',
    {
      commandId: facts.commandId,
      ...{ packageId: facts.packageId, personId: facts.personId, week: facts.week },
      ...{ providerId: facts.acorn, deliveryId: 'd-1', logs },
    },
    at,
  );
/** The logs sent one after another. */
const recordedOf = (...logs: readonly FeedLog[]): readonly VisitEvent[] =>
  logs.reduce<readonly VisitEvent[]>(
    (before, log) => [...before, ...(record([log], ...before).events() as readonly VisitEvent[])],
    [],
  );
const received = { type: 'FeedLogsReceived' };
const open = { visit: facts.monday, leg: 1, carerId: 'C-7', outAt: null };
const detected: VisitEvent = {
  type: 'VisitMissDetected',
  data: {
    ...{ packageId: facts.packageId, personId: facts.personId, week: facts.week },
    ...{ visit: facts.monday, providerId: facts.acorn, critical: true, because: 'feed' },
    ...{ detectedAt: '2026-03-09T08:30:00.000Z', reportDueBy: '2026-03-11T00:00:00.000Z' },
  },
};

describe('A log of a real-time feed', () => {
  it('tells who learns beside the carers; a log-out that is silent about it keeps it (S2-11)', () => {
    const learns = { ...login, leg: 2, carer: 'C-8', shadow: true };
    record([learns]).thenLike(received, {
      type: 'VisitsRecorded',
      data: { legs: [{ leg: 2, shadow: true }] },
    });
    const out = { ...logout, leg: 2, carer: 'C-8' };
    record([out], ...recordedOf(learns)).thenLike(received, {
      type: 'VisitCorrected',
      data: { completes: true, shadow: true },
    });
    const [, open] = record([login]).events() as readonly VisitEvent[];
    expect(JSON.stringify(open)).not.toContain('shadow');
  });

  it('opens the leg of its visit at the log-in, and the log-out completes it without a second person (S1-15)', () => {
    record([login]).thenLike(received, { type: 'VisitsRecorded', data: { legs: [open] } });
    record([logout], ...recordedOf(login)).thenLike(received, {
      type: 'VisitCorrected',
      data: {
        completes: true,
        inAt: '2026-03-09T08:05:00.000Z',
        outAt: '2026-03-09T08:35:00.000Z',
      },
    });
  });

  it('is kept when a log-out comes before its log-in, which then records both (S1-15)', () => {
    record([logout]).thenLike(received);
    record([login], ...recordedOf(logout)).thenLike(received, {
      type: 'VisitsRecorded',
      data: { legs: [{ ...open, outAt: '2026-03-09T08:35:00.000Z' }] },
    });
  });

  it('changes nothing when it comes again, and is refused with other content (X11)', () => {
    record([login], ...recordedOf(login)).thenNothing();
    record([login, login]).thenLike(received, { type: 'VisitsRecorded', data: { legs: [open] } });
    const other = { ...login, at: '2026-03-09T08:06:00Z' };
    record(
      [other, { ...logout, at: '2026-03-09T08:36:00Z' }],
      ...recordedOf(login, logout),
    ).thenRejected('SourceVisitChanged', 'SourceVisitChanged');
  });

  it('corrects under a higher sequence; what moves a band waits for a second person (X11)', () => {
    const before = recordedOf(login, logout);
    record([{ ...logout, at: '2026-03-09T08:36:00Z', sequence: 1 }], ...before).thenLike(received, {
      type: 'VisitCorrected',
      data: { outAt: '2026-03-09T08:36:00.000Z', sequence: 1 },
    });
    const band = { ...logout, at: '2026-03-09T08:46:00Z', sequence: 1 };
    const proposed = record([band], ...before);
    proposed.thenLike(received, { type: 'VisitCorrectionProposed', data: { changes: ['band'] } });
    record([logout], ...recordedOf(login, band)).thenNothing();
  });

  it('withdraws a detected miss at once, however late it comes (S2-12)', () => {
    record([login], detected).thenLike(
      received,
      { type: 'VisitsRecorded' },
      { type: 'VisitDetectionWithdrawn', data: { because: 'logged-in' } },
    );
    record([logout], detected).thenLike(received);
  });

  it('leaves a leg open whose log-out contradicts its log-in (X12)', () => {
    const early = { ...logout, at: '2026-03-09T08:04:00Z' };
    record([early], ...recordedOf(login)).thenLike(received);
    record([login], ...recordedOf(early)).thenLike(received, {
      type: 'VisitsRecorded',
      data: { legs: [open] },
    });
  });

  it('may be ahead of our clock by five minutes; a later one waits, unallocated (X13)', () => {
    const ahead = (time: string): FeedLog => ({
      ...login,
      ...{ ref: 'S-2', plannedStart: '09:00', at: `2026-03-09T${time}Z` },
    });
    record([ahead('09:05:00')]).thenLike(received, { type: 'VisitsRecorded' });
    record([ahead('09:05:01')]).thenLike(received, { type: 'VisitsUnallocated' });
  });

  it('is kept where no plan covers it, with its log-out when that comes, until one does (X13)', () => {
    const evening = { ...login, plannedStart: '17:00' };
    const left = { ...logout, plannedStart: '17:00' };
    record([evening]).thenLike(received, { type: 'VisitsUnallocated' });
    record([left], ...recordedOf(evening)).thenLike(received, {
      type: 'VisitsUnallocated',
      data: { rows: [{ ref: 'S-1', loggedOutAt: '2026-03-09T08:35:00Z' }] },
    });
  });

  it('yields to what a person corrected or voided (X11)', () => {
    const before = recordedOf(login);
    const corrected = given(facts.weekPlanned, ...before)
      .when(
        'CorrectVisit',
        {
          ...{ commandId: facts.commandId, visitId: facts.idOf(facts.monday), carerLeg: 1 },
          ...{ reason: 'The carer rang.', loggedInAt: '2026-03-09T08:06:00Z' },
        },
        at,
      )
      .events() as readonly VisitEvent[];
    expect(corrected.map(({ type }) => type)).toEqual(['VisitCorrected']);
    const after = [...before, ...corrected];
    record([{ ...login, at: '2026-03-09T08:07:00Z', sequence: 1 }], ...after).thenLike(received);
    record([logout], ...after).thenLike(received, {
      type: 'VisitCorrected',
      data: { completes: true, inAt: '2026-03-09T08:06:00.000Z' },
    });
    const [correction] = corrected;
    const voided = { ...correction, data: { ...correction?.data, voided: true } } as VisitEvent;
    record([logout], ...before, voided).thenLike(received);
  });

  it('corrects what a file told under a higher sequence alone, and completes it under any (X11)', () => {
    const told = (outAt: string | null) =>
      facts.recorded({ ...facts.legOfMonday, ref: 'S-1', outAt });
    const other = { ...login, at: '2026-03-09T08:06:00Z' };
    const whole = told('2026-03-09T08:35:00.000Z');
    record([other], whole).thenLike(received);
    record([{ ...other, sequence: 1 }], whole).thenLike(received, { type: 'VisitCorrected' });
    record([login, logout], told(null)).thenLike(received, {
      type: 'VisitCorrected',
      data: { completes: true },
    });
  });

  it('is by hand when one of its logs is, with the reason that is told (X12)', () => {
    const byHand: FeedLog = { ...logout, method: 'manual', manualReason: 'no-signal' };
    record([byHand], ...recordedOf(login)).thenLike(received, {
      type: 'VisitCorrected',
      data: { completes: true, method: 'manual', manualReason: 'no-signal' },
    });
    record([login], ...recordedOf(byHand)).thenLike(received, {
      type: 'VisitsRecorded',
      data: { legs: [{ method: 'manual', manualReason: 'no-signal' }] },
    });
  });
});

describe('A visit of which only the log-out came', () => {
  const evidence = { feeds: [{ liveFrom: '2026-03-09', endsBefore: null }], acceptedAt: null };
  const detect = (...before: readonly VisitEvent[]) =>
    given(facts.weekPlanned, ...before).when(
      'DetectMissedVisits',
      { commandId: facts.commandId, packageId: facts.packageId, week: facts.week },
      { ...at, policy: shippedPolicy, facts: { [facts.acorn]: evidence } },
    );

  it('is not found missed: somebody was there (S2-13)', () => {
    detect(...recordedOf(logout)).thenNothing();
    detect().thenLike({ type: 'VisitMissDetected' }, { type: 'VisitAlarmRaised' });
  });
});
