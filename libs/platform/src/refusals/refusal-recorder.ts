import { hasRole, type Actor, type Role } from '#kernel/actor.js';
import { idOfKey, isUuid } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { newCommandId } from '../commands/drawn-command-id.js';
import type { Clock } from '../commands/clock.js';
import type { SubmittedCommand } from '../commands/submission.js';
import type { RefusedDecision } from '../commands/work.js';
import type { RecordRefusal } from './refusal.commands.js';
import { attemptOf } from './refused-attempt.js';
import type { RefusalSubject, RefusedAttempt } from './refusal.events.js';

/** Which refusals of a command are kept, and which of its fields they are about. */
export interface RecordedRefusal {
  readonly about: readonly (readonly [kind: RefusalSubject['kind'], field: string])[];
  /** Only of people with one of these roles; absent: of everyone. */
  readonly roles?: readonly Role[];
}

export type RecordedRefusals = Readonly<Record<string, RecordedRefusal>>;

export interface Refusal {
  readonly subject: RefusalSubject;
  /** One of the listed codes; others are not kept. */
  readonly code: string;
  readonly actor: Actor;
  /** What the decider saw that refused. */
  readonly attempt?: RefusedAttempt | undefined;
}

export interface RefusalRecorderOptions {
  readonly listed: RecordedRefusals;
  /** Whether a text is a code, so that nobody can have written it. */
  readonly isCode: (text: string) => boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly record: (command: RecordRefusal) => Promise<unknown>;
}

interface Counter {
  readonly refusal: Refusal;
  readonly hour: string;
  count: number;
  written: number;
}

/** Things that one person is recorded about apart in an hour; the rest is counted together. */
const mostSubjects = 20;
const mostCounters = 2_000;
const flushEveryMs = 60_000;

/**
 * Keeps refusals that matter. The first of an hour is written at once, repeats at the 10th, 100th …
 * and when the hour is over, so that ten thousand attempts are a handful of events. Never throws
 * and is never waited for: who was refused hears it as fast as without.
 */
export class RefusalRecorder {
  private readonly counters = new Map<string, Counter>();
  private readonly subjects = new Map<string, number>();
  private hour = '';
  private readonly writing = new Set<Promise<unknown>>();
  private timer: NodeJS.Timeout | undefined;
  /** Refusals that could not be written. */
  lost = 0;

  constructor(private readonly options: RefusalRecorderOptions) {}

  /** Writes what is left of an hour soon after its end, though nobody is refused any more. */
  begin(): void {
    this.timer = setInterval(() => {
      this.turnHour();
    }, flushEveryMs).unref();
  }

  recordRefusal(refusal: Refusal): void {
    const { subject, code, actor } = refusal;
    if (!Object.hasOwn(this.options.listed, code) || !isUuid(subject.id)) return;
    if (hasRole(actor, 'system')) return;
    this.turnHour();
    const counter = this.counterOf(refusal);
    counter.count += 1;
    if (isPowerOfTen(counter.count)) this.write(counter);
  }

  /** A command was refused: kept where its code is listed and a field says what it is about. */
  commandRefused(
    command: SubmittedCommand,
    actor: Actor,
    error: unknown,
    seen?: RefusedDecision,
  ): void {
    if (!(error instanceof Rejection)) return;
    const listed = this.options.listed[error.code];
    if (!listed || (listed.roles && !hasRole(actor, ...listed.roles))) return;
    const fields = command as object as Readonly<Record<string, unknown>>;
    const attempt = seen && attemptOf(command, actor, seen, this.options.isCode);
    for (const [kind, field] of listed.about) {
      const ids = [fields[field]].flat().filter((id): id is string => typeof id === 'string');
      if (ids.length === 0) continue;
      const { code } = error;
      for (const id of ids) this.recordRefusal({ subject: { kind, id }, code, actor, attempt });
      return;
    }
  }

  /** Writes what is not written yet, and resolves when it is. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const counter of this.counters.values()) this.write(counter);
    await Promise.all(this.writing);
  }

  private counterOf(refusal: Refusal): Counter {
    const key = keyOf(refusal);
    const known = this.counters.get(key);
    if (known) return known;
    const own = this.subjects.get(refusal.actor.id) ?? 0;
    const isOne = refusal.subject.kind === 'several';
    if (!isOne && (own >= mostSubjects || this.counters.size >= mostCounters)) {
      const id = idOfKey('refusals of', refusal.actor.id);
      return this.counterOf({ ...refusal, subject: { kind: 'several', id } });
    }
    if (!isOne) this.subjects.set(refusal.actor.id, own + 1);
    const counter = { refusal, hour: this.hour, count: 0, written: 0 };
    this.counters.set(key, counter);
    return counter;
  }

  private turnHour(): void {
    const hour = this.options.clock.now().slice(0, 13);
    if (hour === this.hour) return;
    for (const counter of this.counters.values()) this.write(counter);
    this.counters.clear();
    this.subjects.clear();
    this.hour = hour;
  }

  private write(counter: Counter): void {
    const more = counter.count - counter.written;
    if (more === 0) return;
    counter.written = counter.count;
    const { subject, code, actor, attempt } = counter.refusal;
    const isFirst = counter.written === more;
    const written = this.options
      .record({
        commandId: newCommandId(),
        ...{ subject, code, by: actor.id, roles: [...actor.roles] },
        ...(actor.organisation !== undefined && { organisation: actor.organisation }),
        ...{ hour: counter.hour, count: more },
        ...(isFirst && attempt && { attempt }),
      })
      .catch(() => {
        // The store takes nothing now: the next writing of this counter takes them along.
        counter.written -= more;
        this.lost += more;
      })
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }
}

const keyOf = ({ subject, code, actor }: Refusal): string =>
  `${actor.id}\u0000${code}\u0000${subject.kind}\u0000${subject.id}`;

const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count));
