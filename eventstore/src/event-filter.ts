import { categoryOf, type EventFilter } from './event-store.js';
import { isInPart } from './log-part.js';

/** Whether an event of this type and stream is wanted. */
export const passes = (type: string, stream: string, filter: EventFilter | undefined): boolean =>
  (!filter?.types || filter.types.includes(type)) &&
  (!filter?.categories || filter.categories.includes(categoryOf(stream))) &&
  (!filter?.part || isInPart(stream, filter.part));
