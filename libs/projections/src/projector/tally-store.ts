import type { Database } from 'better-sqlite3';
import type { Counts } from './definition.js';

export interface StoredSet {
  readonly members: number;
  readonly total: number;
  readonly counts: string;
  readonly judged: string | null;
}

/** The stored counters, sets and members of one projection file. */
export class TallyStore {
  private readonly statements;

  constructor(db: Database) {
    this.statements = {
      counter: db.prepare<[string], string>('SELECT counts FROM _counters WHERE key = ?').pluck(),
      saveCounter: db.prepare<[string, string]>('REPLACE INTO _counters VALUES (?, ?)'),
      dropCounter: db.prepare<[string]>('DELETE FROM _counters WHERE key = ?'),
      set: db.prepare<[string], StoredSet>(
        'SELECT members, total, counts, judged FROM _sets WHERE key = ?',
      ),
      saveSet: db.prepare<[string, number, number, string, string | null]>(
        'REPLACE INTO _sets VALUES (?, ?, ?, ?, ?)',
      ),
      dropSet: db.prepare<[string]>('DELETE FROM _sets WHERE key = ?'),
      member: db
        .prepare<[string, string], number>('SELECT n FROM _members WHERE setKey = ? AND member = ?')
        .pluck(),
      saveMember: db.prepare<[string, string, number]>('REPLACE INTO _members VALUES (?, ?, ?)'),
      dropMember: db.prepare<[string, string]>(
        'DELETE FROM _members WHERE setKey = ? AND member = ?',
      ),
    };
  }

  counter(key: string): Counts | undefined {
    const counts = this.statements.counter.get(key);
    return counts === undefined ? undefined : (JSON.parse(counts) as Counts);
  }

  set(key: string): StoredSet | undefined {
    return this.statements.set.get(key);
  }

  member(set: string, member: string): number {
    return this.statements.member.get(set, member) ?? 0;
  }

  /** Empty counts remove the counter. */
  saveCounter(key: string, counts: ReadonlyMap<string, number>): void {
    if (counts.size === 0) this.statements.dropCounter.run(key);
    else this.statements.saveCounter.run(key, countsJson(counts));
  }

  /** `undefined` removes the set. */
  saveSet(key: string, set: StoredSet | undefined): void {
    if (set) this.statements.saveSet.run(key, set.members, set.total, set.counts, set.judged);
    else this.statements.dropSet.run(key);
  }

  saveMember(set: string, member: string, n: number): void {
    if (n === 0) this.statements.dropMember.run(set, member);
    else this.statements.saveMember.run(set, member, n);
  }
}

export const countsJson = (counts: ReadonlyMap<string, number>): string =>
  JSON.stringify(Object.fromEntries(counts));
