import { hasRole, roles, type Actor, type Role } from '#kernel/actor.js';
import { Unauthenticated } from './refusals.js';

/** Where an issuer's tokens say what a person may do; a dot leads into an object. */
export interface ClaimNames {
  readonly roles: string;
  readonly organisation: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** Roles whose holders belong to an organisation outside the council. */
const tenantRoles = ['provider', 'external-broker'] as const satisfies readonly Role[];

/** The service's own role is never taken from a token. */
const grantable = new Set<unknown>(roles.filter((role) => role !== 'system'));

const plainId = /^[^\p{Cc}]{1,128}$/u;
const organisationId = /^[\w-]{1,64}$/;

/**
 * The person whom verified claims name. Roles that are unknown here are ignored. A tenant's user has
 * an organisation and no other role, or its organisation would be read as another kind of tenant's,
 * and a council's role would open the whole council to it.
 */
export function actorOfClaims(claims: Claims, names: ClaimNames): Actor {
  const id = claims['sub'];
  if (typeof id !== 'string' || !plainId.test(id)) throw unusable('names nobody');
  const held = rolesIn(claimAt(claims, names.roles));
  const actor: Actor = { id, roles: held };
  if (!hasRole(actor, ...tenantRoles)) return actor;
  if (held.length > 1) throw unusable(`gives ${held.join(' and ')} to one person`);
  const organisation = claimAt(claims, names.organisation);
  if (typeof organisation !== 'string' || !organisationId.test(organisation)) {
    throw unusable(`names no organisation for the role ${held.join()}`);
  }
  return { ...actor, organisation };
}

function rolesIn(claim: unknown): Role[] {
  const named: unknown[] = Array.isArray(claim) ? claim : [claim];
  return [...new Set(named)].filter((role): role is Role => grantable.has(role));
}

/** A claim by its whole name, else by the path that its dots describe. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, part) ? (value as Claims)[part] : undefined;
  }, claims);
}

const unusable = (what: string): Unauthenticated =>
  new Unauthenticated(
    `This sign-in ${what}. Ask who looks after your organisation's accounts to put it right.`,
  );
