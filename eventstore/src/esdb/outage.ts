/** What an error of either library means. */
export type EsdbFailure =
  /** The stream is at another revision. */
  | 'wrong-expectation'
  | 'too-large'
  | 'not-found'
  /** The server does not take this call, now or later. */
  | 'refused'
  /** The server or the way to it is away; what an append did is not known. */
  | 'outage';

const byType: Readonly<Record<string, EsdbFailure>> = {
  'wrong-expected-version': 'wrong-expectation',
  'maximum-append-size-exceeded': 'too-large',
  'stream-not-found': 'not-found',
  'no-stream': 'not-found',
  'access-denied': 'refused',
  'stream-deleted': 'refused',
  'invalid-argument': 'refused',
  'invalid-transaction': 'refused',
  unsupported: 'refused',
  unavailable: 'outage',
  timeout: 'outage',
  'deadline-exceeded': 'outage',
  cancelled: 'outage',
  'not-leader': 'outage',
};

/** Codes of gRPC for refusals that a repeat would meet again. */
const refusingCodes = new Set([3, 7, 16]);

/**
 * Classifies by the library's type, then by gRPC's code. Everything else is an outage: a node that
 * starts answers `UnknownError` "Server Is Not Ready" or an error without type, a cluster without a
 * leader `Failed to discover`; an exact repeat tells what became of the append.
 */
export function failureOf(error: unknown): EsdbFailure {
  const { type, code } = error as { readonly type?: unknown; readonly code?: unknown };
  const known = typeof type === 'string' ? byType[type] : undefined;
  if (known) return known;
  return typeof code === 'number' && refusingCodes.has(code) ? 'refused' : 'outage';
}

/** The revision that a wrong expectation met, -1 for none. */
export function actualRevisionOf(error: unknown): number {
  const { actualVersion, actualState } = error as {
    readonly actualVersion?: bigint | string;
    readonly actualState?: bigint | string;
  };
  const actual = actualVersion ?? actualState;
  return typeof actual === 'bigint' ? Number(actual) : -1;
}
