import { hasRole, type Viewer } from '#kernel/actor.js';
import {
  withReleased,
  withTaken,
  type CapacityReleased,
  type CapacityTaken,
  type Holding,
} from '#kernel/capacity.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { FrameworkEvent } from '#brokerage/framework/framework.events.js';
import type { ProviderEvent } from '#brokerage/provider/provider.events.js';
import { comparedName } from '#brokerage/provider/provider.rules.js';
import type { ProviderContractEvent } from '#brokerage/provider-contract/provider-contract.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { comparingRoles, isCouncil, isOfProvider, visibleByProvider } from '../who-sees.js';
import {
  admittedFrom,
  contractFrom,
  suspendedFrom,
  suspensionLifted,
  withEnd,
  withLimits,
} from './contract-register.rules.js';
import type { Contract, Framework, Provider } from './contract-register.view.js';
import {
  registeredRow,
  unassessed,
  withAssessment,
  withProfile,
  withReview,
  withReviewConcluded,
} from './provider-row.rules.js';
import type { ProviderQuality } from './provider-quality.view.js';

const ofOwnProvider = ({ providerId }: { providerId: string }, viewer: Viewer) =>
  isCouncil(viewer) || isOfProvider(viewer, providerId);

/** What packages hold of a contract that is limited. */
interface HoldingsRow {
  readonly contractId: string;
  readonly steps: readonly Holding[];
}

/** Since when a contract is admitted to a lot: what the register is searched by (S3-10). */
interface LotRow {
  readonly contractId: string;
  readonly lot: string;
  readonly admittedOn: CivilDate;
}

const contractOf = (stream: string): string => stream.slice('contractCapacity-'.length);

/** Providers, frameworks and contracts as they are in force, each contract with all that ends it. */
export const contractRegister = defineProjection<
  FrameworkEvent | ProviderEvent | ProviderContractEvent | CapacityTaken | CapacityReleased
