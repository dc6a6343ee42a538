import type { StoredEvent } from '#eventstore/event-store.js';
import type { CivilDate } from '#kernel/time.js';
import { definePolicy, type PolicyCommand } from '#platform/policies/policy.js';
import type { AwardFellThrough, AwardReversed } from '../package/package.award.events.js';
import type { DirectPaymentTaken } from '../package/package.referral.events.js';
import type {
  InterimCoverRecorded,
  PackageEnded,
  PackageHandedBack,
  PackageStarted,
  RestartDeclined,
} from '../package/package.service.events.js';

interface Left {
  readonly packageId: string;
  readonly contractIds: readonly string[];
  readonly fromOn: CivilDate | undefined;
}

const release = (
  { packageId, contractIds, fromOn }: Left,
  { metadata }: Pick<StoredEvent, 'metadata'>,
): readonly PolicyCommand[] =>
  fromOn === undefined
    ? []
    : contractIds.map((contractId) => ({
        name: 'ReleaseCapacity',
        fields: { contractId, packageId, fromOn, releasedAt: metadata.recordedAt },
      }));

/** Only a package that had a contract has something to release. */
const leaving = (
  { packageId, contractId }: { readonly packageId: string; readonly contractId?: string },
  fromOn: CivilDate | undefined,
): Left => ({ packageId, contractIds: contractId === undefined ? [] : [contractId], fromOn });

const over = (
  {
    packageId,
    contractIds = [],
  }: { readonly packageId: string; readonly contractIds?: readonly string[] },
  fromOn: CivilDate,
): Left => ({ packageId, contractIds, fromOn });

/** A contract that can hold only so much has room again when a package leaves it (S3-11). */
export const releaseCapacityWhenCareMoves = definePolicy<
  | AwardFellThrough
  | AwardReversed
  | DirectPaymentTaken
  | PackageEnded
  | PackageHandedBack
  | RestartDeclined
  | PackageStarted
  | InterimCoverRecorded
>('release-capacity-when-care-moves', {
  AwardFellThrough: (data, event) => release(leaving(data, data.startOn), event),
  AwardReversed: (data, event) => release(leaving(data, data.startOn), event),
  PackageHandedBack: (data, event) => release(leaving(data, data.effectiveOn), event),
  RestartDeclined: (data, event) => release(leaving(data, data.restartOn), event),
  PackageStarted: ({ packageId, replacedContractIds = [], startedOn }, event) =>
    release({ packageId, contractIds: replacedContractIds, fromOn: startedOn }, event),
  InterimCoverRecorded: ({ packageId, holder, endsBefore }, event) =>
    release(leaving({ packageId, ...holder }, endsBefore), event),
  PackageEnded: (data, event) => release(over(data, data.endsBefore), event),
  DirectPaymentTaken: (data, event) => release(over(data, data.fromOn), event),
});
