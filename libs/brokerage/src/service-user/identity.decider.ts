import type { Decider } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import { changedFields, identityOf } from './identity.rules.js';
import type { ServiceUserCommands } from './service-user.commands.js';
import type { Identity, IdentityReleaseEnded, ServiceUserEvent } from './service-user.events.js';
import {
  ensure,
  unknownServiceUser,
  type Release,
  type ServiceUserState,
} from './service-user.rules.js';

type IdentityCommands = Pick<
  ServiceUserCommands,
  'RecordIdentity' | 'CorrectIdentity' | 'AddExternalId' | 'ReleaseIdentity' | 'EndIdentityRelease'
>;
type IdentityEvent = Extract<
  ServiceUserEvent,
  {
    type:
      | 'IdentityRecorded'
      | 'IdentityCorrected'
      | 'ExternalIdAdded'
      | 'IdentityReleased'
      | 'IdentityReleaseEnded';
  }
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
    ReleaseIdentity(state, command, { now, facts: { award } }) {
      const { personId, packageId, providerId, startOn } = command;
      if (state.erasedAt !== null || !award.confirmed || award.providerId !== providerId) return [];
      const standing = standingOf(state, packageId);
      if (standing.some((release) => release.providerId === providerId)) return [];
      const data = { personId, packageId, providerId, releasedAt: now };
      return [
        ...standing.map((release) => ended(personId, release, startOn, true)),
        { type: 'IdentityReleased', data },
      ];
    },
    EndIdentityRelease(state, { personId, packageId, endsBefore, afterCare }) {
      if (state.erasedAt !== null) return [];
      return standingOf(state, packageId).map((release) =>
        ended(personId, release, endsBefore, afterCare),
      );
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
    IdentityReleaseEnded: (state, { packageId, providerId, endsBefore, afterCare }) => ({
      ...state,
      releases: state.releases.map((release) =>
        release.packageId === packageId &&
        release.providerId === providerId &&
        release.endsBefore === undefined
          ? { ...release, endsBefore, afterCare }
          : release,
      ),
    }),
  },
};

const standingOf = ({ releases }: ServiceUserState, packageId: string): readonly Release[] =>
  releases.filter((release) => release.packageId === packageId && release.endsBefore === undefined);

const ended = (
  personId: string,
  { packageId, providerId }: Release,
  endsBefore: string,
  afterCare: boolean,
): IdentityReleaseEnded => ({
  type: 'IdentityReleaseEnded',
  data: { personId, packageId, providerId, endsBefore, afterCare },
});

/** Once the person's key is destroyed, a placeholder stands in its place. */
const readable = (identity: Identity): Identity | null => ('name' in identity ? identity : null);
