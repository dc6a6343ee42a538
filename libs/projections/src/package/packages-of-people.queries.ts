import { systemActor } from '#kernel/actor.js';
import type { EventStore, Position } from '#eventstore/event-store.js';
import type { PersonPackages, PersonPackage } from '#brokerage/ecm-import/ecm.packages.js';
import { settled, type Projector } from '../read-side.js';
import { packages } from './package.projection.js';
import { sightOf } from './sight.rules.js';

/** All packages of some people, by the case system's reference, up to all that the log holds now. */
export async function packagesOfPeople(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { refs }: { readonly refs: readonly string[] },
): Promise<{ value: PersonPackages; position: Position }> {
  const reader = projector.reader(packages);
  const position = await settled(reader, packages, store);
  const value: Record<string, readonly PersonPackage[]> = {};
  for (const personRef of refs) {
    value[personRef] = reader
      .select(systemActor, 'packages', { filter: { personRef } })
      .map((row) => ({
        ...{ packageId: row.packageId, personId: row.personId },
        ...{ referralRef: row.reference.referralRef, providerIds: sightOf(row) },
      }));
  }
  return { value, position };
}
