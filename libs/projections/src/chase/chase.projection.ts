import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDateOf, type CivilDate } from '#kernel/time.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil, isOfProvider, visibleByProvider } from '../who-sees.js';
import type { AwardToChase, OpenGap, SuspendedPackage } from './chase.view.js';

type AwardRow = Omit<AwardToChase, 'acknowledgementDueOn' | 'startDueOn'>;
type GapRow = Omit<OpenGap, 'ageDays'> & { readonly closedOn: CivilDate | null };
type SuspensionRow = Omit<SuspendedPackage, 'overdueDays'>;

/** A provider's part in a package's care, for whoever must find all packages of a provider. */
export interface CareHolderRow {
  readonly packageId: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly part: 'pending' | 'awarded' | 'responsible' | 'leaving';
}

const forCouncil = (_: object, viewer: Viewer): boolean => isCouncil(viewer);
const allForCouncil = (viewer: Viewer) => (isCouncil(viewer) ? {} : { packageId: [] as [] });

const tables = {
  awards: table<AwardRow>()({
    columns: {
      confirmedOn: text((row) => row.confirmedOn),
      startOn: text((row) => row.startOn),
      acknowledged: integer((row) => row.acknowledgedAt !== undefined),
      providerId: text((row) => row.providerId),
    },
    indexes: [['confirmedOn'], ['startOn']],
    visibleTo: (row, viewer) => isCouncil(viewer) || isOfProvider(viewer, row.providerId),
    visibleWhere: visibleByProvider,
  }),
  gaps: table<GapRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      fromOn: text((row) => row.fromOn),
      closedOn: optionalText((row) => row.closedOn),
      owner: text((row) => row.owner),
      reason: text((row) => row.reason),
    },
    indexes: [['packageId'], ['fromOn']],
    visibleTo: forCouncil,
    visibleWhere: allForCouncil,
  }),
  suspensions: table<SuspensionRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      fromOn: text((row) => row.fromOn),
      expectedReturnOn: optionalText((row) => row.expectedReturnOn),
      reason: text((row) => row.reason),
    },
    indexes: [['expectedReturnOn'], ['fromOn']],
    visibleTo: forCouncil,
    visibleWhere: allForCouncil,
  }),
  holders: table<CareHolderRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      providerId: text((row) => row.providerId),
    },
    indexes: [['packageId'], ['providerId']],
    visibleTo: (_, viewer) => hasRole(viewer, 'system'),
  }),
};

type Holders = Pick<TableFold<CareHolderRow, { packageId: unknown }>, 'find' | 'change'>;

const holderKey = ({ packageId, providerId }: { packageId: string; providerId: string }) =>
  `${packageId}/${providerId}`;

const hold = (holders: Holders, row: CareHolderRow): void =>
  holders.change(holderKey(row), () => row);

const become = (
  holders: Holders,
  of: { packageId: string; providerId: string },
  part: CareHolderRow['part'],
): void => holders.change(holderKey(of), (row) => row && { ...row, part });

/** Nobody but one provider has a part in the package any more; with none, nobody has. */
function leaveAllBut(holders: Holders, packageId: string, providerId?: string): void {
  for (const { key, row } of holders.find('packageId', packageId)) {
    if (row.providerId !== providerId) holders.change(key, () => undefined);
  }
}

/** An award that falls through leaves a provider that is responsible as it is. */
const drop = (holders: Holders, packageId: string): void => {
  for (const { key, row } of holders.find('packageId', packageId)) {
    if (row.part === 'pending' || row.part === 'awarded') holders.change(key, () => undefined);
  }
};

const awardRow = (
  { packageId, providerId, requestId, offerId, startOn }: Omit<AwardRow, 'confirmedOn' | 'chases'>,
  { metadata }: StoredEvent,
): AwardRow => ({
  ...{ packageId, providerId, requestId, offerId, startOn },
  ...{ confirmedOn: civilDateOf(metadata.recordedAt), chases: 0 },
});

