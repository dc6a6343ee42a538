import type { StoredEvent } from '#eventstore/event-store.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { Stage } from '#brokerage/package/package.codes.js';
import type { CareLine, CareNeeds } from '#brokerage/package/package.events.js';
import type { AwardConfirmed, PackageAwarded } from '#brokerage/package/package.award.events.js';
import { referralRules } from '#brokerage/package/package.referral.rules.js';
import type {
  DraftLine,
  IncompleteReferralReceived,
  PackageReferred,
  PackageTakenOn,
} from '#brokerage/package/package.referral.events.js';
import type { RequestIssued } from '#brokerage/package/package.sourcing.events.js';
import type { CareVisitLine } from './care-needs.view.js';
import type { NameOf } from './package-history.rules.js';
import { noService, type ServiceState } from '#brokerage/package/package.cover.rules.js';
import type { PackageGap } from './package-life.view.js';
import type { Package } from './package.view.js';
import type { ServedCare } from './sight.rules.js';

type KnownToday = 'needsTransition' | 'responsible' | 'openGap';

/** As it is stored; history lines have a table of their own, and today is known when it is read. */
export interface PackageRow extends Omit<Package, 'asOf' | 'history' | KnownToday> {
  /** Who is responsible day by day (S4-14). */
  readonly service: ServiceState;
  /** The last gap; closed from a day on. */
  readonly gap?: PackageGap & { readonly closedOn?: CivilDate };
  /** The care that goes on while another provider is sought. */
  readonly served?: ServedCare;
  /** Of those that were ever responsible or are to be. */
  readonly providerNames: Readonly<Record<string, string>>;
  /** The external broker organisation whose case it is (S3-4). */
  readonly brokerOrganisation?: string;
}

export const atStage = (
  row: PackageRow,
  stage: Stage,
  { metadata: { recordedAt } }: StoredEvent,
): PackageRow => ({ ...row, stage, stageSince: recordedAt });

export function referredRow(data: PackageReferred['data'], event: StoredEvent): PackageRow {
  return { ...receivedRow(data, event, 'awaiting-request'), ...originRow(data) };
}

const originRow = ({
  origin,
  directPayment,
}: Pick<PackageReferred['data'], 'origin' | 'directPayment'>): Partial<PackageRow> => ({
  ...(origin && { origin: { ...origin } }),
  ...(origin?.brokerOrganisation && { brokerOrganisation: origin.brokerOrganisation }),
  ...(directPayment && { directPaymentOutcome: directPayment.outcome }),
});

/** What the referrer knew; visits with gaps stand in the draft alone. */
export function incompleteRow(
  { draft, missing, ...data }: IncompleteReferralReceived['data'],
  event: StoredEvent,
): PackageRow {
  const needs = { ...draft, schedule: draft.schedule.filter(isComplete) };
  return {
    ...receivedRow({ ...data, needs }, event, 'referral-incomplete'),
    ...originRow(data),
    missing: missing.map(({ path, code }) => ({ path, code, message: sentenceOf(code) })),
    draftSchedule: draft.schedule.map((line) => draftLine(line)),
  };
}

const sentenceOf = (code: string): string =>
  (referralRules as Record<string, string>)[code] ?? code;

const isComplete = (line: DraftLine): line is CareLine =>
  line.days !== undefined &&
  line.start !== undefined &&
  line.minutes !== undefined &&
  line.carers !== undefined &&
  line.tasks !== undefined &&
  line.critical !== undefined;

const draftLine = ({ days, tasks, ...line }: DraftLine): PackageRow['draftSchedule'][number] => ({
  ...line,
  ...(days && { days: [...days] }),
  ...(tasks && { tasks: [...tasks] }),
});

/** The needs as they stand after a completion or correction; waiting begins anew. */
export const completedRow = (
  row: PackageRow,
  { needs }: { needs: CareNeeds },
  event: StoredEvent,
): PackageRow => ({
  ...atStage(row, 'awaiting-request', event),
  ...wantedRow(needs),
  ...{ missing: [], draftSchedule: [] },
});

/** Back from a direct payment: whatever was agreed before is over (S4-9). */
export function returnedRow(row: PackageRow, event: StoredEvent): PackageRow {
  const { request: _, award: __, chosenOfferId: ___, weeklyCostPence: ____, ...others } = row;
  const { startedOn: _____, lastDay: ______, served: _______, ...waiting } = others;
  return {
    ...atStage(waiting, row.missing.length > 0 ? 'referral-incomplete' : 'awaiting-request', event),
    schedule: row.needs.schedule,
    weeklyMinutes: weeklyCarerMinutes(row.needs.schedule),
    offersPutForward: [],
  };
}

export function takenOnRow(
  data: PackageTakenOn['data'],
  event: StoredEvent,
  nameOf: NameOf,
): PackageRow {
  const { providerId, contractId, contractType, startedOn, weeklyCostPence } = data;
  const providerName = nameOf(providerId);
  return {
    ...receivedRow(data, event, 'live'),
    takenOn: true,
    ...(weeklyCostPence !== null && { weeklyCostPence }),
    award: { providerId, providerName, contractId, contractType, startOn: startedOn },
    startedOn,
    providerNames: { [providerId]: providerName },
  };
}

