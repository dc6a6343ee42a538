import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';
import {
  providerQualityRules,
  type LocationRating,
  type Registration,
} from './provider.quality.rules.js';

export const providerRules = {
  ProviderUnknown: 'There is no such provider.',
  ProviderAlreadyRegistered: 'This provider was registered before.',
  ProviderNameMissing: 'A provider has a legal name.',
  AliasKnown: 'The provider is known by this name already.',
  DateDoesNotExist: 'This date does not exist.',
  SuspensionUnknown: 'There is no such suspension of this provider.',
  SuspensionAlreadyLifted: 'This suspension was lifted before.',
  SuspensionLiftedBeforeItStarts: 'A suspension is lifted on or after the day it starts.',
  ...providerQualityRules,
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

export interface ProviderState {
  readonly providerId: string | null;
  readonly cqcProviderId?: string | undefined;
  /** The shared mailbox that requests go to. */
  readonly requestMailbox?: string | undefined;
  readonly comparedNames: readonly string[];
  readonly suspensions: Readonly<Record<string, Suspension>>;
  readonly registrations: readonly Registration[];
  readonly ratings: readonly LocationRating[];
  readonly reviews: Readonly<Record<string, 'open' | 'concluded'>>;
}

export const initialProvider: ProviderState = {
  ...{ providerId: null, comparedNames: [], suspensions: {} },
  ...{ registrations: [], ratings: [], reviews: {} },
};

/** Whether a suspension keeps the provider from new work of a lot on a date (X7). */
export const suspends = (suspension: Suspension, lot: string | null, on: CivilDate): boolean =>
  suspension.fromOn <= on &&
  (suspension.liftedOn === null || on < suspension.liftedOn) &&
  (suspension.lots.length === 0 || (lot !== null && suspension.lots.includes(lot)));
