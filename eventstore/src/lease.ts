/** The right to be the one that does something, until it is lost or given back. */
export interface Lease {
  /** Aborts when the lease is lost or given back. */
  readonly ended: AbortSignal;
  /** Throws `LeaseLost` unless it is surely still held. */
  ensureHeld(): void;
  /** Gives it back, so that another one need not wait. */
  release(): Promise<void>;
}

/** Another process does this now; what this one had begun is not to go on. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** A lease that nobody else can have: the data directory belongs to this process. */
export function soleLease(): Lease {
  const ending = new AbortController();
  return {
    ended: ending.signal,
    ensureHeld: () => {
      if (ending.signal.aborted) throw new LeaseLost('the lease was given back');
    },
    release: () => {
      ending.abort();
      return Promise.resolve();
    },
  };
}
