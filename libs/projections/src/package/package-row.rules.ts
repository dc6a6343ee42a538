import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole } from '#kernel/actor.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { Stage } from '#brokerage/package/package.codes.js';
import type { CareLine, CareNeeds } from '#brokerage/package/package.events.js';
import type { AwardConfirmed, PackageAwarded } from '#brokerage/package/package.award.events.js';
import type {
  PackageReferred,
  PackageTakenOn,
} from '#brokerage/package/package.referral.events.js';
import type { RequestIssued } from '#brokerage/package/package.sourcing.events.js';
import type { CareVisitLine } from './care-needs.view.js';
import type { NameOf } from './package-history.rules.js';
import type { Package } from './package.view.js';

/** As it is stored; history lines have a table of their own, and today is known when it is read. */
export type PackageRow = Omit<Package, 'asOf' | 'history' | 'needsTransition'>;

export const atStage = (
  row: PackageRow,
  stage: Stage,
  { metadata: { recordedAt } }: StoredEvent,
): PackageRow => ({ ...row, stage, stageSince: recordedAt });

export function referredRow(data: PackageReferred['data'], event: StoredEvent): PackageRow {
  const { actor } = event.metadata;
  const isExternal = hasRole(actor, 'external-broker') && actor.organisation !== undefined;
  return {
    ...receivedRow(data, event, 'awaiting-request'),
    ...(isExternal && { brokerOrganisation: actor.organisation }),
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
    ...{ startedOn, visibleToProviderId: providerId },
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
    needs: needsOf(needs),
    schedule: linesOf(needs.schedule),
    weeklyMinutes: weeklyCarerMinutes(needs.schedule),
    offersPutForward: [],
  };
}

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
  return {
    ...others,
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
  ...(row.award && { award: { ...row.award, confirmedAt: event.metadata.recordedAt } }),
  visibleToProviderId: providerId,
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
): PackageRow => ({ ...atStage(row, stage, event), lastDay: addDays(endsBefore, -1) });

const needsOf = (needs: CareNeeds): PackageRow['needs'] => ({
  ...needs,
  skills: [...needs.skills],
  languages: [...needs.languages],
  access: [...needs.access],
  household: [...needs.household],
  schedule: linesOf(needs.schedule),
});

export const linesOf = (schedule: readonly CareLine[]): CareVisitLine[] =>
  schedule.map((line) => ({ ...line, days: [...line.days], tasks: [...line.tasks] }));
