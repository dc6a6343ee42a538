import fc from 'fast-check';
import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import { commissioner, contractId, otherProviderUser, providerId } from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { KpiRecounts } from './kpi-recount.queries.js';
import { summed, type Figure } from './kpi-shares.rules.js';
import { kpi } from './kpi.projection.js';
import { KpiReads } from './kpi.queries.js';

const week = '2026-W11';
const stream = `visitWeek-p1-${week}`;
const inWeek = { packageId: 'p1', personId: 'person', week };
const day = (at: number) => `2026-03-${String(9 + at).padStart(2, '0')}`;
const visit = (at: number, carers = 1): PlannedVisit => ({
  ...{ visit: `${day(at)}.1.1`, on: day(at), agreedStart: '08:00', minutes: 30, carers },
  ...{ startsAt: `${day(at)}T08:00:00.000Z`, critical: false },
});
const planned: SpecEvent = {
  ...{ type: 'WeekPlanned', stream, recordedAt: '2026-03-01T09:00:00.000Z' },
  data: {
    ...{ ...inWeek, providerId, contractId, contractType: 'framework', patch: 'north' },
    visits: [visit(0), visit(1), visit(2, 2), visit(3)],
  },
};
const log = (at: number, time: string, carerId = 'A', leg = 1): SpecEvent => ({
  ...{ type: 'VisitsRecorded', stream, recordedAt: `${day(at)}T20:00:00.000Z` },
  data: {
    ...{ ...inWeek, providerId },
    legs: [
      {
        ...{ visit: `${day(at)}.1.1`, leg, carerId, method: 'app' },
        ...{ inAt: `${day(at)}T${time}:00.000Z`, outAt: null },
      },
    ],
  },
});
const missed: SpecEvent = {
  ...{ type: 'VisitMissDetected', stream, recordedAt: '2026-03-18T09:00:00.000Z' },
  data: { visit: `${day(3)}.1.1`, reportDueBy: '2026-03-14T00:00:00.000Z' },
};
const policyIs = (values: CouncilPolicyValues, effectiveOn = '2026-01-01'): SpecEvent[] => {
  const data = { changeId: 'k', effectiveOn, values, reason: 'r', proposedBy: 'a' };
  const recordedAt = '2026-03-17T09:00:00.000Z';
  return [
    { type: 'PolicyChangeProposed', data, recordedAt },
    { type: 'PolicyChangeApproved', data: { ...data, version: 1, approvedBy: 'b' }, recordedAt },
  ];
};

function givenLog(...events: readonly SpecEvent[]) {
  const stored = events.map((event, index) => storedFrom(event, index + 1));
  const { projector } = projectorOver({
    kpi: givenEvents(kpi).given(...events),
    'contract-register': givenEvents(contractRegister),
    'council-policy': givenEvents(councilPolicy).given(...events),
  });
  const read = (name: string) => Promise.resolve(stored.filter((each) => each.stream === name));
  return { reads: new KpiReads(projector), recounts: new KpiRecounts(projector, { read }) };
}

const month = '2026-03';
const today = '2026-05-01';
const counted = [planned, log(0, '08:00'), log(1, '08:29', 'B'), log(2, '08:00', 'C'), missed];
const placed = (figures: readonly Figure[]) =>
  Object.fromEntries(
    [...Map.groupBy(figures, (each) => `${each.providerId} ${each.patch} ${each.kpiSet}`)].map(
      ([place, some]) => [place, summed(some)],
    ),
  );
const totals = (figures: readonly Figure[]) => summed(figures);
const whatIf = async (policy: CouncilPolicyValues, ...events: readonly SpecEvent[]) =>
  totals(
    await givenLog(...counted, ...events).recounts.figures(commissioner, { month, today, policy }),
  );

