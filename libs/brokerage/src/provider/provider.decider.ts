import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { isCivilDate } from '#kernel/time.js';
import type { ProviderCommands } from './provider.commands.js';
import type { ProviderAliasAdded, ProviderEvent } from './provider.events.js';
import { qualityDecider } from './provider.quality.decider.js';
import {
  comparedName,
  ensure,
  initialProvider,
  plainName,
  type ProviderState,
} from './provider.rules.js';

export const providerDecider: Decider<ProviderState, ProviderCommands, ProviderEvent> = {
  initial: initialProvider,
  decide: {
    ...qualityDecider.decide,
    RegisterProvider(state, { commandId, legalName, tradingNames, aliases = [], ...cqc }) {
      ensure(state.providerId === null, 'ProviderAlreadyRegistered');
      ensure(plainName(legalName) !== '', 'ProviderNameMissing', { path: 'legalName' });
      const data = {
        providerId: deriveId(commandId, 'provider'),
        legalName: plainName(legalName),
        tradingNames: tradingNames.map(plainName),
        ...(cqc.cqcProviderId && { cqcProviderId: cqc.cqcProviderId }),
        cqcLocationIds: [...cqc.cqcLocationIds],
      };
      const { providerId } = data;
      ensureNamedOnce([legalName, ...tradingNames], aliases);
      const named = aliases.map((alias): ProviderAliasAdded => ({
        ...{ type: 'ProviderAliasAdded', data: { providerId, alias: plainName(alias) } },
      }));
      return [{ type: 'ProviderRegistered', data }, ...named];
    },
    AddProviderAlias(state, { providerId, alias }) {
      ensure(state.providerId, 'ProviderUnknown', { path: 'providerId' });
      ensure(!state.comparedNames.includes(comparedName(alias)), 'AliasKnown', { path: 'alias' });
      return [{ type: 'ProviderAliasAdded', data: { providerId, alias: plainName(alias) } }];
    },
    SuspendProvider(state, { commandId, providerId, lots, reason, fromOn }) {
      ensure(state.providerId, 'ProviderUnknown', { path: 'providerId' });
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      const suspensionId = deriveId(commandId, 'suspension');
      const data = { providerId, suspensionId, lots: [...(lots ?? [])], reason, fromOn };
      return [{ type: 'ProviderSuspended', data }];
    },
    LiftSuspension(state, { providerId, suspensionId, fromOn, reason }) {
      const suspension = state.suspensions[suspensionId];
      ensure(suspension, 'SuspensionUnknown', { path: 'suspensionId' });
      ensure(suspension.liftedOn === null, 'SuspensionAlreadyLifted');
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      ensure(fromOn >= suspension.fromOn, 'SuspensionLiftedBeforeItStarts', { path: 'fromOn' });
      return [
        { type: 'ProviderSuspensionLifted', data: { providerId, suspensionId, fromOn, reason } },
      ];
    },
  },
  evolve: {
    ...qualityDecider.evolve,
    ProviderRegistered: (state, { providerId, legalName, tradingNames, cqcProviderId }) => ({
      ...state,
      providerId,
      ...(cqcProviderId && { cqcProviderId }),
      comparedNames: [legalName, ...tradingNames].map(comparedName),
    }),
    ProviderAliasAdded: (state, { alias }) => ({
      ...state,
      comparedNames: [...state.comparedNames, comparedName(alias)],
    }),
    ProviderSuspended: (state, { suspensionId, lots, fromOn }) => ({
      ...state,
      suspensions: { ...state.suspensions, [suspensionId]: { lots, fromOn, liftedOn: null } },
    }),
    ProviderSuspensionLifted: (state, { suspensionId, fromOn }) => {
      const suspension = state.suspensions[suspensionId];
      if (!suspension) return state;
      const lifted = { ...suspension, liftedOn: fromOn };
      return { ...state, suspensions: { ...state.suspensions, [suspensionId]: lifted } };
    },
  },
};

function ensureNamedOnce(names: readonly string[], aliases: readonly string[]): void {
  const known = new Set(names.map(comparedName));
  for (const [index, alias] of aliases.entries()) {
    ensure(!known.has(comparedName(alias)), 'AliasKnown', { path: `aliases.${index}` });
    known.add(comparedName(alias));
  }
}
