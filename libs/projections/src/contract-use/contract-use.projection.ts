import { withReleased, withTaken, type Holding } from '#kernel/capacity.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import { elapsedSeconds, type CivilDate, type Instant, type IsoWeek } from '#kernel/time.js';
import type {
  CapacityReleased,
  CapacityTaken,
} from '#brokerage/contract-capacity/contract-capacity.events.js';
import type { Tenancy } from '#brokerage/provider-contract/block.rules.js';
import type {
  ContractTerms,
  ProviderContractEvent,
} from '#brokerage/provider-contract/provider-contract.events.js';
import type { PlanHolder, VisitEvent } from '#brokerage/visit/visit.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';

/** What a contract buys or can hold. */
export type TermsRow = Pick<
  ContractTerms,
  'contractId' | 'type' | 'startsOn' | 'block' | 'costAndVolume' | 'maxPackages'
> & {
  readonly capacityWeeklyMinutes?: number;
  readonly tenancies: readonly Tenancy[];
  readonly held: readonly Holding[];
};

/** A visit under a contract whose use is counted. */
export interface UseVisit {
  readonly contractId: string;
  readonly personId: string;
  readonly week: IsoWeek;
  readonly on: CivilDate;
  readonly start: string;
  readonly carerMinutes: number;
  /** Minutes by leg; one without a log-out has 0. */
  readonly legs: Readonly<Record<string, number>>;
}

/** Packages with visits under such a contract, so that all other visits cost nothing here. */
interface Counted {
  readonly packages: Readonly<Record<string, true>>;
}

const isCounted = (type: string): boolean => type === 'block' || type === 'cost-and-volume';

const keyOf = (packageId: string, visit: string): string => `${packageId}.${visit}`;

const rowOf = (
  {
    week,
    personId,
    contractId,
  }: Pick<PlanHolder, 'contractId'> & Pick<UseVisit, 'week' | 'personId'>,
  { on, agreedStart: start, minutes, carers }: PlannedVisit,
  legs: UseVisit['legs'] = {},
): UseVisit => ({ contractId, personId, week, on, start, carerMinutes: minutes * carers, legs });

const attended = (inAt: Instant, outAt: Instant | null): number =>
  outAt === null ? 0 : Math.floor(elapsedSeconds(inAt, outAt) / 60);

/** How much of what contracts buy or can hold is used (S2-4, S3-11). */
export const contractUse = defineProjection<
  ProviderContractEvent | VisitEvent | CapacityTaken | CapacityReleased,
  Counted
>()({
  name: 'contract-use',
  version: 1,
  environment: { packages: {} },
  tables: {
    terms: table<TermsRow, Counted>()({
      columns: {},
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
    visits: table<UseVisit, Counted>()({
      columns: { contractId: text((row) => row.contractId), on: text((row) => row.on) },
      indexes: [['contractId', 'on']],
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
  },
  on: {
    ContractOpened: ({ data, tables }) => {
      const { contractId, type, startsOn, block, costAndVolume } = data;
      const { capacityWeeklyMinutes, maxPackages } = data;
      tables.terms.change(contractId, () => ({
        ...{ contractId, type, startsOn, tenancies: [], held: [] },
        ...(block && { block }),
        ...(costAndVolume && { costAndVolume }),
        ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
        ...(maxPackages && { maxPackages }),
      }));
    },
    ContractCapacityChanged: ({ data, tables }) =>
      tables.terms.change(data.contractId, (row) => row && withLimits(row, data)),
    TenantMovedIn: ({ data: { contractId, tenancyId, personId, fromOn }, tables }) => {
      const tenancy = { tenancyId, personId, fromOn, endsBefore: null };
      tables.terms.change(
        contractId,
        (row) => row && { ...row, tenancies: [...row.tenancies, tenancy] },
      );
    },
    TenantMovedOut: ({ data: { contractId, tenancyId, endsBefore }, tables }) =>
      tables.terms.change(
        contractId,
        (row) =>
          row && {
            ...row,
            tenancies: row.tenancies.map((one) =>
              one.tenancyId === tenancyId ? { ...one, endsBefore } : one,
            ),
          },
      ),
    CapacityTaken: ({ event, data, tables }) =>
      tables.terms.change(
        contractOf(event.stream),
        (row) => row && { ...row, held: withTaken(row.held, data) },
      ),
    CapacityReleased: ({ event, data, tables }) =>
      tables.terms.change(
        contractOf(event.stream),
        (row) => row && { ...row, held: withReleased(row.held, data) },
      ),
    WeekPlanned({ data, tables, environment }) {
      if (!isCounted(data.contractType) || data.visits.length === 0) return;
      count(environment, data.packageId);
      for (const visit of data.visits) {
        tables.visits.change(keyOf(data.packageId, visit.visit), () => rowOf(data, visit));
      }
    },
    VisitsReplanned({ data, tables, environment }) {
      const { packageId, contractType, added, changed, withdrawn } = data;
      const counted = isCounted(contractType);
      if (counted && added.length > 0) count(environment, packageId);
      if (!environment.get().packages[packageId]) return;
      for (const visit of added) {
        tables.visits.change(keyOf(packageId, visit.visit), (row) =>
          counted ? rowOf(data, visit, row?.legs) : undefined,
        );
      }
      for (const visit of changed) {
        tables.visits.change(
          keyOf(packageId, visit.visit),
          (row) => row && rowOf(row, visit, row.legs),
        );
      }
      for (const visit of withdrawn) {
        tables.visits.change(keyOf(packageId, visit), () => undefined);
      }
    },
    VisitsRecorded({ data: { packageId, legs }, tables, environment }) {
      if (!environment.get().packages[packageId]) return;
      for (const { visit, leg, inAt, outAt, shadow } of legs) {
        if (shadow) continue;
        tables.visits.change(
          keyOf(packageId, visit),
          (row) => row && { ...row, legs: { ...row.legs, [leg]: attended(inAt, outAt) } },
        );
      }
    },
    VisitCorrected({ data, tables, environment }) {
      const { packageId, visit, leg, inAt, outAt, voided, shadow } = data;
      if (!environment.get().packages[packageId]) return;
      tables.visits.change(keyOf(packageId, visit), (row) => {
        if (!row) return row;
        const { [leg]: _, ...others } = row.legs;
        return {
          ...row,
          legs: voided || shadow ? others : { ...others, [leg]: attended(inAt, outAt) },
        };
      });
    },
  },
});

const contractOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

const withLimits = (
  { capacityWeeklyMinutes: _, maxPackages: __, ...row }: TermsRow,
  limits: Pick<ContractTerms, 'capacityWeeklyMinutes' | 'maxPackages'>,
): TermsRow => ({
  ...row,
  ...(limits.capacityWeeklyMinutes && { capacityWeeklyMinutes: limits.capacityWeeklyMinutes }),
  ...(limits.maxPackages && { maxPackages: limits.maxPackages }),
});

function count(
  environment: { get(): Counted; change(next: (of: Counted) => Counted): void },
  packageId: string,
): void {
  if (environment.get().packages[packageId]) return;
  environment.change(({ packages }) => ({ packages: { ...packages, [packageId]: true } }));
}