describe('A month counted anew', () => {
  it('equals what is stored, figure by figure (S2-10)', async () => {
    const { reads, recounts } = givenLog(...counted);
    const anew = await recounts.figures(commissioner, { month, today });
    expect(placed(anew)).toEqual(placed(reads.figures(commissioner, month, today)));
    expect(totals(anew)).toMatchObject({ planned: 4, missedUnreported: 1, windows: 2 });
  });

  it('under another tolerance has other visits on time, on both sides of it (S2-9)', async () => {
    const tolerance = (standard: number) => ({
      punctualityToleranceMinutes: { standard, critical: 15 },
    });
    expect(await whatIf(tolerance(29))).toMatchObject({ onTimeStandard: 3 });
    expect(await whatIf(tolerance(28))).toMatchObject({ onTimeStandard: 2, late: 1 });
  });

  it('takes the values asked for whatever was in force on any day (S2-9)', async () => {
    const strict = policyIs({ punctualityToleranceMinutes: { standard: 5, critical: 5 } }, day(1));
    const lenient = { punctualityToleranceMinutes: { standard: 29, critical: 15 } };
    expect(await whatIf({}, ...strict)).toMatchObject({ onTimeStandard: 2 });
    expect(await whatIf(lenient, ...strict)).toMatchObject({ onTimeStandard: 3 });
  });

  it('with windows from each day has 14 of them for each visit’s date (S2-11)', async () => {
    expect(await whatIf({ continuityStep: 'weekly' })).toMatchObject({ windows: 2 });
    expect(await whatIf({ continuityStep: 'daily' })).toMatchObject({ windows: 16 });
  });

  it('counts legs for continuity where it is asked to: 3 carers keep 7 legs, not 6 visits (S2-11)', async () => {
    const visits = [0, 1, 2, 3, 4, 5].map((at) => visit(at, at === 0 ? 2 : 1));
    const six = { ...planned, data: { ...(planned.data as object), visits } };
    const logs = ['A', 'B', 'C', 'A', 'B', 'C'].map((carer, at) => log(at, '08:00', carer));
    const { recounts } = givenLog(six, ...logs, log(0, '08:00', 'B', 2));
    const kept = async (continuityCountsLegs: boolean) => {
      const policy = { continuityCountsLegs };
      return totals(await recounts.figures(commissioner, { month, today, policy }))['kept'] ?? 0;
    };
    expect([await kept(false), await kept(true)]).toEqual([0, 2]);
  });

  it('misses what starts after a cut-off, and nothing at it (X10)', async () => {
    expect(await whatIf({ lateCutOffMinutes: 28 })).toMatchObject({ missed: 2, missedByCutOff: 1 });
    expect(await whatIf({ lateCutOffMinutes: 29 })).toMatchObject({ missed: 1 });
  });

  it('leaves what is stored as it is', async () => {
    const { reads, recounts } = givenLog(...counted);
    const before = reads.figures(commissioner, month, today);
    await recounts.figures(commissioner, { month, today, policy: { lateCutOffMinutes: 1 } });
    expect(reads.figures(commissioner, month, today)).toEqual(before);
  });

  it('as once known leaves out what was recorded after the end of that day (X21)', async () => {
    const { recounts } = givenLog(...counted, ...policyIs({ lateCutOffMinutes: 10 }));
    const known = async (knownOn: string) =>
      totals(await recounts.figures(commissioner, { month, today, knownOn }));
    expect(await known('2026-03-09')).toMatchObject({ planned: 4, attended: 1 });
    expect((await known('2026-03-09'))['missed']).toBeUndefined();
    expect(await known('2026-03-16')).toMatchObject({ attended: 2, partiallyAttended: 1 });
    expect(await known('2026-03-17')).toMatchObject({ attended: 1, missedByCutOff: 1, missed: 1 });
    expect(await known('2026-03-18')).toMatchObject({ missed: 2, missedDetected: 1 });
    expect(await known('2026-02-28')).toEqual({});
  });

  it('shows a provider its own figures alone (L1)', async () => {
    const { recounts } = givenLog(...counted);
    expect(await recounts.figures(otherProviderUser, { month, today })).toEqual([]);
  });

  it('equals what is stored whatever was logged, moved or found (L1)', async () => {
    const times = ['07:29', '07:45', '08:00', '08:31', '09:30'];
    const logged = fc
      .tuple(fc.nat(3), fc.constantFrom(...times), fc.constantFrom('A', 'B', 'C'), fc.nat(1))
      .map(([at, time, carer, leg]) => log(at, time, carer, leg + 1));
    const changed = fc
      .record({
        continuityStep: fc.constantFrom('weekly' as const, 'daily' as const),
        lateCutOffMinutes: fc.constantFrom(0, 60),
      })
      .map((values) => policyIs(values));
    await fc.assert(
      fc.asyncProperty(
        fc.array(logged, { maxLength: 10 }),
        fc.option(changed, { nil: [] }),
        async (logs, policy) => {
          const { reads, recounts } = givenLog(planned, ...logs, missed, ...policy);
          expect(placed(await recounts.figures(commissioner, { month, today }))).toEqual(
            placed(reads.figures(commissioner, month, today)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
