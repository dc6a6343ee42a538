import type { Position } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';
import { asOfAt } from './as-of.js';
import type { ProjectionFailure } from './projection-failure.js';
import type { RunningProjection } from './running-projection.js';
import type { ServedProjection } from './served-projection.js';

export type ProjectionState = 'live' | 'catching-up' | 'stopped' | 'rebuilding';

/** Where a projection stands, for health, metrics and the command line. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly state: ProjectionState;
  /** What readers are answered from. */
  readonly position: Position;
  readonly at?: Instant;
  readonly head: Position;
  /** Events that readers do not see yet; an estimate where positions are byte offsets. */
  readonly lagEvents: number;
  /** Part of the log read by the file that serves, or by the one being built: 0 to 1. */
  readonly progress: number;
  readonly ratePerSecond: number;
  /** False when it is stopped, or lags too far for too long without moving. */
  readonly withinRule: boolean;
  readonly failure?: ProjectionFailure;
}

export function statusOf(served: ServedProjection, head: Position): ProjectionStatus {
  const { projection, serving, building } = served;
  const { position, seen } = serving.checkpoint;
  const working = building ?? served.running[0];
  const failure = building?.failure ?? serving.failure;
  const state = stateOf(working, building !== undefined);
  const lagEvents = lagOf(head, position, seen);
  const isStuck = served.lagWatch.isStuck(lagEvents, working?.movedAtMs ?? 0, performance.now());
  return {
    name: projection.name,
    version: projection.version,
    state,
    ...asOfAt(serving.checkpoint),
    head,
    lagEvents,
    progress: head === 0 ? 1 : Math.min(1, (working?.checkpoint.position ?? position) / head),
    ratePerSecond: working?.ratePerSecond ?? 0,
    withinRule: state !== 'stopped' && !isStuck,
    ...(failure ? { failure } : {}),
  };
}

function stateOf(working: RunningProjection | undefined, isBuilding: boolean): ProjectionState {
  if (working?.failure) return 'stopped';
  if (isBuilding) return 'rebuilding';
  if (working?.live) return 'live';
  return working?.file.found.seen === 0 ? 'rebuilding' : 'catching-up';
}

/** Positions are gapless in SQLite, so this is exact there; elsewhere by the mean distance. */
function lagOf(head: Position, position: Position, seen: number): number {
  const behind = Math.max(0, head - position);
  return position === 0 || seen === 0 ? behind : Math.ceil((behind * seen) / position);
}
