import { setTimeout as pause } from 'node:timers/promises';
import { Metadata, status as codes, type ServiceError } from '@grpc/grpc-js';

export type DoubleCall = 'append' | 'read' | 'subscription';

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
  | { readonly kind: 'hang-after' };

interface Steps<Result> {
  readonly refuse: (error: ServiceError) => void;
  readonly commit: () => Promise<Result>;
  readonly reply: (result: Result) => void;
}

/** The faults of a double: each planned one happens to the next calls of its kind, and is counted. */
export class DoubleFaults {
  private readonly planned: Record<DoubleCall, Fault[]> = {
    append: [],
    read: [],
    subscription: [],
  };
  private happenedTo: Record<DoubleCall, number> = { append: 0, read: 0, subscription: 0 };
  private everyEventMs = 0;
  /** Cuts all connections; set by who owns them. */
  cut: () => void = () => undefined;

  plan(call: DoubleCall, ...faults: readonly Fault[]): void {
    this.planned[call].push(...faults);
  }

  /** Forgets what has not happened yet. */
  heal(): void {
    this.planned.append = [];
    this.planned.read = [];
    this.planned.subscription = [];
    this.everyEventMs = 0;
  }

  /** How many calls of a kind a fault has met. */
  happened(call: DoubleCall): number {
    return this.happenedTo[call];
  }

  /** Each event takes so long to be sent. */
  slow(ms: number): void {
    this.everyEventMs = ms;
  }

  async eachEvent(): Promise<void> {
    if (this.everyEventMs > 0) await pause(this.everyEventMs);
  }

  async around<Result>(call: DoubleCall, steps: Steps<Result>): Promise<void> {
    const fault = this.planned[call].shift();
    if (!fault) return steps.reply(await steps.commit());
    this.happenedTo[call] += 1;
    const refusal = refusalOf(fault);
    if (refusal) return steps.refuse(refusal);
    await this.suffer(fault, steps);
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
  const metadata = new Metadata();
  if (fault.kind === 'unavailable') {
    return errorOf(codes.UNAVAILABLE, 'the double is away', metadata);
  }
  if (fault.kind === 'not-ready') return errorOf(codes.UNKNOWN, 'Server Is Not Ready', metadata);
  if (fault.kind !== 'not-leader') return undefined;
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', fault.host);
  metadata.set('leader-endpoint-port', String(fault.port));
  return errorOf(codes.NOT_FOUND, 'Leader info available', metadata);
}

const errorOf = (code: codes, details: string, metadata: Metadata): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata });
