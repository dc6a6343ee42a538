import type { Actor } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import { demoActor } from '#platform/viewer/demo-people.js';
import { commandIdOf } from './demo-ids.js';

/** A command with the moment at which it is sent and who sends it. */
export interface DemoCommand {
  readonly at: Instant;
  readonly name: string;
  readonly fields: { readonly commandId: string } & Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** A refusal is part of the story: two people act at the same moment. */
  readonly mayBeRefused?: true;
  /** Visits that the command records. */
  readonly visits?: number;
}

/** Who acts, by the id of a demo person or as a provider's own user. */
export function actorOf(id: string): Actor {
  const actor = demoActor(id);
  if (!actor) throw new RangeError(`there is no demo person ${id}`);
  return actor;
}

export const providerUser = (providerId: string): Actor => actorOf(`provider:${providerId}`);

/** Makes the commands of one demo council: each id tells its moment and what it is about. */
export const sender =
  (seed: number) =>
  (
    at: Instant,
    name: string,
    who: Actor | string,
    fields: object,
    ...about: readonly (string | number)[]
  ): DemoCommand => ({
    at,
    name,
    actor: typeof who === 'string' ? actorOf(who) : who,
    fields: { commandId: commandIdOf(seed, at, ...about), ...fields },
  });

export type Sender = ReturnType<typeof sender>;
