import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './double-events.js';

type Options = ReadReq.Options;

/** Behind every revision and position. */
export const last = Number.MAX_SAFE_INTEGER;

/** The server's own page, and its search window where a filter names none. */
const pageEvents = 32;

export const directionOf = (options: Options): 'forwards' | 'backwards' =>
  Number(options.getReadDirection()) === 0 ? 'forwards' : 'backwards';

/** Where a read of `$all` begins, the event there included. */
export function placeOf(options: Options): number {
  const all = options.getAll();
  if (!all?.hasPosition()) return all?.hasEnd() ? last : 0;
  const place = Number(all.getPosition()?.getCommitPosition() ?? 0);
  // Backwards a position is exclusive, as in the real server.
  return directionOf(options) === 'forwards' ? place : Math.min(place - 1, last);
}

/** Where a read of a stream begins, the event there included. */
export function revisionOf(options: Options): number {
  const stream = options.getStream();
  if (stream?.hasRevision()) return Math.min(Number(stream.getRevision()), last);
  return stream?.hasEnd() ? last : 0;
}

/** A subscription begins behind its place: a position in `$all`, or a revision of its stream. */
export function afterOf(options: Options, end: number): number {
  const [all, stream] = [options.getAll(), options.getStream()];
  if (all?.hasEnd() || stream?.hasEnd()) return end;
  if (stream?.hasRevision()) return Number(stream.getRevision());
  return Number(all?.getPosition()?.getCommitPosition() ?? -1);
}

/** After so many events that were looked at comes a checkpoint; without a filter none comes. */
export function checkpointEvery(options: Options): number {
  const filter = options.getFilter();
  if (!filter) return Infinity;
  const window = filter.hasMax() ? filter.getMax() : pageEvents;
  return window * Math.max(1, filter.getCheckpointintervalmultiplier());
}

/** Whether an event passes the filter of a read or a subscription. */
export function passing(options: Options): (event: Recorded) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.hasEventType() ? filter.getEventType() : filter.getStreamIdentifier();
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  return ({ type, stream }) => {
    const text = filter.hasEventType() ? type : stream;
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
}
