import type { Counts, SetFigures } from './definition.js';
import { judgedFrom, type Judged } from './judged.js';
import { countsJson, type StoredSet } from './tally-store.js';

/** A counted multiset in memory; members are only those that were asked for. */
export interface CountedSet {
  readonly key: string;
  readonly members: Map<string, number>;
  readonly changedMembers: Set<string>;
  readonly counts: Map<string, number>;
  distinct: number;
  total: number;
  judged: Judged | undefined;
}

export const countedSet = (key: string, stored: StoredSet | undefined): CountedSet => ({
  key,
  members: new Map(),
  changedMembers: new Set(),
  counts: new Map(Object.entries(JSON.parse(stored?.counts ?? '{}') as Counts)),
  distinct: stored?.members ?? 0,
  total: stored?.total ?? 0,
  judged: judgedFrom(stored?.judged ?? null),
});

/** What is stored of the set; nothing when it is empty. */
export const storedFrom = (set: CountedSet): StoredSet | undefined =>
  isEmpty(set)
    ? undefined
    : {
        members: set.distinct,
        total: set.total,
        counts: countsJson(set.counts),
        judged: set.judged?.json ?? null,
      };

export const isEmpty = (set: CountedSet): boolean => set.total === 0 && set.counts.size === 0;

export const figuresOf = ({ distinct, total, counts }: CountedSet): SetFigures => ({
  distinct,
  total,
  counts: Object.fromEntries(counts),
});

/** Adds whole counts, or takes them back; what adds up to 0 is left out. */
export function addCounts(
  to: Map<string, number>,
  counts: Counts,
  sign: 1 | -1,
  key: string,
): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count)) throw new Error(`${name} of ${key} is ${count}, not whole`);
    const sum = (to.get(name) ?? 0) + sign * count;
    if (sum === 0) to.delete(name);
    else to.set(name, sum);
  }
}
