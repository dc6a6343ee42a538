import { hasRole, type Actor } from '#kernel/actor.js';
import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import { leaksOf, type LeakedField, type LeakOptions } from './leak.rules.js';
import { serviceUserDecider } from './service-user.decider.js';
import type { ExternalId } from './service-user.events.js';
import type { PersonCase } from './service-user.rules.js';

export const serviceUserStream = (personId: string): string => `serviceUser-${personId}`;

/** What a leak check may say in a decision's record: fields, never values. */
export interface IdentityLeaks {
  /** Without a recorded identity nothing can be compared. */
  readonly identityRecorded: boolean;
  readonly leaked: readonly LeakedField[];
}

/**
 * Compares texts, or a pack, with every identity value of a person (S1-9). `references` are ids of
 * other systems that the caller knows from the package itself.
 */
export async function identityLeaks(
  read: FactReader,
  personId: string,
  content: unknown,
  { references = [], ...options }: LeakOptions & { references?: readonly ExternalId[] } = {},
): Promise<Fact<IdentityLeaks>> {
  const person = await read.folded(serviceUserDecider, serviceUserStream(personId));
  return factOf(person, ({ identity, externalIds }) => ({
    identityRecorded: identity !== null,
    leaked: leaksOf(content, { identity, externalIds: [...externalIds, ...references] }, options),
  }));
}

const casesOf = (read: FactReader, personId: string): Promise<Fact<readonly PersonCase[]>> =>
  read.list('casesOfPerson', { personId });

/** Whether brokerage has a package of the person that the actor may see (S3-4). */
export async function writeFacts(
  { personId }: { personId: string },
  read: FactReader,
  actor: Actor,
): Promise<{ person: Fact<{ known: boolean }> }> {
  const { value, ...source } = await casesOf(read, personId);
  const own = value.filter(({ brokerOrganisation }) => isOwn(actor, brokerOrganisation));
  return { person: { ...source, value: { known: own.length > 0 } } };
}

/** An external broker organisation has its own cases alone; everyone else who may write, all. */
export const isOwn = (actor: Actor, brokerOrganisation: string | undefined): boolean =>
  !hasRole(actor, 'external-broker') ||
  hasRole(actor, 'broker', 'senior-broker') ||
  (brokerOrganisation !== undefined && brokerOrganisation === actor.organisation);

export async function caseFacts({ personId }: { personId: string }, read: FactReader) {
  return { cases: await casesOf(read, personId) };
}

/** The award as the package's stream has it now: it may have fallen through since (S1-9). */
export async function releaseFacts({ packageId }: { packageId: string }, read: FactReader) {
  const carePackage = await read.folded(packageDecider, `carePackage-${packageId}`);
  return {
    award: factOf(carePackage, ({ stage, award }) => ({
      confirmed: stage === 'awaiting-start' || stage === 'live',
      providerId: award?.providerId ?? null,
    })),
  };
}
