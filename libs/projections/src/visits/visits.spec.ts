import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { idOfKey } from '#kernel/ids.js';
import { planVisits } from '#kernel/schedule.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import {
  agreedSchedule,
  broker,
  caseSystem,
  contractId,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { careWeek } from './visits.queries.js';

const week = '2026-W13';
const monday = '2026-03-23.1.1';
const tuesday = '2026-03-24.1.1';
const at = { packageId, personId, week };
const holder = { providerId, contractId, contractType: 'framework', patch: 'north' };
const recordedAt = '2026-03-30T09:00:00.000Z';

const planned: VisitEvent = {
  type: 'WeekPlanned',
  data: { ...at, ...holder, visits: planVisits(agreedSchedule, week, { from: '2026-03-23' }) },
};
const recorded = (visit: string, leg: number, inAt: string): VisitEvent => ({
  type: 'VisitsRecorded',
  data: {
    ...at,
    providerId,
    legs: [{ visit, leg, carerId: `C-${leg}`, inAt, outAt: null, method: 'app' }],
  },
});
const excused: VisitEvent = {
  type: 'VisitExcused',
  data: { ...at, visit: monday, reason: 'hospital', excusedBy: 'broker' },
};
const claimed: VisitEvent = {
  type: 'VisitExcuseClaimed',
  data: { ...at, visit: monday, reason: 'hospital', claimedBy: 'provider' },
};
const missReported: VisitEvent = {
  type: 'VisitMissReported',
  data: {
    ...{ ...at, visit: monday, reason: 'no-staff', reportedBy: 'p', by: 'provider' },
    reportedAt: recordedAt,
  },
};
const correction = {
  ...{ correctionId: 'k1', visit: monday, leg: 1, carerId: 'C-9', outAt: null, voided: false },
  ...{ inAt: '2026-03-23T08:40:00.000Z', reason: 'sealed', correctedBy: 'p' },
};
const proposed: VisitEvent = {
  type: 'VisitCorrectionProposed',
  data: { ...at, ...correction, changes: ['continuity'] },
};
const corrected: VisitEvent = {
  type: 'VisitCorrected',
  data: { ...at, ...correction, approvedBy: 'q' },
};
const replanned: VisitEvent = {
  type: 'VisitsReplanned',
  data: {
    ...{ ...at, ...holder, added: [], changed: [], withdrawn: [tuesday] },
    because: 'package-ended',
  },
};

async function logOf(events: readonly VisitEvent[]): Promise<EventStore> {
  const store = createMemoryStore();
  for (const [index, { type, data }] of events.entries()) {
    const id = idOfKey('visits-spec', index);
    const metadata = { commandId: id, actor: systemActor, recordedAt };
    const event = { id, type, version: 1, data, metadata };
    await store.append(`visitWeek-${packageId}-${week}`, [event], index === 0 ? 'none' : index - 1);
  }
  return store;
}

const judging = { now: '2026-03-23T08:00:00.000Z', policy: shippedPolicy };
const seenBy = async (viewer: Viewer, ...events: readonly VisitEvent[]) =>
  careWeek(await logOf([planned, ...events]), viewer, packageId, week, judging);
const mondays = async (...events: readonly VisitEvent[]) =>
  (await seenBy(broker, ...events)).visits.find(({ visitId }) => visitId.endsWith(monday));

