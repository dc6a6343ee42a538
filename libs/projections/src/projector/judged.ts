import type { Contribution, Membership } from './definition.js';

/** What a row (or a set) adds to figures, with its stored form, by which two are compared. */
export interface Judged {
  readonly json: string;
  readonly contributions: readonly Contribution[];
  readonly memberships: readonly Membership[];
}

/** `undefined` when nothing is added. */
export function judgedOf(
  contributions: readonly Contribution[],
  memberships: readonly Membership[],
): Judged | undefined {
  if (contributions.length === 0 && memberships.length === 0) return undefined;
  return { json: JSON.stringify([contributions, memberships]), contributions, memberships };
}

/** Reads the stored form back. */
export function judgedFrom(json: string | null): Judged | undefined {
  if (json === null) return undefined;
  const [contributions, memberships] = JSON.parse(json) as [Contribution[], Membership[]];
  return { json, contributions, memberships };
}
