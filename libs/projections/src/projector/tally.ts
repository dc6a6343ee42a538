import {
  addCounts,
  countedSet,
  figuresOf,
  isEmpty,
  storedFrom,
  type CountedSet,
} from './counted-set.js';
import type { AnyProjection, Counts, SetFigures } from './definition.js';
import { GenerationCache } from '#platform/memory/generation-cache.js';
import { judgedOf, type Judged } from './judged.js';
import type { TallyStore } from './tally-store.js';

interface Counter {
  readonly key: string;
  readonly counts: Map<string, number>;
}

/**
 * Counters and counted multisets: takes back what a row added and adds what it adds now. Sets are
 * judged when they are settled, so a set that many events touch is judged once. Without a store it
 * counts in memory from nothing, which is how figures are recomputed from rows.
 */
export class Tally {
  private readonly counters = new GenerationCache<Counter>(20_000);
  private readonly sets = new GenerationCache<CountedSet>(
    20_000,
    ({ members, counts }) => 1 + members.size + counts.size,
  );
  private readonly dirtyCounters = new Set<Counter>();
  private readonly dirtySets = new Set<CountedSet>();
  private readonly unsettledSets = new Set<CountedSet>();

  constructor(
    private readonly projection: Pick<AnyProjection, 'setContributions'>,
    private readonly store?: TallyStore,
  ) {}

  replace(before: Judged | undefined, after: Judged | undefined): void {
    if (before?.json === after?.json) return;
    if (before) this.add(before, -1);
    if (after) this.add(after, 1);
  }

  /** Has the sets of a row judged again, though the row adds to them what it added before. */
  touch(judged: Judged | undefined): void {
    for (const { set } of judged?.memberships ?? []) this.unsettledSets.add(this.set(set));
  }

  /** Judges all touched sets. Must come before a change of the environment and before saving. */
  settle(environment: unknown): void {
    if (!this.projection.setContributions) return this.unsettledSets.clear();
    for (const set of this.unsettledSets) {
      const judged = isEmpty(set)
        ? undefined
        : judgedOf(this.projection.setContributions(set.key, figuresOf(set), environment), []);
      if (judged?.json !== set.judged?.json) {
        this.replace(set.judged, judged);
        set.judged = judged;
        this.dirtySets.add(set);
      }
    }
    this.unsettledSets.clear();
  }

  /** Saves what changed; yields now and then. */
  *flush(): Generator<void> {
    if (!this.store) return;
    let saved = 0;
    for (const set of this.dirtySets) {
      for (const member of set.changedMembers) {
        this.store.saveMember(set.key, member, set.members.get(member) ?? 0);
      }
      set.changedMembers.clear();
      this.store.saveSet(set.key, storedFrom(set));
      if (++saved % 64 === 0) yield;
    }
    for (const { key, counts } of this.dirtyCounters) {
      this.store.saveCounter(key, counts);
      if (++saved % 64 === 0) yield;
    }
    this.dirtySets.clear();
    this.dirtyCounters.clear();
    this.sets.trim();
    this.counters.trim();
  }

  /** Forgets all that is not stored. */
  reset(): void {
    this.counters.clear();
    this.sets.clear();
    this.dirtyCounters.clear();
    this.dirtySets.clear();
    this.unsettledSets.clear();
  }

  /** Counters that were changed since the last flush, i.e. all of them when there is no store. */
  *changedCounters(): Generator<readonly [string, Counts]> {
    for (const { key, counts } of this.dirtyCounters) {
      if (counts.size > 0) yield [key, Object.fromEntries(counts)];
    }
  }

  *changedSets(): Generator<readonly [string, SetFigures]> {
    for (const set of this.dirtySets) if (!isEmpty(set)) yield [set.key, figuresOf(set)];
  }

  private add(judged: Judged, sign: 1 | -1): void {
    for (const { key, counts } of judged.contributions) {
      const counter = this.counter(key);
      addCounts(counter.counts, counts, sign, key);
      this.dirtyCounters.add(counter);
    }
    for (const { set: key, members, counts } of judged.memberships) {
      const set = this.set(key);
      for (const member of members) this.addMember(set, member, sign);
      if (counts) addCounts(set.counts, counts, sign, key);
      this.dirtySets.add(set);
      this.unsettledSets.add(set);
    }
  }

  private addMember(set: CountedSet, member: string, sign: 1 | -1): void {
    const before = set.members.get(member) ?? this.store?.member(set.key, member) ?? 0;
    const after = before + sign;
    set.members.set(member, after);
    set.changedMembers.add(member);
    set.total += sign;
    if (before === 0) set.distinct += 1;
    if (after === 0) set.distinct -= 1;
  }

  private counter(key: string): Counter {
    let counter = this.counters.get(key);
    if (!counter) {
      counter = { key, counts: new Map(Object.entries(this.store?.counter(key) ?? {})) };
      this.counters.set(key, counter);
    }
    return counter;
  }

  private set(key: string): CountedSet {
    let set = this.sets.get(key);
    if (!set) {
      set = countedSet(key, this.store?.set(key));
      this.sets.set(key, set);
    }
    return set;
  }
}
