import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDateOf, type CivilDate } from '#kernel/time.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import {
  defineProjection,
  table,
  type TableFold,
  type TableFolds,
} from '../projector/definition.js';
import { isCouncil, isOfProvider, isOwnCase, ownCases, visibleByProvider } from '../who-sees.js';
import type { AwardToChase, OpenGap, SuspendedPackage } from './chase.view.js';

/** The external broker organisation whose case it is (S3-4). */
interface OfCase {
  readonly brokerOrganisation?: string;
}
type AwardRow = Omit<AwardToChase, 'acknowledgementDueOn' | 'startDueOn'> & OfCase;
type GapRow = Omit<OpenGap, 'ageDays'> & OfCase & { readonly closedOn: CivilDate | null };
type SuspensionRow = Omit<SuspendedPackage, 'overdueDays'> & OfCase;

/** A provider's part in a package's care, for whoever must find all packages of a provider. */
export interface CareHolderRow {
  readonly packageId: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly part: 'pending' | 'awarded' | 'responsible' | 'leaving';
}

const forBrokers = (row: OfCase, viewer: Viewer): boolean =>
  isCouncil(viewer) || isOwnCase(row, viewer);
const casesWhere = (viewer: Viewer) => (isCouncil(viewer) ? {} : ownCases(viewer));
const organisation = optionalText((row: OfCase) => row.brokerOrganisation);

const tables = {
  awards: table<AwardRow>()({
    columns: {
      confirmedOn: text((row) => row.confirmedOn),
      startOn: text((row) => row.startOn),
      acknowledged: integer((row) => row.acknowledgedAt !== undefined),
      providerId: text((row) => row.providerId),
      brokerOrganisation: organisation,
    },
    indexes: [['confirmedOn'], ['startOn']],
    visibleTo: (row, viewer) => forBrokers(row, viewer) || isOfProvider(viewer, row.providerId),
    visibleWhere: (viewer) =>
      hasRole(viewer, 'provider') ? visibleByProvider(viewer) : casesWhere(viewer),
  }),
  gaps: table<GapRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      fromOn: text((row) => row.fromOn),
      closedOn: optionalText((row) => row.closedOn),
      owner: text((row) => row.owner),
      reason: text((row) => row.reason),
      brokerOrganisation: organisation,
    },
    indexes: [['packageId'], ['fromOn']],
    visibleTo: forBrokers,
    visibleWhere: casesWhere,
  }),
  suspensions: table<SuspensionRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      fromOn: text((row) => row.fromOn),
      expectedReturnOn: optionalText((row) => row.expectedReturnOn),
      reason: text((row) => row.reason),
      brokerOrganisation: organisation,
    },
    indexes: [['expectedReturnOn'], ['fromOn']],
    visibleTo: forBrokers,
    visibleWhere: casesWhere,
  }),
  holders: table<CareHolderRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      providerId: text((row) => row.providerId),
    },
    indexes: [['packageId'], ['providerId']],
    visibleTo: (_, viewer) => hasRole(viewer, 'system'),
  }),
  /** Whose case a package is; read by the fold alone. */
  cases: table<OfCase>()({ columns: {}, visibleTo: () => false }),
};

type Folded = TableFolds<typeof tables>;

const caseOf = ({ cases }: Folded, packageId: string): OfCase => cases.get(packageId) ?? {};

const received = (
  { cases }: Folded,
  { packageId, origin }: { packageId: string; origin?: OfCase },
): void => {
  const { brokerOrganisation } = origin ?? {};
  if (brokerOrganisation) cases.change(packageId, () => ({ brokerOrganisation }));
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
  version: 2,
  tables,
  on: {
    PackageReferred: ({ data, tables: folded }) => received(folded, data),
    IncompleteReferralReceived: ({ data, tables: folded }) => received(folded, data),
    PackageTakenOn: ({ data: { packageId, providerId, contractId }, tables: { holders } }) =>
      hold(holders, { packageId, providerId, contractId, part: 'responsible' }),
    PackageAwarded: ({ data: { packageId, providerId, contractId }, tables: { holders } }) =>
      // A provider that has the package already and wins it again goes on as it is.
      holders.change(
        holderKey({ packageId, providerId }),
        (row) => row ?? { packageId, providerId, contractId, part: 'pending' },
      ),
    AwardConfirmed: ({ event, data, tables: folded }) => {
      const { awards, holders } = folded;
      const award = { ...awardRow(data, event), ...caseOf(folded, data.packageId) };
      awards.change(data.packageId, () => award);
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
    PackageSuspended: ({ data, tables: folded }) => {
      const { packageId, reason, fromOn, expectedReturnOn } = data;
      const expected = expectedReturnOn !== null && { expectedReturnOn };
      const suspended = { packageId, reason, fromOn, ...expected, ...caseOf(folded, packageId) };
      folded.suspensions.change(packageId, () => suspended);
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
    GapOpened: ({ data, tables: folded }) => {
      const { gaps, suspensions, holders } = folded;
      const { gapId, packageId, fromOn, reason, owner } = data;
      const gap = { gapId, packageId, fromOn, reason, owner, ...caseOf(folded, packageId) };
      gaps.change(gapId, () => ({ ...gap, closedOn: null }));
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
