import type { Role } from '#kernel/actor.js';

/** Who sees what providers are paid: never a broker, who would choose by it (S1-13). */
export const payRoles = ['finance', 'commissioner', 'auditor'] as const satisfies readonly Role[];

/** Who sees how logs lie to the bands: never a provider, who would learn from it (X28). */
export const patternRoles = [
  'finance',
  'quality-officer',
  'auditor',
] as const satisfies readonly Role[];

/** Who reads why a line was queried and how it was answered: such words may tell who the person is. */
export const payReasonReaders = [
  'finance',
  'auditor',
  'provider',
] as const satisfies readonly Role[];
