import { WrongExpectedRevision, type ExpectedRevision } from './event-store.js';

/** `none` as a number: the revision before the first event. */
export const noRevision = -1;

export const revisionOf = (expected: ExpectedRevision): number =>
  expected === 'none' ? noRevision : expected;

export const expectedOf = (revision: number): ExpectedRevision =>
  revision < 0 ? 'none' : revision;

/**
 * What an append may do. `write`: append after the head. `repeat`: all of these events are
 * there already, the last one at `revision`. `refuse`: the expectation is wrong.
 */
export type Verdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeat'; readonly revision: number }
  | { readonly kind: 'refuse' };

/**
 * EventStoreDB's rule of idempotence, the same for every adapter.
 *
 * @param expected last revision that the caller knows, -1 for none
 * @param head last revision of the stream, -1 for none
 * @param ids of the events to be appended
 * @param isAt whether the event at a revision (never beyond the head) has this id
 */
export function judgeExpectation(
  expected: number,
  head: number,
  ids: readonly string[],
  isAt: (revision: number, id: string) => boolean,
): Verdict {
  if (expected === head) return { kind: 'write' };
  const last = expected + ids.length;
  // Also so when `expected` itself lies beyond the head: there is at least one id.
  if (last > head) return { kind: 'refuse' };
  return ids.every((id, index) => isAt(expected + 1 + index, id))
    ? { kind: 'repeat', revision: last }
    : { kind: 'refuse' };
}

/** Throws `RangeError` unless the stream has a storable name and `expected` is `'none'` or a revision. */
export function checkExpectation(stream: string, expected: ExpectedRevision): void {
  if (stream === '' || !stream.isWellFormed()) throw new RangeError('a stream has a name');
  if (expected === 'none' || (Number.isSafeInteger(expected) && expected >= 0)) return;
  throw new RangeError(`${String(expected)} is no expected revision of ${stream}`);
}

export const wrongExpectation = (
  stream: string,
  expected: number,
  head: number,
): WrongExpectedRevision =>
  new WrongExpectedRevision(stream, expectedOf(expected), expectedOf(head));
