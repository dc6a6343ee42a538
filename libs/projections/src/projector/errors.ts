import type { Position } from '#eventstore/event-store.js';
import type { AsOf } from './as-of.js';

/** A read model has not reached the asked position in time, or is stopped before it. */
export class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
  constructor(
    readonly projection: string,
    readonly asOf: AsOf,
    readonly wanted: Position,
  ) {
    super(`${projection} knows the log up to ${asOf.position}, not yet ${wanted}`);
  }
}

/** A paging cursor is damaged, or was given by another list, order or version. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** No projection has this name. */
export class UnknownProjection extends Error {
  override readonly name = 'UnknownProjection';
  constructor(readonly projection: string) {
    super(`there is no projection ${projection}`);
  }
}