/** What must be followed up: awards, gaps and suspensions; and whose packages are whose (X24, S4-14). */
export const chase = defineProjection<PackageEvent>()({
  name: 'chase',
  version: 1,
  tables,
  on: {
    PackageTakenOn: ({ data: { packageId, providerId, contractId }, tables: { holders } }) =>
      hold(holders, { packageId, providerId, contractId, part: 'responsible' }),
    PackageAwarded: ({ data: { packageId, providerId, contractId }, tables: { holders } }) =>
      // A provider that has the package already and wins it again goes on as it is.
      holders.change(
        holderKey({ packageId, providerId }),
        (row) => row ?? { packageId, providerId, contractId, part: 'pending' },
      ),
    AwardConfirmed: ({ event, data, tables: { awards, holders } }) => {
      awards.change(data.packageId, () => awardRow(data, event));
      holders.change(
        holderKey(data),
        (row) => row && { ...row, part: row.part === 'pending' ? 'awarded' : row.part },
      );
    },
    AwardAcknowledged: ({ data: { packageId, acknowledgedAt }, tables: { awards } }) =>
      awards.change(packageId, (row) => row && { ...row, acknowledgedAt }),
    StartChased: ({ data: { packageId, outcome, chasedAt }, tables: { awards } }) =>
      awards.change(
        packageId,
        (row) =>
          row && { ...row, chases: row.chases + 1, lastChasedAt: chasedAt, lastOutcome: outcome },
      ),
    AwardFellThrough: ({ data, tables: { holders } }) => drop(holders, data.packageId),
    AwardReversed: ({ data: { packageId }, tables: { awards, holders } }) => {
      awards.change(packageId, () => undefined);
      drop(holders, packageId);
    },
    PackageStarted: ({ data, tables: { awards, suspensions, holders } }) => {
      awards.change(data.packageId, () => undefined);
      suspensions.change(data.packageId, () => undefined);
      leaveAllBut(holders, data.packageId, data.providerId);
      become(holders, data, 'responsible');
    },
    PackageSuspended: ({ data, tables: { suspensions } }) => {
      const { packageId, reason, fromOn, expectedReturnOn } = data;
      const expected = expectedReturnOn !== null && { expectedReturnOn };
      suspensions.change(packageId, () => ({ packageId, reason, fromOn, ...expected }));
    },
    ExpectedReturnChanged: ({ data: { packageId, expectedReturnOn }, tables: { suspensions } }) =>
      suspensions.change(packageId, (row) => {
        if (!row) return row;
        const { expectedReturnOn: _, ...others } = row;
        return { ...others, ...(expectedReturnOn !== null && { expectedReturnOn }) };
      }),
    PackageRestarted: ({ data, tables: { suspensions } }) =>
      suspensions.change(data.packageId, () => undefined),
    RestartDeclined: ({ data, tables: { suspensions } }) =>
      suspensions.change(data.packageId, () => undefined),
    PackageHandedBack: ({ data, tables: { holders } }) => become(holders, data, 'leaving'),
    InterimCoverRecorded: ({ data: { packageId, holder }, tables: { holders } }) => {
      if (!holder) return;
      const { providerId, contractId } = holder;
      hold(holders, { packageId, providerId, contractId, part: 'responsible' });
    },
    GapOpened: ({ data, tables: { gaps, suspensions, holders } }) => {
      const { gapId, packageId, fromOn, reason, owner } = data;
      gaps.change(gapId, () => ({ gapId, packageId, fromOn, reason, owner, closedOn: null }));
      if (reason === 'returned-without-provider') suspensions.change(packageId, () => undefined);
      for (const { key, row } of holders.find('packageId', packageId)) {
        if (row.part === 'leaving') holders.change(key, () => undefined);
      }
    },
    GapAssigned: ({ data: { gapId, owner }, tables: { gaps } }) =>
      gaps.change(gapId, (row) => row && { ...row, owner }),
    GapClosed: ({ data: { gapId, closedOn }, tables: { gaps } }) =>
      gaps.change(gapId, (row) => row && { ...row, closedOn }),
    PackageEnded: ({ data: { packageId }, tables: { awards, suspensions, holders } }) => {
      awards.change(packageId, () => undefined);
      suspensions.change(packageId, () => undefined);
      leaveAllBut(holders, packageId);
    },
    DirectPaymentTaken: ({ data: { packageId }, tables: { awards, suspensions, holders } }) => {
      awards.change(packageId, () => undefined);
      suspensions.change(packageId, () => undefined);
      leaveAllBut(holders, packageId);
    },
  },
});
