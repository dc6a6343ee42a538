import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { systemActor, type Actor, type Viewer } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import type { Event } from '#kernel/decider.js';
import { idOfKey } from '#kernel/ids.js';
import {
  auditor,
  broker,
  caseSystem,
  confirmed,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { Timelines } from './timeline.queries.js';

const week = '2026-W11';
const visit = '2026-03-09.1.1';
const of = { packageId, personId, week };
const holder = { providerId, contractId: 'c', contractType: 'framework', patch: 'north' };
const plannedAt = (agreedStart: string) => ({
  ...{ visit, on: '2026-03-09', agreedStart, startsAt: `2026-03-09T${agreedStart}:00.000Z` },
  ...{ minutes: 30, carers: 1, critical: true },
});
const varied: Event = {
  type: 'PackageVaried',
  data: { packageId, personId, fromOn: '2026-04-06', schedule: [] },
};
const planned: Event = {
  type: 'WeekPlanned',
  data: { ...of, ...holder, visits: [plannedAt('08:00')] },
};
const moved: Event = {
  type: 'VisitsReplanned',
  data: {
    ...{ ...of, ...holder, added: [], changed: [plannedAt('08:30')], withdrawn: [] },
    ...{ because: 'agreed-time', agreedWith: { name: 'Ada', relationship: 'daughter' } },
  },
};
const logged: Event = {
  type: 'VisitsRecorded',
  data: {
    ...{ ...of, providerId },
    legs: [
      {
        ...{ visit, leg: 1, carerId: 'C-7', inAt: '2026-03-09T11:00:00.000Z' },
        ...{ outAt: '2026-03-09T11:30:00.000Z', method: 'app' },
      },
    ],
  },
};
const detected: Event = {
  type: 'VisitMissDetected',
  data: {
    ...{ ...of, visit, providerId, detectedAt: '2026-03-09T09:00:00.000Z', critical: true },
    ...{ because: 'feed', reportDueBy: '2026-03-11T00:00:00.000Z' },
  },
};
const raised: Event = {
  type: 'VisitAlarmRaised',
  data: {
    ...{ ...of, visit, providerId, kind: 'missed-visit', critical: true },
    ...{ startsAt: '2026-03-09T08:30:00.000Z', raisedAt: '2026-03-09T09:00:00.000Z' },
  },
};
const withdrawn: Event = {
  type: 'VisitDetectionWithdrawn',
  data: {
    ...{ ...of, visit, providerId, because: 'logged-in' },
    withdrawnAt: '2026-03-09T11:01:00.000Z',
  },
};
const closed: Event = {
  type: 'VisitAlarmClosed',
  data: {
    ...{ alarmId: `${packageId}.${visit}.missed-visit`, packageId, personId, visit, providerId },
    ...{ personSafe: true, safeguardingRaised: false, note: 'Spoke to the daughter' },
    ...{ closedBy: 'broker', closedAt: '2026-03-09T09:30:00.000Z' },
  },
};

const weekStream = `visitWeek-${packageId}-${week}`;
const careStream = `carePackage-${packageId}`;
const alarmStream = `visitAlarm-${packageId}.${visit}.missed-visit`;
type Line = readonly [stream: string, event: Event, actor: Actor];
const life: readonly Line[] = [
  [careStream, confirmed({ startOn: '2026-03-02' }), broker],
  [careStream, varied, broker],
  [weekStream, planned, systemActor],
  [weekStream, moved, broker],
  [weekStream, detected, systemActor],
  [weekStream, raised, systemActor],
  [alarmStream, closed, broker],
  [weekStream, logged, providerUser],
  [weekStream, withdrawn, providerUser],
];

async function logOf(lines: readonly Line[]): Promise<EventStore> {
  const store = createMemoryStore();
  const revisions = new Map<string, number>();
  for (const [index, [stream, { type, data }, actor]] of lines.entries()) {
    const revision = revisions.get(stream);
    const recordedAt = `2026-03-09T1${index}:00:00.000Z`;
    const metadata = { commandId: idOfKey('timeline', index), actor, recordedAt };
    const event = { id: idOfKey('timeline', index), type, version: 1, data, metadata };
    await store.append(stream, [event], revision ?? 'none');
    revisions.set(stream, (revision ?? -1) + 1);
  }
  return store;
}

const judging = { now: '2026-03-10T09:00:00.000Z', policy: shippedPolicy };
const day = { from: '2026-03-09', to: '2026-03-09' };
const seenBy = async (viewer: Viewer, lines = life, days = day) => {
  const log = await logOf(lines);
  return new Timelines(log, log).visits(viewer, packageId, days, judging);
};

describe('The record of a visit', () => {
  it('tells all that was recorded of it, in order, with who and when (S2-12)', async () => {
    const [record] = await seenBy(auditor);
    expect(record).toMatchObject({
      ...{ visitId: `${packageId}.${visit}`, agreedStart: '08:30', status: 'attended' },
    });
    expect(record?.entries.map(({ type, by }) => `${type} by ${by}`)).toEqual([
      'WeekPlanned by system',
      'VisitsReplanned by broker',
      'VisitMissDetected by system',
      'VisitAlarmRaised by system',
      'VisitAlarmClosed by broker',
      `VisitsRecorded by provider:${providerId}`,
      `VisitDetectionWithdrawn by provider:${providerId}`,
    ]);
    expect(record?.entries.map(({ summary }) => summary)).toEqual([
      'Planned: 2026-03-09 08:00, 30 min, one carer, critical.',
      'Changed (agreed-time, agreed with daughter): 2026-03-09 08:30, 30 min, one carer, critical.',
      'Found missed: the real-time feed was silent; the provider’s report is late from 2026-03-11 00:00.',
      'Alarm: missed-visit.',
      'The alarm is closed: the person is safe; no safeguarding concern.',
      'Logged by app: carer C-7 (leg 1) from 2026-03-09 11:00 to 2026-03-09 11:30.',
      'Not missed after all: logged-in.',
    ]);
    expect(record?.entries[0]).toMatchObject({
      ...{ eventId: idOfKey('timeline', 2), position: '3', at: '2026-03-09T12:00:00.000Z' },
    });
  });

  it('says where the agreed time comes from: an agreement for it, or the award in force (S2-9)', async () => {
    const [own] = await seenBy(auditor);
    expect(own?.agreedBy).toMatchObject({
      type: 'VisitsReplanned',
      eventId: idOfKey('timeline', 3),
    });
    const [asPlanned] = await seenBy(auditor, life.slice(0, 3));
    // The variation begins later than the visit, so that the award still holds for it (X18).
    expect(asPlanned?.agreedBy).toMatchObject({
      ...{ type: 'AwardConfirmed', eventId: idOfKey('timeline', 0) },
      summary: 'As offered and awarded, with care from 2026-03-02.',
    });
    const [alone] = await seenBy(auditor, life.slice(2, 3));
    expect(alone?.agreedBy).toMatchObject({ type: 'WeekPlanned' });
  });

  it('tells why to those who decide or examine, and to nobody else', async () => {
    const why = async (viewer: Viewer) =>
      (await seenBy(viewer))[0]?.entries.flatMap((entry) => entry.why ?? []);
    expect(await why(broker)).toEqual(['Ada', 'Spoke to the daughter']);
    expect(await why({ id: 'q', roles: ['quality-officer'] })).toEqual([]);
    expect(await why(providerUser)).toEqual([]);
  });

  it('tells a provider of its own visits, without what the council did about an alarm', async () => {
    const [own] = await seenBy(providerUser);
    const types = own?.entries.map(({ type }) => type);
    expect(types).not.toContain('VisitAlarmClosed');
    expect(own?.entries.map(({ by }) => by)).toEqual([
      ...['system', 'council', 'system', 'system', providerUser.id, providerUser.id],
    ]);
    expect(await seenBy(otherProviderUser)).toEqual([]);
    expect(await seenBy(caseSystem)).toEqual([]);
  });

  it('is told for the days asked for, from the first to the last (S2-12)', async () => {
    expect(await seenBy(broker, life, { from: '2026-03-02', to: '2026-03-09' })).toHaveLength(1);
    expect(await seenBy(broker, life, { from: '2026-03-02', to: '2026-03-08' })).toEqual([]);
    expect(await seenBy(broker, life, { from: '2026-03-10', to: '2026-03-15' })).toEqual([]);
  });
});