function receivedRow(
  { packageId, personId, reference, needs }: PackageReferred['data'] | PackageTakenOn['data'],
  { metadata: { recordedAt } }: StoredEvent,
  stage: Stage,
): PackageRow {
  return {
    ...{ packageId, personId, stage, stageSince: recordedAt, receivedAt: recordedAt },
    reference: { ...reference },
    takenOn: false,
    ...wantedRow(needs),
    ...{ offersPutForward: [], missing: [], draftSchedule: [] },
    ...{ temporaryVariations: [], routesAsked: [], service: noService, providerNames: {} },
  };
}

const wantedRow = (needs: CareNeeds) => ({
  needs: needsOf(needs),
  funding: fundingOf(needs.funding),
  schedule: linesOf(needs.schedule),
  weeklyMinutes: weeklyCarerMinutes(needs.schedule),
});

export const fundingOf = (funding: CareNeeds['funding']): PackageRow['funding'] =>
  (funding ?? []).map(({ payer, basisPoints, ledgerCode }) => ({
    ...{ payer, basisPoints, ledgerCode },
  }));

export function requestedRow(
  row: PackageRow,
  data: RequestIssued['data'],
  event: StoredEvent,
  nameOf: NameOf,
): PackageRow {
  const { requestId, pack, issuedAt, closesAt, restrictedBecause } = data;
  const { requestNumber } = pack;
  const { chosenOfferId: _, ...others } = atStage(row, 'request-open', event);
  const invited = data.invited.map(({ providerId, contractId }) => ({
    ...{ providerId, contractId, providerName: nameOf(providerId) },
  }));
  const asked = { at: issuedAt, requestId, requestNumber };
  return {
    ...others,
    routesAsked: [...row.routesAsked, ...(data.route ? [{ route: data.route, ...asked }] : [])],
    request: {
      ...{ requestId, requestNumber, issuedAt, closesAt, closed: false, invited },
      ...(restrictedBecause && { restrictedBecause }),
    },
    offersPutForward: [],
  };
}

export const requestClosedRow = (row: PackageRow): PackageRow =>
  row.request ? { ...row, request: { ...row.request, closed: true } } : row;

export function awardedRow(
  row: PackageRow,
  data: PackageAwarded['data'],
  event: StoredEvent,
  nameOf: NameOf,
): PackageRow {
  const { requestId, offerId, providerId, contractId, contractType, startOn, awardedAt } = data;
  const { weeklyCostPence, weeklyMinutes } = data;
  return {
    ...atStage(row, 'award-pending', event),
    schedule: linesOf(data.schedule),
    weeklyMinutes,
    ...(weeklyCostPence !== null && { weeklyCostPence }),
    award: {
      ...{ requestId, offerId, providerId, providerName: nameOf(providerId) },
      ...{ contractId, contractType, startOn, awardedAt },
    },
  };
}

/** From here on the provider may see the package (S1-9). */
export const confirmedRow = (
  row: PackageRow,
  { providerId }: AwardConfirmed['data'],
  event: StoredEvent,
): PackageRow => ({
  ...atStage(row, 'awaiting-start', event),
  ...(row.award && {
    award: { ...row.award, confirmedAt: event.metadata.recordedAt },
    providerNames: { ...row.providerNames, [providerId]: row.award.providerName },
  }),
});

/** The person chooses again among the other offers, if there are any (X5). */
export function withoutAward(row: PackageRow, offerId: string, event: StoredEvent): PackageRow {
  const { award: _, weeklyCostPence: __, chosenOfferId: ___, ...others } = row;
  const left = row.offersPutForward.filter((offer) => offer.offerId !== offerId);
  return {
    ...atStage(others, left.length > 0 ? 'offers-presented' : 'awaiting-request', event),
    schedule: row.needs.schedule,
    weeklyMinutes: weeklyCarerMinutes(row.needs.schedule),
    offersPutForward: left,
  };
}

export const refusedRow = (row: PackageRow, event: StoredEvent): PackageRow => {
  const { chosenOfferId: _, ...others } = row;
  return { ...atStage(others, 'awaiting-request', event), offersPutForward: [] };
};

export const endingRow = (
  row: PackageRow,
  stage: Stage,
  endsBefore: CivilDate,
  event: StoredEvent,
): PackageRow => {
  const { suspension: _, ...others } = atStage(row, stage, event);
  return { ...others, lastDay: addDays(endsBefore, -1) };
};

const needsOf = ({ funding: _, plannedEndsBefore, ...needs }: CareNeeds): PackageRow['needs'] => ({
  ...needs,
  ...(plannedEndsBefore && { plannedLastDay: addDays(plannedEndsBefore, -1) }),
  skills: [...needs.skills],
  languages: [...needs.languages],
  access: [...needs.access],
  household: [...needs.household],
  schedule: linesOf(needs.schedule),
});

export const linesOf = (schedule: readonly CareLine[]): CareVisitLine[] =>
  schedule.map((line) => ({ ...line, days: [...line.days], tasks: [...line.tasks] }));
