import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';
import type { ProviderQualityEvent } from './provider.quality.events.js';

export type ProviderRegistered = Event<
  'ProviderRegistered',
  {
    providerId: string;
    /** As typed, blanks collapsed and non-breaking spaces made plain (S1-4). */
    legalName: string;
    tradingNames: readonly string[];
    cqcProviderId?: string;
    cqcLocationIds: readonly string[];
  }
>;

export type ProviderAliasAdded = Event<'ProviderAliasAdded', { providerId: string; alias: string }>;

export type ProviderSuspended = Event<
  'ProviderSuspended',
  {
    providerId: string;
    suspensionId: string;
    /** Empty: from all new work. */
    lots: readonly string[];
    reason: string;
    fromOn: CivilDate;
  }
>;

export type ProviderSuspensionLifted = Event<
  'ProviderSuspensionLifted',
  { providerId: string; suspensionId: string; fromOn: CivilDate; reason: string }
>;

export type ProviderEvent =
  | ProviderRegistered
  | ProviderAliasAdded
  | ProviderSuspended
  | ProviderSuspensionLifted
  | ProviderQualityEvent;
