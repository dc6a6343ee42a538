import type { AppendEntry, EventMetadata, NewEvent } from '../event-store.js';
import { expectedOf } from '../expectation.js';
import { commonPart, metadataOffset } from '../stored-form.js';
import type { RawEvent } from './raw-log.js';

/** The events of one append as it was made: the first with all its metadata, others may share it. */
export function newEventsOf(group: readonly RawEvent[]): AppendEntry {
  const [first] = group;
  if (!first) throw new RangeError('an append has at least one event');
  const metadata = JSON.parse(first.metadata) as EventMetadata;
  const shared = commonPart(metadata);
  const events = group.map(({ id, type, version, data }, index): NewEvent => {
    const value = JSON.parse(data) as unknown;
    return { id, type, version, data: value, metadata: index === 0 ? metadata : shared };
  });
  return { stream: first.stream, events, expected: expectedOf(first.revision - 1) };
}

/** Whether an event shares the metadata of the first of a group, and so was appended with it. */
export const belongsTo = (group: readonly RawEvent[], event: RawEvent): boolean =>
  group.length > 0 &&
  event.stream === group[0]?.stream &&
  metadataOffset(event.metadata) === group.length;
