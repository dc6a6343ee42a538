/** The roles of a council's brokerage (S2-3). */
export const roles = [
  'broker',
  'senior-broker',
  'external-broker',
  'commissioner',
  'finance',
  'quality-officer',
  'panel-member',
  'auditor',
  'provider',
  'case-system',
  'administrator',
  'system',
] as const;

export type Role = (typeof roles)[number];

/** Who asks or decides. `organisation` is a provider's or an external broker organisation's id. */
export interface Actor {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly organisation?: string;
}

/** Who reads. Every read takes one first. */
export type Viewer = Actor;

/** Whether someone holds at least one of the roles. */
export const hasRole = (who: Actor, ...wanted: readonly Role[]): boolean =>
  who.roles.some((role) => wanted.includes(role));

/** The service itself, when a policy or a deadline causes a command. */
export const systemActor: Actor = { id: 'system', roles: ['system'] };
