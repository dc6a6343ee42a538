import type { Decider } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import { changedFields, identityOf } from './identity.rules.js';
import type { ServiceUserCommands } from './service-user.commands.js';
import type { Identity, ServiceUserEvent } from './service-user.events.js';
import { ensure, unknownServiceUser, type ServiceUserState } from './service-user.rules.js';

type IdentityCommands = Pick<
  ServiceUserCommands,
  'RecordIdentity' | 'CorrectIdentity' | 'AddExternalId' | 'ReleaseIdentity'
>;
type IdentityEvent = Extract<
  ServiceUserEvent,
  { type: 'IdentityRecorded' | 'IdentityCorrected' | 'ExternalIdAdded' | 'IdentityReleased' }
>;

export interface WriteFacts {
  /** A package of this person exists, and the actor may see it. */
  readonly person: { readonly known: boolean };
}

export interface ReleaseFacts {
  /** The award of the package as its own stream has it. */
  readonly award: { readonly confirmed: boolean; readonly providerId: string | null };
}

/** A person's identity, and to whom it was given. */
export const identityDecider: Decider<
  ServiceUserState,
  IdentityCommands,
  IdentityEvent,
  {
    RecordIdentity: WriteFacts;
    CorrectIdentity: WriteFacts;
    AddExternalId: WriteFacts;
    ReleaseIdentity: ReleaseFacts;
  }
> = {
  initial: unknownServiceUser,
  decide: {
    RecordIdentity(state, { personId, identity }, { now, facts: { person } }) {
      ensure(person.known, 'ServiceUserUnknown', { path: 'personId' });
      ensure(state.erasedAt === null, 'PersonIsErased');
      ensure(state.identity === null, 'IdentityAlreadyRecorded');
      const kept = identityOf(identity, civilDateOf(now));
      return [{ type: 'IdentityRecorded', data: { personId, identity: kept } }];
    },
    CorrectIdentity(state, { personId, identity, reason }, { now, facts: { person } }) {
      ensure(person.known, 'ServiceUserUnknown', { path: 'personId' });
      ensure(state.erasedAt === null, 'PersonIsErased');
      ensure(state.identity, 'IdentityNotRecorded');
      ensure(reason.trim() !== '', 'CorrectionReasonMissing', { path: 'reason' });
      const kept = identityOf(identity, civilDateOf(now));
      const changed = changedFields(state.identity, kept);
      if (changed.length === 0) return [];
      return [{ type: 'IdentityCorrected', data: { personId, identity: kept, changed, reason } }];
    },
    AddExternalId(state, { personId, externalId }, { facts: { person } }) {
      ensure(person.known, 'ServiceUserUnknown', { path: 'personId' });
      ensure(state.erasedAt === null, 'PersonIsErased');
      const system = externalId.system.trim();
      const personRef = externalId.personRef.trim();
      ensure(system !== '' && personRef !== '', 'ExternalIdIncomplete', { path: 'externalId' });
      const known = state.externalIds.some(
        (other) => other.system === system && other.personRef === personRef,
      );
      if (known) return [];
      return [{ type: 'ExternalIdAdded', data: { personId, externalId: { system, personRef } } }];
    },
    ReleaseIdentity(state, { personId, packageId, providerId }, { now, facts: { award } }) {
      if (state.erasedAt !== null || !award.confirmed || award.providerId !== providerId) return [];
      const last = state.releases.findLast((release) => release.packageId === packageId);
      if (last?.providerId === providerId) return [];
      const data = { personId, packageId, providerId, releasedAt: now };
      return [{ type: 'IdentityReleased', data }];
    },
  },
  evolve: {
    IdentityRecorded: (state, { identity }) => ({ ...state, identity: readable(identity) }),
    IdentityCorrected: (state, { identity }) => ({ ...state, identity: readable(identity) }),
    ExternalIdAdded: (state, { externalId }) =>
      'personRef' in externalId
        ? { ...state, externalIds: [...state.externalIds, externalId] }
        : state,
    IdentityReleased: (state, { packageId, providerId, releasedAt }) => ({
      ...state,
      releases: [...state.releases, { packageId, providerId, releasedAt }],
    }),
  },
};

/** Once the person's key is destroyed, a placeholder stands in its place. */
const readable = (identity: Identity): Identity | null => ('name' in identity ? identity : null);
