import type { LogPage, Position } from '#eventstore/event-store.js';
import { Lane, type LaneOptions } from './lane.js';
import type { RunningProjection } from './running-projection.js';

export interface LanesOptions extends Omit<LaneOptions, 'onPage'> {
  /** Files this close to each other read the log together from the start on. */
  readonly sameLaneEvents: number;
  /** A projection has read all that the log holds. Its file may serve from now on. */
  readonly onHead: (running: RunningProjection) => Promise<void>;
  /** All projections near the head have read up to this position. */
  readonly onFront: (upTo: Position) => void;
}

/**
 * Projections near the head share the front lane, so that the log is read once for all of them.
 * Those far behind (new, rebuilt, retried) catch up in a lane of their own and then join the front.
 */
export class Lanes {
  /** The last position known to exist. */
  head: Position = 0;
  private front: Lane;
  private readonly lanes = new Map<Lane, Promise<void>>();

  constructor(private readonly options: LanesOptions) {
    this.front = this.laneAt(0);
  }

  get errors(): readonly Error[] {
    return [...this.lanes.keys()].flatMap((lane) => lane.error ?? []);
  }

  /** Begins to follow the log from where the projections are. */
  async start(running: readonly RunningProjection[]): Promise<void> {
    this.head = await this.options.store.head();
    const lanes = grouped(running, this.options.sameLaneEvents).map((group) => {
      const lane = this.laneAt(Math.min(...group.map(({ checkpoint }) => checkpoint.position)));
      for (const member of group) lane.members.add(member);
      return lane;
    });
    if (lanes.length === 0) lanes.push(this.laneAt(this.head));
    for (const lane of lanes) await this.greet(lane);
    this.front = lanes[0] ?? this.front;
    for (const lane of lanes) this.run(lane);
  }

  async stop(): Promise<void> {
    for (const lane of this.lanes.keys()) lane.end();
    await Promise.all(this.lanes.values());
  }

  /** Lets a projection follow the log from where it is. */
  async launch(running: RunningProjection): Promise<void> {
    if (running.checkpoint.position >= this.front.position) {
      this.front.members.add(running);
      // In an empty or silent log no page would come to tell that this one is at the head.
      await this.greet(this.front);
      return;
    }
    const lane = this.laneAt(running.checkpoint.position);
    lane.members.add(running);
    this.run(lane);
  }

  /** No further page is given to the projection; one at hand may still be folded. */
  leave(running: RunningProjection): void {
    for (const lane of this.lanes.keys()) {
      if (lane.members.delete(running)) this.endIfIdle(lane);
    }
  }

  private laneAt(position: Position): Lane {
    const { store, slices, pageSize } = this.options;
    const onPage = (lane: Lane, page: LogPage) => this.passed(lane, page);
    return new Lane(position, { store, slices, pageSize, onPage });
  }

  private run(lane: Lane): void {
    const running = lane.run().finally(() => this.lanes.delete(lane));
    this.lanes.set(lane, running);
  }

  private async passed(lane: Lane, page: LogPage): Promise<void> {
    this.head = Math.max(this.head, page.upTo);
    // The log grows while a long catch-up goes on: progress is stated against its present end.
    if (!page.caughtUp && page.upTo === this.head) this.head = await this.options.store.head();
    await this.greet(lane);
    if (lane === this.front) {
      this.options.onFront(page.upTo);
      return;
    }
    if (lane.position >= this.front.position) {
      for (const member of lane.members) this.front.members.add(member);
      lane.members.clear();
    }
    this.endIfIdle(lane);
  }

  /** Tells of the members that have reached the head for the first time. */
  private async greet(lane: Lane): Promise<void> {
    for (const member of [...lane.members]) {
      if (member.live || member.checkpoint.position < this.head) continue;
      member.live = true;
      await this.options.onHead(member);
    }
  }

  private endIfIdle(lane: Lane): void {
    if (lane !== this.front && lane.members.size === 0) lane.end();
  }
}

/** Groups of projections that are close to each other, the foremost group first. */
function grouped(
  running: readonly RunningProjection[],
  sameLaneEvents: number,
): RunningProjection[][] {
  const groups: RunningProjection[][] = [];
  let last: RunningProjection | undefined;
  for (const each of running.toSorted((a, b) => b.checkpoint.seen - a.checkpoint.seen)) {
    const isNear = last && last.checkpoint.seen - each.checkpoint.seen <= sameLaneEvents;
    if (isNear) groups.at(-1)?.push(each);
    else groups.push([each]);
    last = each;
  }
  return groups;
}
