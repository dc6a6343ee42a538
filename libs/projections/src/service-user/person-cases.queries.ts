import { systemActor } from '#kernel/actor.js';
import type { EventStore, Position } from '#eventstore/event-store.js';
import type { PersonCase } from '#brokerage/service-user/service-user.rules.js';
import { settled, type Projector } from '../read-side.js';
import { personCases } from './person-cases.projection.js';

/** All packages of a person, up to all that the log holds now. */
export async function casesOfPerson(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { personId }: { readonly personId: string },
): Promise<{ value: readonly PersonCase[]; position: Position }> {
  const reader = projector.reader(personCases);
  const position = await settled(reader, personCases, store);
  const rows = reader.select(systemActor, 'cases', { filter: { personId } });
  const value = rows.map(({ personId: _, ...own }) => own);
  return { value, position };
}
