import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';

export const providerRules = {
  ProviderUnknown: 'There is no such provider.',
  ProviderAlreadyRegistered: 'This provider was registered before.',
  ProviderNameMissing: 'A provider has a legal name.',
  AliasKnown: 'The provider is known by this name already.',
  DateDoesNotExist: 'This date does not exist.',
  SuspensionUnknown: 'There is no such suspension of this provider.',
  SuspensionAlreadyLifted: 'This suspension was lifted before.',
  SuspensionLiftedBeforeItStarts: 'A suspension is lifted on or after the day it starts.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof providerRules>> = ruleBook(providerRules);

/** A name without non-breaking spaces and repeated blanks, as it is shown. */
export const plainName = (name: string): string =>
  name.replace(/[\s\u00a0\u202f\u2007]+/g, ' ').trim();

/** The form in which names are compared: exactly equal or different, never similar (S1-4). */
export const comparedName = (name: string): string =>
  plainName(name).normalize('NFKC').toLowerCase();

export interface Suspension {
  readonly lots: readonly string[];
  readonly fromOn: CivilDate;
  readonly liftedOn: CivilDate | null;
}

/** Whether a suspension keeps the provider from new work of a lot on a date (X7). */
export const suspends = (suspension: Suspension, lot: string | null, on: CivilDate): boolean =>
  suspension.fromOn <= on &&
  (suspension.liftedOn === null || on < suspension.liftedOn) &&
  (suspension.lots.length === 0 || (lot !== null && suspension.lots.includes(lot)));
