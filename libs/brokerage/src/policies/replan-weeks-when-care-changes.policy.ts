import { definePolicy } from '#platform/policies/policy.js';
import type { AwardConfirmed, AwardReversed } from '../package/package.award.events.js';
import type {
  InterimCoverRecorded,
  PackageHandedBack,
  PackageRestarted,
  PackageSuspended,
  PackageVaried,
  RestartDeclined,
  VariationEndedEarly,
} from '../package/package.service.events.js';
import { replans } from './replan-weeks-when-package-ends.policy.js';

/** Opened weeks follow who is responsible and the schedule in force on each of their dates. */
export const replanWeeksWhenCareChanges = definePolicy<
  | PackageSuspended
  | PackageRestarted
  | RestartDeclined
  | PackageVaried
  | VariationEndedEarly
  | PackageHandedBack
  | AwardConfirmed
  | AwardReversed
  | InterimCoverRecorded
>('replan-weeks-when-care-changes', {
  PackageSuspended: ({ packageId, fromOn }, { metadata }) =>
    replans(packageId, fromOn, metadata.recordedAt, 'suspended'),
  PackageRestarted: ({ packageId, restartOn }, { metadata }) =>
    replans(packageId, restartOn, metadata.recordedAt, 'restarted'),
  RestartDeclined: ({ packageId, restartOn }, { metadata }) =>
    replans(packageId, restartOn, metadata.recordedAt, 'restarted'),
  PackageVaried: ({ packageId, fromOn }, { metadata }) =>
    replans(packageId, fromOn, metadata.recordedAt, 'varied'),
  VariationEndedEarly: ({ packageId, endsBefore }, { metadata }) =>
    replans(packageId, endsBefore, metadata.recordedAt, 'varied'),
  PackageHandedBack: ({ packageId, effectiveOn }, { metadata }) =>
    replans(packageId, effectiveOn, metadata.recordedAt, 'handed-back'),
  // Of a package that never had care no week is planned before its deadline plans it.
  AwardConfirmed: ({ packageId, startOn, transfer }, { metadata }) =>
    transfer ? replans(packageId, startOn, metadata.recordedAt, 'transferred') : [],
  AwardReversed: ({ packageId, reversedOn }, { metadata }) =>
    replans(packageId, reversedOn, metadata.recordedAt, 'award-reversed'),
  InterimCoverRecorded: ({ packageId, fromOn, holder }, { metadata }) =>
    holder ? replans(packageId, fromOn, metadata.recordedAt, 'transferred') : [],
});
