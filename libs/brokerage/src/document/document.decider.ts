import { hasRole, type Actor } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId, idOfKey } from '#kernel/ids.js';
import type { DocumentCommands, ExpressInterest, InterestCommands } from './document.commands.js';
import type { DocumentAttached, InterestExpressed } from './document.events.js';
import { ensure } from './document.rules.js';

interface Known {
  readonly known: boolean;
}

export interface DocumentFacts {
  AttachDocument: { readonly target: Known };
}

export interface InterestFacts {
  ExpressInterest: { readonly target: Known; readonly provider: Known };
}

/** A document of a contract or framework; its content never changes (S2-22). */
export const documentDecider: Decider<
  { readonly documentId: string | null },
  DocumentCommands,
  DocumentAttached,
  DocumentFacts
> = {
  initial: { documentId: null },
  decide: {
    AttachDocument(state, { commandId, ...document }, { now, actor, facts: { target } }) {
      ensure(state.documentId === null, 'DocumentAlreadyAttached');
      ensure(target.known, 'DocumentTargetUnknown', { path: 'targetId' });
      const documentId = deriveId(commandId, 'document');
      const data = { documentId, ...document, attachedBy: actor.id, attachedAt: now };
      return [{ type: 'DocumentAttached', data }];
    },
  },
  evolve: { DocumentAttached: (_, { documentId }) => ({ documentId }) },
};

/** Who is interested: the provider itself, or the one that a commissioner names. */
export const interestedProvider = ({ providerId }: ExpressInterest, actor: Actor): string =>
  (hasRole(actor, 'provider') ? actor.organisation : providerId) ?? '';

export const interestIdOf = (targetId: string, providerId: string): string =>
  idOfKey('interest', targetId, providerId);

/** A provider's interest in a contract or framework; expressed once (S1-3). */
export const interestDecider: Decider<
  { readonly interestId: string | null },
  InterestCommands,
  InterestExpressed,
  InterestFacts
> = {
  initial: { interestId: null },
  decide: {
    ExpressInterest(state, command, { now, actor, facts: { target, provider } }) {
      const { target: kind, targetId } = command;
      const providerId = interestedProvider(command, actor);
      ensure(providerId, 'InterestedProviderRequired', { path: 'providerId' });
      const own = !command.providerId || command.providerId === providerId;
      ensure(own, 'InterestOfAnotherProvider', { path: 'providerId' });
      ensure(target.known, 'DocumentTargetUnknown', { path: 'targetId' });
      ensure(provider.known, 'ProviderUnknown', { path: 'providerId' });
      if (state.interestId !== null) return [];
      const ids = { interestId: interestIdOf(targetId, providerId), target: kind, targetId };
      const data = { ...ids, providerId, expressedBy: actor.id, expressedAt: now };
      return [{ type: 'InterestExpressed', data }];
    },
  },
  evolve: { InterestExpressed: (_, { interestId }) => ({ interestId }) },
};
