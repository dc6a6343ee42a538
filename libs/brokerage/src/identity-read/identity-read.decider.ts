import { hasRole } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import type { Decider } from '#kernel/decider.js';
import type { IdentityReadCommands } from './identity-read.commands.js';
import type { IdentityRead } from './identity-read.events.js';
import { ensure } from './identity-read.rules.js';
import { mayRead, type Release } from '../service-user/service-user.rules.js';

/** What a decision to let someone read knows of each person. */
export interface Readable {
  /** Brokerage has a case of the person that the reader may see (S3-4). */
  readonly known: boolean;
  /** To the reader's own provider (S1-9). */
  readonly releases: readonly Release[];
  readonly recorded: boolean;
  readonly erased: boolean;
}

export interface ReadIdentityFacts {
  readonly people: readonly Readable[];
}

/** One reading is one stream, so that no two readings wait for each other. */
export const identityReadDecider: Decider<
  Record<string, never>,
  IdentityReadCommands,
  IdentityRead,
  { ReadIdentity: ReadIdentityFacts }
> = {
  initial: {},
  decide: {
    ReadIdentity(_, { personIds, purpose }, { now, actor, policy, facts: { people } }) {
      ensure(personIds.length > 0, 'NobodyToRead', { path: 'personIds' });
      const today = civilDateOf(now);
      for (const { known, releases, recorded, erased } of people) {
        // A provider hears the same of people it has nothing to do with and of those nobody knows.
        if (hasRole(actor, 'provider')) {
          const own = actor.organisation ?? '';
          const released = mayRead(releases, own, today, policy.identityAfterCareDays);
          ensure(released, 'IdentityNotReleased');
        } else ensure(known, 'ServiceUserUnknown');
        ensure(!erased, 'PersonIsErased');
        ensure(recorded, 'IdentityNotRecorded');
      }
      const { id: by, roles, organisation } = actor;
      const data = {
        ...{ personIds: [...personIds], purpose, by, roles: [...roles], readAt: now },
        ...(organisation !== undefined && { organisation }),
      };
      return [{ type: 'IdentityRead', data }];
    },
  },
  evolve: { IdentityRead: (state) => state },
};
