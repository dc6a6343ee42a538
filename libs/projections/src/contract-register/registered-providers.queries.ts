import { systemActor } from '#kernel/actor.js';
import type { Projector } from '../read-side.js';
import { contractRegister } from './contract-register.projection.js';

/** The providers on the register with their names, as the read model stands. */
export const registeredProviders = (projector: Projector) => () =>
  projector
    .reader(contractRegister)
    .select(systemActor, 'providers')
    .map(({ providerId, legalName }) => ({ providerId, name: legalName }));
