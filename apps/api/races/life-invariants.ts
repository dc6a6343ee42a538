import { addDays, type CivilDate } from '#kernel/time.js';
import type { CapacityReleased, CapacityTaken } from '#kernel/capacity.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import { alarmsOn, intervalsOf, startAndEnd } from '#brokerage/package/package.cover.fixtures.js';
import type { StoredEvent } from '#eventstore/event-store.js';

const byStream = (events: readonly StoredEvent[], category: string) =>
  Map.groupBy(
    events.filter(({ stream }) => stream.startsWith(`${category}-`)),
    ({ stream }) => stream,
  );

/** Days of started packages, up to `until`, that have not exactly one of the three of S4-14. */
export function uncoveredDays(events: readonly StoredEvent[], until: CivilDate): string[] {
  const wrong: string[] = [];
  for (const [stream, stored] of byStream(events, 'carePackage')) {
    const own = stored as unknown as PackageEvent[];
    const intervals = intervalsOf(own);
    const [start, end] = startAndEnd(own);
    for (let on = start; on < end && on <= until; on = addDays(on, 1)) {
      const holding = intervals.filter(({ from, to }) => from <= on && on < to);
      const alarms = alarmsOn(own, on).length;
      if (holding.length !== 1 || alarms !== (holding[0]?.kind === 'gap' ? 1 : 0)) {
        const held = holding.map(({ kind }) => kind).join('+') || 'nothing';
        wrong.push(`${stream} on ${on}: ${held}, ${alarms} alarms`);
      }
    }
  }
  return wrong;
}

type Claim = CapacityTaken | CapacityReleased;

/** Contracts that at any moment held more packages on some day than they may (S3-11). */
export function overfullContracts(
  events: readonly StoredEvent[],
  { packages, from, until }: { packages: number; from: CivilDate; until: CivilDate },
): string[] {
  const wrong: string[] = [];
  for (const [stream, stored] of byStream(events, 'contractCapacity')) {
    const claims: Claim[] = [];
    for (const claim of stored as unknown as Claim[]) {
      claims.push(claim);
      for (let on = from; on <= until; on = addDays(on, 1)) {
        const held = holdersOn(claims, on);
        if (held.size > packages) wrong.push(`${stream} on ${on}: ${held.size} packages`);
      }
    }
  }
  return wrong;
}

/** Who holds something on a day, claim by claim, each taking effect from its day on. */
function holdersOn(claims: readonly Claim[], on: CivilDate): Set<string> {
  const steps = new Map<string, { fromOn: CivilDate; holds: boolean; takenAt: string }[]>();
  for (const { type, data } of claims) {
    const own = steps.get(data.holder) ?? [];
    if (type === 'CapacityTaken') {
      const before = own.filter(({ fromOn }) => fromOn < data.fromOn);
      const holds = (data.units['packages'] ?? 0) > 0;
      steps.set(data.holder, [...before, { fromOn: data.fromOn, holds, takenAt: data.takenAt }]);
    } else {
      const kept = own.filter(
        ({ fromOn, takenAt }) => fromOn < data.fromOn || takenAt > data.releasedAt,
      );
      const release = { fromOn: data.fromOn, holds: false, takenAt: data.releasedAt };
      steps.set(data.holder, [...kept, release]);
    }
  }
  const holding = new Set<string>();
  for (const [holder, own] of steps) {
    const last = own
      .filter(({ fromOn }) => fromOn <= on)
      .toSorted((a, b) => a.fromOn.localeCompare(b.fromOn) || a.takenAt.localeCompare(b.takenAt))
      .at(-1);
    if (last?.holds) holding.add(holder);
  }
  return holding;
}
