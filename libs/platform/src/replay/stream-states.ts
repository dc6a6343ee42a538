import type { AnyDecider } from '#kernel/decider.js';
import type { Position, StoredEvent } from '#eventstore/event-store.js';

/** A stream's state after one of its events; `revision` is -1 before the first. */
export interface PastState {
  readonly revision: number;
  readonly position: Position;
  readonly state: unknown;
}

export const beforeAll = (decider: AnyDecider): PastState => ({
  ...{ revision: -1, position: 0, state: decider.initial as unknown },
});

/** The state that an event leaves behind. */
export const stateAfter = (
  decider: AnyDecider,
  { state }: PastState,
  { type, data, revision, position }: StoredEvent,
): PastState => ({
  ...{ revision, position },
  state: (decider.evolve[type]?.(state, data) as unknown) ?? state,
});

/** A stream's latest states, oldest first: a decision may have seen one that was not the last. */
export class StreamStates {
  /** Nothing comes behind them in the log as it was when it was read. */
  isWhole = false;
  private states: PastState[];

  constructor(private readonly decider: AnyDecider) {
    this.states = [beforeAll(decider)];
  }

  get oldest(): PastState {
    return this.states[0] ?? beforeAll(this.decider);
  }

  get last(): PastState {
    return this.states.at(-1) ?? beforeAll(this.decider);
  }

  lastWhere(wanted: (state: PastState) => boolean): PastState | undefined {
    return this.states.findLast(wanted);
  }

  /**
   * Goes on by an event, unless another one comes next; remembers so many states, or a few more.
   */
  add(event: StoredEvent, kept: number): void {
    if (event.revision !== this.last.revision + 1) return;
    this.states.push(stateAfter(this.decider, this.last, event));
    if (this.states.length >= 2 * kept) this.states = this.states.slice(-kept);
  }
}
