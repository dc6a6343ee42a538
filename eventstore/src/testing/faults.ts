import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import { notLeader, notReady, unavailable } from './refusals.js';

export type DoubleCall = 'append' | 'read' | 'subscription' | 'gossip' | 'features';

/** What goes wrong with one call. */
export type Fault =
  /** The connection is cut before anything is kept. */
  | { readonly kind: 'cut-before' }
  /** The event is kept, and the connection cut before the answer. */
  | { readonly kind: 'cut-after' }
  /** The answer comes late, perhaps after the caller's deadline. */
  | { readonly kind: 'late'; readonly ms: number }
  /** It is kept late as well: whoever repeats meets an empty place. */
  | { readonly kind: 'late-commit'; readonly ms: number }
  /** The answer comes twice, on the call that can carry two. */
  | { readonly kind: 'twice' }
  | { readonly kind: 'unavailable' }
  /** As a node answers while it starts. */
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'not-leader'; readonly host: string; readonly port: number }
  /** Neither an answer nor an end. */
  | { readonly kind: 'hang' }
  /** Kept, without an answer or an end. */
  | { readonly kind: 'hang-after' }
  /** A call that is spared, where a later one is meant. */
  | { readonly kind: 'none' };

interface Steps<Result> {
  readonly refuse: (error: ServiceError) => void;
  readonly commit: () => Promise<Result>;
  readonly reply: (result: Result) => void;
}

const calls = ['append', 'read', 'subscription', 'gossip', 'features'] as const;
const forEachCall = <Value>(value: () => Value): Record<DoubleCall, Value> =>
  Object.fromEntries(calls.map((call) => [call, value()])) as Record<DoubleCall, Value>;

/** The faults of a double: each planned one happens to the next calls of its kind, and is counted. */
export class DoubleFaults {
  private planned = forEachCall<Fault[]>(() => []);
  private readonly met = forEachCall<Fault['kind'][]>(() => []);
  private everyEventMs = 0;
  private slowedEvents = 0;
  private halvesPlanned = 0;
  private halvesHappened = 0;
  private isStarting = false;
  /** Cuts all connections; set by who owns them. */
  cut: () => void = () => undefined;

  plan(call: DoubleCall, ...faults: readonly Fault[]): void {
    this.planned[call].push(...faults);
  }

  /** Forgets what has not happened yet. */
  heal(): void {
    this.planned = forEachCall(() => []);
    this.everyEventMs = 0;
    this.halvesPlanned = 0;
    this.isStarting = false;
  }

  /** How many calls of a kind a fault, or one kind of fault, has met. */
  happened(call: DoubleCall, kind?: Fault['kind']): number {
    return this.met[call].filter((met) => kind === undefined || met === kind).length;
  }

  /** Every append, read and subscription is answered as not ready until `started`. */
  starting(): void {
    this.isStarting = true;
  }

  started(): void {
    this.isStarting = false;
  }

  /** Each event takes so long to be sent. */
  slow(ms: number): void {
    this.everyEventMs = ms;
  }

  /** How many events were sent slowly. */
  get slowed(): number {
    return this.slowedEvents;
  }

  async eachEvent(): Promise<void> {
    if (this.everyEventMs === 0) return;
    this.slowedEvents += 1;
    await pause(this.everyEventMs);
  }

  /** Of the next appends that are committed together half are kept, none is answered, all are cut. */
  halveNextBatch(): void {
    this.halvesPlanned += 1;
  }

  /** How many batches were halved. */
  get halved(): number {
    return this.halvesHappened;
  }

  /** Whether a batch of so many appends is halved; one that cannot be is left for later. */
  takesHalfOf(appends: number): boolean {
    if (this.halvesPlanned === 0 || appends < 2) return false;
    this.halvesPlanned -= 1;
    this.halvesHappened += 1;
    return true;
  }

  async around<Result>(call: DoubleCall, steps: Steps<Result>): Promise<void> {
    const fault = this.next(call);
    if (fault.kind === 'none') return steps.reply(await steps.commit());
    this.met[call].push(fault.kind);
    const refusal = refusalOf(fault);
    if (refusal) return steps.refuse(refusal);
    await this.suffer(fault, steps);
  }

  private next(call: DoubleCall): Fault {
    const startsYet = this.isStarting && call !== 'gossip' && call !== 'features';
    return startsYet ? { kind: 'not-ready' } : (this.planned[call].shift() ?? { kind: 'none' });
  }

  private async suffer<Result>(fault: Fault, { commit, reply }: Steps<Result>): Promise<void> {
    const { kind } = fault;
    if (kind === 'late-commit') await pause(fault.ms);
    if (kind === 'cut-before' || kind === 'hang') return kind === 'hang' ? undefined : this.cut();
    const result = await commit();
    if (kind === 'cut-after') return this.cut();
    if (kind === 'hang-after') return;
    if (kind === 'late') await pause(fault.ms);
    reply(result);
    if (kind === 'twice') reply(result);
  }
}

/** A call that is refused says so as the server does; nothing is kept. */
function refusalOf(fault: Fault): ServiceError | undefined {
  if (fault.kind === 'unavailable') return unavailable();
  if (fault.kind === 'not-ready') return notReady();
  return fault.kind === 'not-leader' ? notLeader(fault.host, fault.port) : undefined;
}