>()({
  name: 'contract-register',
  version: 4,
  tables: {
    providers: table<Provider>()({
      columns: {
        providerId: text((row) => row.providerId),
        legalName: text((row) => row.legalName),
      },
      indexes: [['legalName']],
      visibleTo: ofOwnProvider,
      visibleWhere: visibleByProvider,
    }),
    quality: table<ProviderQuality>()({
      columns: {
        legalName: text((row) => row.legalName),
        nextAssessmentDueOn: optionalText((row) => row.nextAssessmentDueOn),
        underReview: integer((row) => Number(row.reviews.some(({ outcome }) => !outcome))),
      },
      indexes: [['legalName'], ['nextAssessmentDueOn']],
      visibleTo: (_, viewer) => hasRole(viewer, ...comparingRoles, 'administrator', 'system'),
    }),
    holdings: table<HoldingsRow>()({
      columns: {},
      visibleTo: (_, viewer) => hasRole(viewer, 'system'),
    }),
    lots: table<LotRow>()({
      columns: {
        lot: text((row) => row.lot),
        admittedOn: text((row) => row.admittedOn),
        contractId: text((row) => row.contractId),
      },
      indexes: [['lot', 'admittedOn', 'contractId']],
      visibleTo: (_, viewer) => hasRole(viewer, 'system'),
    }),
    frameworks: table<Framework>()({
      columns: { startsOn: text((row) => row.startsOn) },
      visibleTo: () => true,
      visibleWhere: () => ({}),
    }),
    contracts: table<Contract>()({
      columns: {
        providerId: text((row) => row.providerId),
        providerName: text((row) => row.providerName),
        frameworkId: optionalText((row) => row.frameworkId),
        type: text((row) => row.type),
        startsOn: text((row) => row.startsOn),
        endsBefore: optionalText((row) => row.endsBefore),
      },
      indexes: [['providerId'], ['frameworkId'], ['providerName'], ['type', 'startsOn']],
      visibleTo: ofOwnProvider,
      visibleWhere: visibleByProvider,
    }),
  },
  on: {
    ProviderRegistered({ data, tables }) {
      tables.providers.change(data.providerId, () => registeredRow(data));
      tables.quality.change(data.providerId, () => unassessed(data));
    },
    CqcRegistrationRecorded: ({ data: { providerId, ...registration }, tables }) =>
      tables.providers.change(
        providerId,
        (row) => row && { ...row, registrations: [...row.registrations, registration] },
      ),
    CqcRatingRecorded: ({ data: { providerId, ...rating }, tables }) =>
      tables.providers.change(
        providerId,
        (row) => row && { ...row, ratings: [...row.ratings, rating] },
      ),
    ProviderProfileRecorded: ({ data, tables }) =>
      tables.providers.change(data.providerId, (row) => row && withProfile(row, data)),
    QualityAssessmentRecorded: ({ data, tables }) =>
      tables.quality.change(data.providerId, (row) => row && withAssessment(row, data)),
    ProviderReviewOpened: ({ data, tables }) =>
      tables.quality.change(data.providerId, (row) => row && withReview(row, data)),
    ProviderReviewConcluded: ({ data, tables }) =>
      tables.quality.change(data.providerId, (row) => row && withReviewConcluded(row, data)),
    CapacityTaken: ({ event: { stream }, data, tables }) =>
      tables.holdings.change(contractOf(stream), (row) => ({
        contractId: contractOf(stream),
        steps: withTaken(row?.steps ?? [], data),
      })),
    CapacityReleased: ({ event: { stream }, data, tables }) =>
      tables.holdings.change(contractOf(stream), (row) => ({
        contractId: contractOf(stream),
        steps: withReleased(row?.steps ?? [], data),
      })),
    ProviderAliasAdded: ({ data: { providerId, alias }, tables }) =>
      tables.providers.change(
        providerId,
        (row) =>
          row && {
            ...row,
            aliases: [...row.aliases, alias],
            comparedNames: [...row.comparedNames, comparedName(alias)],
          },
      ),
    ProviderSuspended({ data, tables }) {
      tables.providers.change(data.providerId, (row) => row && suspendedFrom(row, data));
      changeEach(tables.contracts, tables.contracts.find('providerId', data.providerId), (row) =>
        suspendedFrom(row, data),
      );
    },
    ProviderSuspensionLifted({ data, tables }) {
      tables.providers.change(data.providerId, (row) => row && suspensionLifted(row, data));
      const lifted = (row: Contract) => suspensionLifted(row, data);
      changeEach(tables.contracts, tables.contracts.find('providerId', data.providerId), lifted);
    },
    FrameworkEstablished: ({ data, tables }) =>
      tables.frameworks.change(data.frameworkId, () => ({
        ...{ frameworkId: data.frameworkId, name: data.name, startsOn: data.startsOn },
        lastDay: addDays(data.endsBefore, -1),
        extended: false,
        lots: [...data.lots],
        openings: [],
        ...(data.succeeds && { succeeds: data.succeeds }),
      })),
    FrameworkOpened: ({ data: { frameworkId, openingId, opensOn, lots }, tables }) =>
      tables.frameworks.change(
        frameworkId,
        (row) =>
          row && { ...row, openings: [...row.openings, { openingId, opensOn, lots: [...lots] }] },
      ),
    FrameworkExtended({ data: { frameworkId, endsBefore }, tables }) {
      const lastDay = addDays(endsBefore, -1);
      tables.frameworks.change(frameworkId, (row) => row && { ...row, lastDay, extended: true });
      const extended = (row: Contract) => withEnd(row, endsBefore);
      changeEach(tables.contracts, tables.contracts.find('frameworkId', frameworkId), extended);
    },
    ContractOpened({ data, tables }) {
      const provider = tables.providers.get(data.providerId);
      const framework = tables.frameworks.get(data.frameworkId ?? '');
      tables.contracts.change(data.contractId, () => contractFrom(data, provider, framework));
    },
    ContractAdmitted({ data: { contractId, lots, admittedOn, openingId }, tables }) {
      tables.contracts.change(
        contractId,
        (row) => row && admittedFrom(row, { lots: [...lots], admittedOn, openingId }),
      );
      for (const lot of lots) {
        tables.lots.change(`${contractId} ${lot}`, (row) =>
          row && row.admittedOn <= admittedOn ? row : { contractId, lot, admittedOn },
        );
      }
    },
    RateCardSet: ({ data: { contractId, providerId: _, rates, ...card }, tables }) =>
      tables.contracts.change(
        contractId,
        (row) => row && { ...row, rateCards: [...row.rateCards, { ...card, rates: [...rates] }] },
      ),
    ContractCapacityChanged: ({ data, tables }) =>
      tables.contracts.change(data.contractId, (row) => row && withLimits(row, data)),
    ContractExtended: ({ data: { contractId, endsBefore }, tables }) =>
      tables.contracts.change(
        contractId,
        (row) => row && withEnd({ ...row, agreedEndsBefore: endsBefore }, null),
      ),
    ContractEnded({ data: { contractId, endsBefore }, tables }) {
      const before = tables.contracts.get(contractId);
      const framework = tables.frameworks.get(before?.frameworkId ?? '');
      const frameworkEndsBefore = framework ? addDays(framework.lastDay, 1) : null;
      tables.contracts.change(
        contractId,
        (row) => row && withEnd({ ...row, endedBefore: endsBefore }, frameworkEndsBefore),
      );
    },
  },
});

function changeEach<Row>(
  contracts: Pick<TableFold<Row, never>, 'change'>,
  found: readonly { readonly key: string }[],
  next: (row: Row) => Row,
): void {
  for (const { key } of found) contracts.change(key, (row) => row && next(row));
}
