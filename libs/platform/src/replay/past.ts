import type { PolicyChange } from '#kernel/council-policy.js';
import type { AnyDecider } from '#kernel/decider.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { holderOf } from '../commands/reservations.js';
import { GenerationCache } from '../memory/generation-cache.js';

/** A stream's state after one of its events; `revision` is -1 before the first. */
export interface PastState {
  readonly revision: number;
  readonly position: Position;
  readonly state: unknown;
}

/** States of a stream, oldest first: a decision may have seen one that was not the last. */
interface Kept {
  readonly states: readonly PastState[];
  /** Nothing comes behind them in the log as it was when it was read. */
  readonly isWhole: boolean;
}

/** Of a stream whose events come by; of one that was read more, since any may be asked for. */
const statesKept = { passing: 8, read: 2_000 };
const streamsKept = 10_000;
const trimEvery = 1_000;
const pageSize = 1_000;

/** What streams were at a moment: folded from the log as it is asked for, with a bounded memory. */
export class Past {
  private readonly kept = new GenerationCache<Kept>(streamsKept);
  private passedUpTo: Position = 0;
  /** Streams that came by, though they may not be kept any more. */
  private readonly learned = new Set<string>();
  /** What learned so far; another way to fold the same stream has seen nothing of it. */
  private readonly learners = new Set<AnyDecider>();
  private sinceTrim = 0;
  private readonly names = new Map<AnyDecider, number>();

  constructor(
    private readonly log: Pick<EventStore, 'read'>,
    /** The stream of council policy, whose approvals decide which values hold. */
    private readonly policyStream: string,
  ) {}

  /** A stream as it was at a revision, -1 for none. Throws when the log does not hold it. */
  async at(decider: AnyDecider, stream: string, revision: number): Promise<PastState> {
    if (revision < 0) return nothing(decider);
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
      ? this.kept.get(this.keyOf(decider, stream))?.states.findLast(isBefore)
      : await this.find(decider, stream, isBefore, isFarEnough);
    return found ?? nothing(decider);
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
    const known = this.kept.get(key) ?? (event.revision === 0 ? unread(decider) : undefined);
    if (known?.states.at(-1)?.revision !== event.revision - 1) return;
    const last = known.states.at(-1) ?? nothing(decider);
    const states = [...known.states, after(decider, last, event)];
    this.keep(key, { ...known, states: states.slice(-statesKept.passing) });
  }

  /** Whether all of a stream before a position came by and is kept, or there is none of it. */
  private hasPassed(decider: AnyDecider, stream: string, position: Position): boolean {
    if (this.passedUpTo < position - 1 || !this.learners.has(decider)) return false;
    const key = this.keyOf(decider, stream);
    const [oldest] = this.kept.get(key)?.states ?? [];
    return oldest ? oldest.position < position : !this.learned.has(key);
  }

  /** The approved changes of council policy before a position, oldest first. */
  async policyChanges(before: Position): Promise<readonly PolicyChange[]> {
    const { state } = await this.before(approvals, this.policyStream, before);
    return state as readonly PolicyChange[];
  }

  /** Who held a key before a position. */
  async holder(stream: string, before: Position): Promise<string | undefined> {
    const read = async (name: string) =>
      (await this.log.read(name)).filter(({ position }) => position < before);
    return holderOf({ read }, stream);
  }

  private async find(
    decider: AnyDecider,
    stream: string,
    wanted: (state: PastState) => boolean,
    isFarEnough: (last: PastState) => boolean,
  ): Promise<PastState | undefined> {
    const key = this.keyOf(decider, stream);
    let known = this.kept.get(key) ?? unread(decider);
    // What is kept may begin after what is asked for: then the stream is folded anew.
    const [oldest] = known.states;
    if (oldest && oldest.revision >= 0 && isFarEnough(oldest) && !wanted(oldest)) {
      return this.refolded(decider, stream, wanted);
    }
    const last = known.states.at(-1);
    if (!known.isWhole && last && !isFarEnough(last)) {
      known = await this.readOn(decider, stream, known);
      this.keep(key, { ...known, states: known.states.slice(-statesKept.read) });
    }
    return known.states.findLast(wanted);
  }

  private async readOn(decider: AnyDecider, stream: string, known: Kept): Promise<Kept> {
    const states = [...known.states];
    for (;;) {
      const last = states.at(-1) ?? nothing(decider);
      const news = await this.log.read(stream, { from: last.revision + 1, limit: pageSize });
      for (const event of news) {
        states.push(after(decider, states.at(-1) ?? nothing(decider), event));
      }
      if (news.length < pageSize) return { states, isWhole: true };
    }
  }

  private async refolded(
    decider: AnyDecider,
    stream: string,
    wanted: (state: PastState) => boolean,
  ): Promise<PastState | undefined> {
    let found: PastState | undefined;
    let last = nothing(decider);
    for (;;) {
      const events = await this.log.read(stream, { from: last.revision + 1, limit: pageSize });
      for (const event of events) {
        if (wanted(last)) found = last;
        last = after(decider, last, event);
      }
      if (events.length < pageSize) return wanted(last) ? last : found;
    }
  }

  private keep(key: string, kept: Kept): void {
    this.kept.set(key, kept);
    this.sinceTrim += 1;
    // Weighing all that is kept takes time.
    if (this.sinceTrim < trimEvery) return;
    this.sinceTrim = 0;
    this.kept.trim();
  }

  private keyOf(decider: AnyDecider, stream: string): string {
    const name = this.names.get(decider) ?? this.names.size;
    this.names.set(decider, name);
    return `${name}/${stream}`;
  }
}

const nothing = (decider: AnyDecider): PastState => ({
  ...{ revision: -1, position: 0, state: decider.initial as unknown },
});

const unread = (decider: AnyDecider): Kept => ({ states: [nothing(decider)], isWhole: false });

const after = (
  decider: AnyDecider,
  { state }: PastState,
  { type, data, revision, position }: StoredEvent,
): PastState => ({
  ...{ revision, position },
  state: (decider.evolve[type]?.(state, data) as unknown) ?? state,
});

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
