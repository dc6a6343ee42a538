import type { PolicyChange } from '#kernel/council-policy.js';
import type { AnyDecider } from '#kernel/decider.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { streamPages } from '#eventstore/stream-pages.js';
import { keyHolders } from '../commands/reservations.js';
import { GenerationCache } from '../memory/generation-cache.js';
import { beforeAll, stateAfter, StreamStates, type PastState } from './stream-states.js';

/** Of a stream whose events come by; of one that was read more, since any may be asked for. */
const statesKept = { passing: 8, read: 1_000 };
const streamsKept = 10_000;
const trimEvery = 1_000;

export interface PastOptions {
  readonly log: Pick<EventStore, 'read'>;
  /** The stream of council policy, whose approvals decide which values hold. */
  readonly policyStream: string;
  /** Whether a stream's events are among those that come by. Default: those of every stream. */
  readonly comesBy?: (stream: string) => boolean;
}

/** What streams were at a moment: folded from the log as it is asked for, with a bounded memory. */
export class Past {
  private readonly kept = new GenerationCache<StreamStates>(streamsKept);
  private passedUpTo: Position = 0;
  /** Streams that came by, though they may not be kept any more. */
  private readonly learned = new Set<string>();
  /** What learned so far; another way to fold the same stream has seen nothing of it. */
  private readonly learners = new Set<AnyDecider>();
  private sinceTrim = 0;
  private readonly names = new Map<AnyDecider, number>();

  constructor(private readonly options: PastOptions) {}

  /** A stream as it was at a revision, -1 for none. Throws when the log does not hold it. */
  async at(decider: AnyDecider, stream: string, revision: number): Promise<PastState> {
    if (revision < 0) return beforeAll(decider);
    const isThere = ({ revision: last }: PastState) => last === revision;
    const found = await this.find(decider, stream, isThere, (last) => last.revision >= revision);
    if (!found) throw new Error(`${stream} has no revision ${revision}`);
    return found;
  }

  /** A stream as it was just before a position. */
  async before(decider: AnyDecider, stream: string, position: Position): Promise<PastState> {
    const isBefore = (state: PastState) => state.position < position;
    const isFarEnough = (last: PastState) => last.position >= position;
    const found = this.hasPassed(decider, stream, position)
      ? this.kept.get(this.keyOf(decider, stream))?.lastWhere(isBefore)
      : await this.find(decider, stream, isBefore, isFarEnough);
    return found ?? beforeAll(decider);
  }

  /** Says that every event up to a position has come by since the log's beginning. */
  passed(position: Position): void {
    this.passedUpTo = position;
  }

  /** Goes on with a stream whose events come by anyway, so that it is not read for them. */
  learn(decider: AnyDecider, event: StoredEvent): void {
    const key = this.keyOf(decider, event.stream);
    this.learners.add(decider);
    if (event.revision === 0) this.learned.add(key);
    const known = this.kept.get(key);
    if (known) known.add(event, statesKept.passing);
    else if (event.revision === 0) this.begun(key, decider).add(event, statesKept.passing);
  }

  /** Whether all of a stream before a position came by and is kept, or there is none of it. */
  private hasPassed(decider: AnyDecider, stream: string, position: Position): boolean {
    if (this.passedUpTo < position - 1 || !this.learners.has(decider)) return false;
    if (this.options.comesBy?.(stream) === false) return false;
    const key = this.keyOf(decider, stream);
    const known = this.kept.get(key);
    return known ? known.oldest.position < position : !this.learned.has(key);
  }

  /** The approved changes of council policy before a position, oldest first. */
  async policyChanges(before: Position): Promise<readonly PolicyChange[]> {
    const { state } = await this.before(approvals, this.options.policyStream, before);
    return state as readonly PolicyChange[];
  }

  /** Who held a key before a position. */
  async holder(stream: string, before: Position): Promise<string | undefined> {
    const { state } = await this.before(keyHolders, stream, before);
    return (state as readonly string[]).at(-1);
  }

  private async find(
    decider: AnyDecider,
    stream: string,
    wanted: (state: PastState) => boolean,
    isFarEnough: (last: PastState) => boolean,
  ): Promise<PastState | undefined> {
    const key = this.keyOf(decider, stream);
    const known = this.kept.get(key) ?? this.begun(key, decider);
    if (!known.isWhole && !isFarEnough(known.last)) await this.readOn(stream, known);
    const { oldest } = known;
    // What is kept may begin after what is asked for: then the stream is folded anew.
    const isForgotten = oldest.revision >= 0 && isFarEnough(oldest) && !wanted(oldest);
    return isForgotten ? this.refolded(decider, stream, wanted) : known.lastWhere(wanted);
  }

  private async readOn(stream: string, known: StreamStates): Promise<void> {
    const from = known.last.revision + 1;
    for await (const page of streamPages(this.options.log, stream, from)) {
      for (const event of page) known.add(event, statesKept.read);
    }
    known.isWhole = true;
  }

  private async refolded(
    decider: AnyDecider,
    stream: string,
    wanted: (state: PastState) => boolean,
  ): Promise<PastState | undefined> {
    let last = beforeAll(decider);
    let found = wanted(last) ? last : undefined;
    for await (const page of streamPages(this.options.log, stream)) {
      for (const event of page) {
        last = stateAfter(decider, last, event);
        if (wanted(last)) found = last;
      }
    }
    return found;
  }

  private begun(key: string, decider: AnyDecider): StreamStates {
    const states = new StreamStates(decider);
    this.kept.set(key, states);
    this.sinceTrim += 1;
    // Weighing all that is kept takes time.
    if (this.sinceTrim >= trimEvery) {
      this.sinceTrim = 0;
      this.kept.trim();
    }
    return states;
  }

  private keyOf(decider: AnyDecider, stream: string): string {
    const name = this.names.get(decider) ?? this.names.size;
    this.names.set(decider, name);
    return `${name}/${stream}`;
  }
}

/** Every approval as it stands; which of them hold on a day is council policy's own rule. */
const approvals: AnyDecider = {
  initial: [] as readonly PolicyChange[],
  decide: {},
  evolve: {
    PolicyChangeApproved: (state: readonly PolicyChange[], change: PolicyChange) => [
      ...state,
      change,
    ],
  },
};
