import { SetMetadata } from '@nestjs/common';
import { roles, type Role } from '#kernel/actor.js';

export const ROLES = 'brokerage:roles';
export const OPEN = 'brokerage:open-to-everyone';

/**
 * Names who may call a resolver's or controller's method. A method without roles is refused, and a
 * service that has one does not start.
 */
export const Roles = (...roles: readonly [Role, ...Role[]]) => SetMetadata(ROLES, roles);

/** Marks HTTP routes that need no sign-in: health, metrics, GraphiQL. Never for a resolver. */
export const OpenToEveryone = () => SetMetadata(OPEN, true);

/** Every role that a person or another system may hold. */
export const everyRole = roles.filter((role) => role !== 'system') as [Role, ...Role[]];
