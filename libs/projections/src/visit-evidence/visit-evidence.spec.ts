import { shippedPolicy } from '#kernel/council-policy.js';
import { idOfKey } from '#kernel/ids.js';
import type { EcmEvidenceEvent } from '#brokerage/ecm-evidence/ecm-evidence.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { otherProviderId, packageId, personId, providerId } from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { dueDetections } from './due-detections.queries.js';
import { visitEvidence } from './visit-evidence.projection.js';
import { WeekEvidenceReads } from './week-evidence.queries.js';

const week = '2026-W11';
const monday = '2026-03-09.1.1';
const noon = '2026-03-09.2.1';
const stream = `visitWeek-${packageId}-${week}`;
const of = { packageId, personId, week };
const holder = { providerId, contractId: 'c', contractType: 'framework', patch: 'north' };
const at = (visit: string, start: string, critical: boolean) => ({
  ...{ visit, on: '2026-03-09', agreedStart: start, startsAt: `2026-03-09T${start}:00.000Z` },
  ...{ minutes: 30, carers: 1, critical },
});
const here = (event: VisitEvent): SpecEvent => ({ ...event, stream });
const planned = here({
  type: 'WeekPlanned',
  data: { ...of, ...holder, visits: [at(monday, '08:00', true), at(noon, '12:00', false)] },
});
const recorded = (...visits: readonly string[]): SpecEvent =>
  here({
    type: 'VisitsRecorded',
    data: {
      ...{ ...of, providerId },
      legs: visits.map((visit) => ({
        ...{ visit, leg: 1, carerId: 'C-1', inAt: '2026-03-09T08:00:00.000Z' },
        ...{ outAt: '2026-03-09T08:30:00.000Z', method: 'app' as const },
      })),
    },
  });
const replanned = (data: object): SpecEvent =>
  here({
    type: 'VisitsReplanned',
    data: {
      ...{ ...of, ...holder, added: [], changed: [], withdrawn: [], because: 'suspended' as const },
      ...data,
    },
  });
const feed = (liveFrom: string, endsBefore: string | null = null): EcmEvidenceEvent => ({
  type: 'FeedDeclared',
  data: { providerId, liveFrom, endsBefore },
});
const sign = (heardAt: string): EcmEvidenceEvent => ({
  type: 'FeedHeard',
  data: { providerId, heardAt, liveSince: '2026-03-09T06:00:00.000Z' },
});
const file = (acceptedAt: string, by = providerId): EcmEvidenceEvent => ({
  type: 'EvidenceWeekAccepted',
  data: { providerId: by, week, fileRef: `f ${acceptedAt}`, acceptedAt },
});
const detected = (visit: string): SpecEvent =>
  here({
    type: 'VisitMissDetected',
    data: {
      ...{ ...of, visit, providerId, detectedAt: '2026-03-09T08:30:00.000Z', critical: true },
      ...{ because: 'feed', reportDueBy: '2026-03-11T00:00:00.000Z' },
    },
  });
const corrected = (data: object): SpecEvent =>
  here({
    type: 'VisitCorrected',
    data: {
      ...{ ...of, visit: monday, leg: 1, carerId: 'C-1', inAt: '2026-03-09T08:00:00.000Z' },
      ...{ outAt: null, voided: true, correctionId: 'k', reason: 'sealed', correctedBy: 'p' },
      ...data,
    },
  });
const graceOf = (standard: number, critical: number): SpecEvent => ({
  type: 'PolicyChangeApproved',
  data: {
    ...{ changeId: 'k', version: 1, effectiveOn: '2026-03-01', approvedBy: 'c' },
    values: { missedGraceMinutes: { standard, critical } },
  },
});
const excused: SpecEvent = here({
  type: 'VisitExcused',
  data: { ...of, visit: monday, reason: 'hospital', excusedBy: 'b' },
});

const given = (...events: readonly SpecEvent[]) => givenEvents(visitEvidence).given(...events);
const due = (...events: readonly SpecEvent[]) =>
  given(...events).reader.select({ id: 's', roles: ['system'] }, 'weeks')[0]?.dueAt;

