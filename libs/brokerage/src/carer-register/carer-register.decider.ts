import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { isCivilDate } from '#kernel/time.js';
import type { CarerRegisterCommands } from './carer-register.commands.js';
import type { CarersRegistered, RegisteredCarer } from './carer-register.events.js';
import { ensure } from './carer-register.rules.js';

interface CarerRegisterFacts {
  RegisterCarers: { provider: { known: boolean } };
}

/** Who cares for a provider, by the provider's own ids (formats.md, section 1). */
export const carerRegisterDecider: Decider<
  Readonly<Record<string, RegisteredCarer>>,
  CarerRegisterCommands,
  CarersRegistered,
  CarerRegisterFacts
> = {
  initial: {},
  decide: {
    RegisterCarers(state, { providerId, carers }, { actor, facts }) {
      const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
      ensure(own, 'RegisterOfAnotherProvider', { path: 'providerId' });
      ensure(facts.provider.known, 'RegisterProviderUnknown', { path: 'providerId' });
      for (const { activeFrom, lastDay } of carers) {
        const real = isCivilDate(activeFrom) && (lastDay === undefined || isCivilDate(lastDay));
        ensure(real && (lastDay ?? activeFrom) >= activeFrom, 'CarerDateUnreal', {
          path: 'carers',
        });
      }
      const told = carers.map(({ carerRef, activeFrom, lastDay, gender }) => ({
        ...{ carerRef, activeFrom },
        ...(lastDay !== undefined && { lastDay }),
        ...(gender !== undefined && { gender }),
      }));
      const news = told.filter(
        (carer) => JSON.stringify(carer) !== JSON.stringify(state[carer.carerRef]),
      );
      return news.length === 0
        ? []
        : [{ type: 'CarersRegistered', data: { providerId, carers: news } }];
    },
  },
  evolve: {
    CarersRegistered: (state, { carers }) => ({
      ...state,
      ...Object.fromEntries(carers.map((carer) => [carer.carerRef, carer])),
    }),
  },
};