describe('The visits of a week', () => {
  it('are listed by agreed start, each with the id that mutations take', async () => {
    const { visits, asOf } = await seenBy(broker);
    expect(visits).toHaveLength(12);
    expect(visits[0]).toEqual({
      ...{ visitId: `${packageId}.${monday}`, on: '2026-03-23', agreedStart: '08:30' },
      ...{ startsAt: '2026-03-23T08:30:00.000Z', shifted: false, minutes: 45, carers: 2 },
      ...{ critical: false, providerId, contractId, status: 'planned', legs: [] },
      ...{ excuseClaimed: false, missReported: false, missDetected: false },
    });
    expect(asOf).toEqual({ position: '1', at: recordedAt });
  });

  it('follow the clocks to summer time (X9)', async () => {
    const { visits } = await seenBy(broker);
    const sunday = visits.find(({ on }) => on === '2026-03-29');
    expect(sunday).toMatchObject({ agreedStart: '08:30', startsAt: '2026-03-29T07:30:00.000Z' });
  });

  it('tell each log with its distance from the agreed start, seconds cut off (S2-9)', async () => {
    const visit = await mondays(recorded(monday, 1, '2026-03-23T09:00:59.000Z'));
    expect(visit?.legs).toEqual([
      {
        ...{ carerLeg: 1, carerRef: 'C-1', loggedInAt: '2026-03-23T09:00:59.000Z' },
        ...{ logMethod: 'app', minutesFromAgreedStart: 30, held: 'no-log-out' },
        shadow: false,
      },
    ]);
  });

  it('are attended by all carers or by some (S2-13)', async () => {
    const first = recorded(monday, 1, '2026-03-23T08:30:00.000Z');
    const second = recorded(monday, 2, '2026-03-23T08:31:00.000Z');
    expect(await mondays(first)).toMatchObject({ status: 'partially-attended' });
    expect(await mondays(second, first)).toMatchObject({
      status: 'attended',
      legs: [{ carerLeg: 1 }, { carerLeg: 2 }],
    });
  });

  it('are excused, or claimed to be, or missed (S2-13, S2-14)', async () => {
    expect(await mondays(excused)).toMatchObject({ status: 'excused', excuseClaimed: false });
    expect(await mondays(missReported)).toMatchObject({ status: 'missed', missReported: true });
    expect(await mondays(missReported, claimed)).toMatchObject({
      ...{ status: 'missed', excuseClaimed: true },
    });
  });

  it('that were reported missed and logged later are attended, the report kept (S2-12)', async () => {
    const later = [recorded(monday, 1, '2026-03-23T11:00:00.000Z')];
    const visit = await mondays(missReported, ...later);
    expect(visit).toMatchObject({ status: 'partially-attended', missReported: true });
  });

  it('are found missed by evidence, whatever was reported (S2-12)', async () => {
    const detected: VisitEvent = {
      type: 'VisitMissDetected',
      data: {
        ...{ ...at, visit: monday, providerId, detectedAt: recordedAt, critical: false },
        ...{ because: 'file', reportDueBy: '2026-03-25T00:00:00.000Z' },
      },
    };
    expect(await mondays(detected)).toMatchObject({
      ...{ status: 'missed', missDetected: true, missReported: false },
    });
  });

  it('have no evidence once their grace has passed without a word, which is not missed (S2-12)', async () => {
    const at = async (now: string) => {
      const log = await logOf([planned]);
      const { visits } = await careWeek(log, broker, packageId, week, { ...judging, now });
      return visits[0]?.status;
    };
    expect(await at('2026-03-23T10:29:59.999Z')).toBe('planned');
    expect(await at('2026-03-23T10:30:00.000Z')).toBe('no-evidence');
  });

  it('show why a log is held (X12)', async () => {
    const visit = await mondays(recorded(monday, 1, '2026-03-23T08:30:00.000Z'));
    expect(visit?.legs[0]).toMatchObject({ held: 'no-log-out' });
  });

  it('stay listed when they are withdrawn', async () => {
    const { visits } = await seenBy(broker, replanned);
    expect(visits.filter(({ status }) => status === 'withdrawn')).toMatchObject([
      { on: '2026-03-24' },
    ]);
  });

  it('show a correction once a second person approved it, and until then who proposed it (X11)', async () => {
    const logged = recorded(monday, 1, '2026-03-23T08:30:00.000Z');
    const waiting = await seenBy(broker, logged, proposed);
    expect(waiting.visits[0]?.legs).toMatchObject([{ carerRef: 'C-1' }]);
    expect(waiting.correctionsToApprove).toMatchObject([
      { correctionId: 'k1', visitId: `${packageId}.${monday}`, correctedBy: 'p', void: false },
    ]);
    expect(JSON.stringify(waiting)).not.toContain('sealed');
    const approved = await seenBy(broker, logged, proposed, corrected);
    expect(approved.visits[0]?.legs).toMatchObject([{ carerRef: 'C-9' }]);
    expect(approved.correctionsToApprove).toEqual([]);
  });

  it('are seen by the council and by their own provider alone', async () => {
    expect((await seenBy(providerUser)).visits).toHaveLength(12);
    expect((await seenBy(otherProviderUser)).visits).toEqual([]);
    expect((await seenBy(caseSystem)).visits).toEqual([]);
  });

  it('are none where a week is not planned', async () => {
    const { visits } = await careWeek(
      await logOf([planned]),
      broker,
      packageId,
      '2026-W14',
      judging,
    );
    expect(visits).toEqual([]);
  });
});
