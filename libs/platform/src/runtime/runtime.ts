import type { Instant } from '#kernel/time.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { ServiceClock } from '../commands/clock.js';
import type { Commands } from '../commands/commands.js';
import type { RefusalRecorder } from '../refusals/refusal-recorder.js';
import type { WhatIfFound, WhatIfQuestion } from '../replay/what-if.js';
import type { WorkItem, WorkItems } from '../policies/work-items.js';

/** How far one read model is behind the log, and whether that is within the lag rule. */
export interface ProjectionLag {
  readonly name: string;
  readonly version: number;
  readonly state: 'live' | 'catching-up' | 'rebuilding' | 'stopped';
  readonly position: number;
  /** The log's last position when this was measured. */
  readonly head: number;
  readonly lagEvents: number;
  /** Part of the log read by the file that serves, or by the one being built: 0 to 1. */
  readonly progress?: number;
  /** False when it is stopped or too far behind for too long without progress. */
  readonly withinRule: boolean;
  /** The event that stopped it. */
  readonly failure?: { readonly position: number; readonly type: string; readonly error: string };
}

export interface DemoProgress {
  /** `none`: this log holds no demo council. */
  readonly state: 'none' | 'loading' | 'loaded';
  readonly percent: number;
  /** Visits sent so far, while it is loaded. */
  readonly visits?: number;
}

/** How the log is proven to an auditor. */
export interface AuditStanding {
  /** Tells whose signatures checkpoints have: PEM, and the verifier key of signed notes. */
  readonly publicKey: { readonly pem: string; readonly verifier: string };
  /** The newest signed checkpoint that this process knows. */
  readonly last?: { readonly size: number; readonly time: string };
  /** The log no longer begins with what was signed. */
  readonly inconsistent: boolean;
  /** How often signing or posting failed, by code. */
  readonly failures: ReadonlyMap<string, number>;
}

/** A running store with its read models, as the HTTP side sees it. */
export interface Runtime {
  /** Names the log, so that a client notices another one. */
  readonly logId: string;
  readonly startedAt: Instant;
  readonly store: EventStore;
  readonly commands: Commands;
  readonly clock: ServiceClock;
  readonly workItems: WorkItems;
  /** Where an event stands by its id, or the first event of a command by the command’s. */
  findEvent(id: string): Promise<number | undefined>;
  /** What another policy would have changed; stores nothing. */
  whatIf(question: WhatIfQuestion): Promise<WhatIfFound>;
  /** Keeps refusals that matter. */
  readonly refusals: RefusalRecorder;
  /** Reads of the read models, and how they stand. */
  readonly readModels: unknown;
  /** Resolves when policies and deadlines have nothing left to do at the clock's present time. */
  settle(): Promise<void>;
  /** Whether policies, deadlines and jobs run in this process now. */
  readonly isWorking?: boolean;
  /** Events whose hash this process has sealed; absent where the store keeps the chain itself. */
  readonly sealedEvents?: number | undefined;
  /** Attempts of this process to send mail, by outcome. */
  readonly mailAttempts?: ReadonlyMap<string, number>;
  /** Absent where no checkpoints are signed. */
  readonly audit?: AuditStanding | undefined;
  storeHealth(): { readonly writable: boolean; readonly reason?: string };
  projections(): readonly ProjectionLag[];
  /** Goes on with the event that stopped a projection. */
  retryProjection(name: string): void;
  /** Builds a projection's file anew while the present one serves. */
  rebuildProjection(name: string): Promise<void>;
  /** Sends the commands of parked work again; throws when one is refused again. */
  retryWorkItem(item: WorkItem): Promise<void>;
  demo(): DemoProgress;
  /** Events appended by this process. */
  appendedEvents(): number;
  /** Called once the service listens: starts what may run beside requests. */
  begin(): void;
  close(): Promise<void>;
}

/** Injection tokens of what the process is started with. */
export const RUNTIME = Symbol('Runtime');
export const CONFIG = Symbol('Config');