describe('The evidence of a week', () => {
  it('is due by no clock where neither a feed nor a file is known (S2-12)', () => {
    expect(due(planned)).toBeNull();
  });

  it('of a live feed is due when the first grace has passed (S2-12)', () => {
    expect(due(feed('2026-03-09'), planned)).toBe('2026-03-09T08:30:00.000Z');
    expect(due(feed('2026-03-09'), planned, recorded(monday))).toBe('2026-03-09T14:00:00.000Z');
    expect(due(feed('2026-03-10'), planned)).toBeNull();
  });

  it('follows a feed that is declared, or ended, after the week was planned', () => {
    expect(due(planned, feed('2026-03-02'))).toBe('2026-03-09T08:30:00.000Z');
    const over = feed('2026-03-02', '2026-03-09');
    expect(due(planned, feed('2026-03-02'), over)).toBeNull();
  });

  it('of an accepted file is due at once, where the file could tell of the visit (S2-12)', () => {
    const accepted = '2026-03-16T09:00:00.000Z';
    expect(due(planned, file(accepted))).toBe(accepted);
    expect(due(file(accepted), planned)).toBe(accepted);
    expect(due(planned, file('2026-03-09T08:00:00.000Z'))).toBeNull();
    expect(due(planned, file(accepted, otherProviderId))).toBeNull();
  });

  it('is asked for no more once every visit has a log, or was found missed (S2-12)', () => {
    given(planned, recorded(monday, noon)).row('weeks', stream).isAbsent();
    expect(due(feed('2026-03-09'), planned, detected(monday), detected(noon))).toBeNull();
    expect(due(feed('2026-03-09'), planned, detected(monday))).toBe('2026-03-09T14:00:00.000Z');
  });

  it('is not due of what is excused, and due again of what is required again (X17)', () => {
    const live = [feed('2026-03-09'), planned, recorded(noon)];
    expect(due(...live, excused)).toBeNull();
    const away = replanned({ excused: [{ visit: monday, reason: 'hospital' }] });
    expect(due(...live, away)).toBeNull();
    expect(due(...live, away, replanned({ reinstated: [monday] }))).toBe(
      '2026-03-09T08:30:00.000Z',
    );
  });

  it('follows the plan: visits added, moved and withdrawn', () => {
    const live = [feed('2026-03-09'), planned];
    const moved = replanned({ changed: [at(monday, '09:00', true)] });
    expect(due(...live, moved)).toBe('2026-03-09T09:30:00.000Z');
    expect(due(...live, replanned({ withdrawn: [monday] }))).toBe('2026-03-09T14:00:00.000Z');
    const elsewhere = { ...holder, providerId: otherProviderId };
    const taken = replanned({ ...elsewhere, added: [at(monday, '08:00', true)] });
    expect(due(...live, taken)).toBe('2026-03-09T14:00:00.000Z');
    expect(due(...live, taken, file('2026-03-16T09:00:00.000Z', otherProviderId))).toBe(
      '2026-03-09T14:00:00.000Z',
    );
  });

  it('is due again of a visit whose only log was voided (X11)', () => {
    const unattended = {
      ...{ on: '2026-03-09', startsAt: '2026-03-09T08:00:00.000Z' },
      ...{ critical: true, providerId },
    };
    const logged = [feed('2026-03-09'), planned, recorded(monday, noon)];
    expect(due(...logged, corrected({ unattended }))).toBe('2026-03-09T08:30:00.000Z');
    given(...logged, corrected({}))
      .row('weeks', stream)
      .isAbsent();
  });

  it('follows a change of the grace', () => {
    expect(due(feed('2026-03-09'), planned, graceOf(60, 45))).toBe('2026-03-09T08:45:00.000Z');
    expect(due(graceOf(60, 45), feed('2026-03-09'), planned)).toBe('2026-03-09T08:45:00.000Z');
  });
});

describe('The detection of missed visits', () => {
  const dueAt = (now: string) => {
    const { projector } = projectorOver({ 'visit-evidence': given(feed('2026-03-09'), planned) });
    return dueDetections(projector, now);
  };

  it('is due at exactly the end of the grace, not a millisecond before (S2-12)', () => {
    expect(dueAt('2026-03-09T08:29:59.999Z')).toEqual([]);
    expect(dueAt('2026-03-09T08:30:00.000Z')).toEqual([
      {
        key: `detect-missed-visits/${packageId}/${week}/2026-03-09T08:30:00.000Z/2026-03-09T08/`,
        eventId: idOfKey('spec', 2),
        command: 'DetectMissedVisits',
        fields: { packageId, week },
      },
    ]);
  });
});

describe('The visits that nobody told of', () => {
  const weekOf = (by: string, now: string, ...events: readonly SpecEvent[]) => {
    const { projector } = projectorOver({ 'visit-evidence': given(...events) });
    const asked = { providerId: by, week, now, policy: shippedPolicy };
    return new WeekEvidenceReads(projector).weekOf(asked);
  };
  const open = (now: string, ...events: readonly SpecEvent[]) =>
    weekOf(providerId, now, planned, ...events).withoutEvidence.map(({ visitId }) => visitId);
  const evening = '2026-03-09T20:00:00.000Z';

  it('are listed from the end of their grace on, for their provider (S2-12)', () => {
    expect(open('2026-03-09T08:29:59.999Z')).toEqual([]);
    expect(open('2026-03-09T08:30:00.000Z')).toEqual([`${packageId}.${monday}`]);
    expect(open(evening)).toEqual([`${packageId}.${monday}`, `${packageId}.${noon}`]);
    expect(weekOf(otherProviderId, evening, planned).withoutEvidence).toEqual([]);
  });

  it('are none that have a log, an excuse, or evidence that is due (S2-12)', () => {
    expect(open(evening, recorded(noon), excused)).toEqual([]);
    expect(open(evening, feed('2026-03-09'), sign('2026-03-09T14:00:00.000Z'))).toEqual([]);
    expect(open('2026-03-17T09:00:00.000Z', file('2026-03-16T09:00:00.000Z'))).toEqual([]);
    expect(open(evening, feed('2026-03-10'))).toHaveLength(2);
  });

  it('are all after which the feed was silent (S2-12)', () => {
    const silent = sign('2026-03-09T13:59:59.999Z');
    expect(open(evening, feed('2026-03-09'), silent)).toEqual([`${packageId}.${noon}`]);
    expect(open(evening, feed('2026-03-09'))).toHaveLength(2);
    expect(weekOf(providerId, evening, planned, silent).feedHeardAt).toBe(
      '2026-03-09T13:59:59.999Z',
    );
  });

  it('come with the feeds and the file of the week', () => {
    const accepted = file('2026-03-16T09:00:00.000Z');
    expect(
      weekOf(providerId, evening, planned, feed('2026-03-02', '2026-03-09'), accepted),
    ).toMatchObject({
      feeds: [{ liveFrom: '2026-03-02', lastDay: '2026-03-08' }],
      fileAcceptedAt: '2026-03-16T09:00:00.000Z',
    });
  });
});
