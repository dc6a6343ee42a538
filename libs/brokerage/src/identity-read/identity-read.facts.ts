import { hasRole, type Actor } from '#kernel/actor.js';
import type { Fact, FactReader } from '#platform/commands/slice.js';
import { serviceUserDecider } from '../service-user/service-user.decider.js';
import { serviceUserStream, writeFacts } from '../service-user/service-user.facts.js';
import type { Identity } from '../service-user/service-user.events.js';
import type { Readable } from './identity-read.decider.js';

/** What is known of each person now, without anything about them. */
export async function readIdentityFacts(
  { personIds }: { personIds: readonly string[] },
  read: FactReader,
  actor: Actor,
): Promise<{ people: Fact<readonly Readable[]> }> {
  const people: Readable[] = [];
  for (const personId of personIds) {
    const { state } = await read.folded(serviceUserDecider, serviceUserStream(personId));
    const isProvider = hasRole(actor, 'provider');
    const { person } = isProvider
      ? { person: { value: { known: false } } }
      : await writeFacts({ personId }, read, actor);
    people.push({
      known: person.value.known,
      releases: state.releases.filter(({ providerId }) => providerId === actor.organisation),
      recorded: state.identity !== null,
      erased: state.erasedAt !== null,
    });
  }
  return { people: { value: people } };
}

/** Who a person is, in clear. For an answer whose reading is recorded, and for nothing else. */
export async function identityInClear(
  read: FactReader,
  personId: string,
): Promise<Identity | undefined> {
  const { state } = await read.folded(serviceUserDecider, serviceUserStream(personId));
  return state.identity ?? undefined;
}
