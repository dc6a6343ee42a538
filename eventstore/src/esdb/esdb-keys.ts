import { randomBytes } from 'node:crypto';
import { start, WrongExpectedRevision, type Position } from '../event-store.js';
import { expectedOf, noRevision } from '../expectation.js';
import { KeysUnusable } from '../key-store.js';
import { masterIdOf, unwrapKey, wrapKey } from '../key-wrapping.js';
import type { SubjectKeys } from '../subject-keys.js';
import type { EsdbStore } from './esdb.store.js';
import { keepLastOnly, valueEvent } from './kept-values.js';
import { besideTheLog } from './log-streams.js';

/** What a subject's stream says last. */
type Kept = { readonly wrapped: string; readonly masterId: string } | { readonly erasedAt: string };

const erasuresCheckpoint = 'keys/erasures';

/**
 * People's keys in the store itself, a stream each, wrapped with the master key that all nodes are
 * given: so each node reads what another one sealed. They lie beside the log, so no copy of the log
 * and no chain holds them. A stream keeps its last event alone; the server's next scavenge removes
 * the wraps before it from the disk.
 */
export class EsdbKeys implements SubjectKeys {
  private readonly keys = new Map<string, Uint8Array>();
  private readonly erasedSubjects = new Set<string>();
  private readonly revisions = new Map<string, number>();
  private unsaved = new Set<string>();
  private readonly saving = new Set<Promise<void>>();
  /** Up to where erasures that the log records were applied. */
  erasuresAppliedUpTo: Position = start;

  private constructor(
    private readonly store: EsdbStore,
    private master: Uint8Array,
  ) {}

  /** @param master 32 bytes */
  static async open(store: EsdbStore, master: Uint8Array): Promise<EsdbKeys> {
    const keys = new EsdbKeys(store, master);
    keys.erasuresAppliedUpTo = (await store.checkpoint(erasuresCheckpoint)) ?? start;
    return keys;
  }

  get masterId(): string {
    return masterIdOf(this.master);
  }

  keyFor(subject: string): Uint8Array | undefined {
    if (this.erasedSubjects.has(subject)) return undefined;
    const known = this.keys.get(subject);
    if (known) return known;
    const key = randomBytes(32);
    this.keys.set(subject, key);
    this.unsaved.add(subject);
    return key;
  }

  existingKey(subject: string): Uint8Array | undefined {
    return this.keys.get(subject);
  }

  isErased(subject: string): boolean {
    return this.erasedSubjects.has(subject);
  }

  isKnown(subject: string): boolean {
    return this.keys.has(subject) || this.erasedSubjects.has(subject);
  }

  /** What another node has kept of a subject. Throws `KeysUnusable` under another master key. */
  async fetch(subject: string): Promise<void> {
    const options = { direction: 'backwards', limit: 1 } as const;
    const [last] = await this.store.parts.reads.records(streamOf(subject), options);
    if (!last) return;
    this.revisions.set(subject, Number(last.revision));
    this.take(subject, last.data as Kept);
  }

  /** Destroys the key here; `durable` has it destroyed for all nodes. */
  erase(subject: string): void {
    this.keys.delete(subject);
    this.erasedSubjects.add(subject);
    this.unsaved.add(subject);
  }

  /**
   * Rejects with `WrongExpectedRevision` when another node has made a subject's key in the meantime:
   * that one counts, and what was sealed here has to be sealed again.
   */
  durable(): Promise<void> | undefined {
    const subjects = this.unsaved;
    this.unsaved = new Set();
    for (const subject of subjects) {
      const saving = this.save(subject);
      this.saving.add(saving);
      const ended = () => this.saving.delete(saving);
      saving.then(ended, ended);
    }
    if (this.saving.size === 0) return undefined;
    return Promise.all(this.saving).then(() => undefined);
  }

  /** Keeps how far erasures were applied, for the next start of any node. */
  async saveErasuresApplied(): Promise<void> {
    await this.store.saveCheckpoint(erasuresCheckpoint, this.erasuresAppliedUpTo);
  }

  /**
   * Wraps every key with another master key, one stream after the other; begun again it goes on.
   * Other nodes are started again with the new one.
   */
  async rotate(master: Uint8Array): Promise<number> {
    let rewrapped = 0;
    for await (const subject of this.subjects()) {
      await this.fetch(subject);
      const key = this.keys.get(subject);
      if (!key) continue;
      await this.append(subject, wrapped(key, subject, master));
      rewrapped += 1;
    }
    this.master = master;
    return rewrapped;
  }

  private async *subjects(): AsyncGenerator<string> {
    const prefix = `${besideTheLog.subjectKey}-`;
    const seen = new Set<string>();
    for await (const { streamId } of this.store.parts.reads.everything()) {
      if (!streamId.startsWith(prefix) || seen.has(streamId)) continue;
      seen.add(streamId);
      yield streamId.slice(prefix.length);
    }
  }

  private async save(subject: string): Promise<void> {
    const key = this.keys.get(subject);
    if (!key) {
      await this.fetch(subject);
      this.keys.delete(subject);
      return this.append(subject, { erasedAt: new Date().toISOString() });
    }
    try {
      await this.append(subject, wrapped(key, subject, this.master));
    } catch (error) {
      this.keys.delete(subject);
      if (error instanceof WrongExpectedRevision) await this.fetch(subject);
      throw error;
    }
  }

  private async append(subject: string, kept: Kept): Promise<void> {
    const stream = streamOf(subject);
    const revision = this.revisions.get(subject) ?? noRevision;
    const { appends, connection } = this.store.parts;
    const type = 'erasedAt' in kept ? 'SubjectKeyErased' : 'SubjectKeyKept';
    const saved = await appends.append(stream, [valueEvent(type, kept)], expectedOf(revision));
    this.revisions.set(subject, saved.revision);
    if (revision === noRevision) return;
    await keepLastOnly(connection, stream);
  }

  private take(subject: string, kept: Kept): void {
    if ('erasedAt' in kept) {
      this.keys.delete(subject);
      this.erasedSubjects.add(subject);
      return;
    }
    if (kept.masterId !== this.masterId) throw new KeysUnusable(wrongMaster(kept, this.masterId));
    this.keys.set(subject, unwrapKey(Buffer.from(kept.wrapped, 'base64'), subject, this.master));
  }
}

const streamOf = (subject: string): string => `${besideTheLog.subjectKey}-${subject}`;

const wrapped = (key: Uint8Array, subject: string, master: Uint8Array): Kept => ({
  wrapped: wrapKey(key, subject, master).toString('base64'),
  masterId: masterIdOf(master),
});

const wrongMaster = ({ masterId }: { readonly masterId: string }, given: string): string =>
  `The keys of people are wrapped with the master key ${masterId}, but ${given} was given. Give ` +
  'every node the same MASTER_KEY: the one of the last rotation.';
