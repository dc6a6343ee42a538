import { minuteOfDay } from '#kernel/time.js';
import type { OfferSubmitted, RequestDeclined } from '#brokerage/offer/offer.events.js';
import type { CareVisitLine } from './care-needs.view.js';
import type { Offer, OfferedTimeCompared } from './offer.view.js';

/** An offer’s row, with the case it belongs to. */
export interface OfferRow extends Offer {
  readonly brokerOrganisation?: string;
}

/** Each visit’s offered time beside the wanted one (S1-12, X2). */
export const comparedTimes = (
  wanted: readonly CareVisitLine[],
  offered: readonly { line: number; start: string }[],
): OfferedTimeCompared[] =>
  offered.flatMap(({ line, start }) => {
    const visit = wanted.find((other) => other.line === line);
    if (!visit) return [];
    const differenceMinutes = minuteOfDay(start) - minuteOfDay(visit.start);
    const breaksLatestStart = visit.latestStart !== undefined && start > visit.latestStart;
    return [
      { line, wantedStart: visit.start, offeredStart: start, differenceMinutes, breaksLatestStart },
    ];
  });

interface Surroundings {
  readonly providerName: string;
  readonly wanted: readonly CareVisitLine[];
  readonly brokerOrganisation: string | undefined;
}

export function offeredRow(
  data: OfferSubmitted['data'],
  { providerName, wanted, brokerOrganisation }: Surroundings,
): OfferRow {
  const { offerId, requestId, packageId, providerId, contractId } = data;
  const { receivedAt, channel, startOn, times, nonCompliance, weeklyCostPence } = data;
  return {
    ...{ offerId, requestId, packageId, providerId, providerName, contractId },
    ...{ status: 'offered', receivedAt, channel, startOn, chosen: false },
    times: comparedTimes(wanted, times),
    nonCompliance: [...nonCompliance],
    ...(weeklyCostPence !== null && { weeklyCostPence }),
    ...(brokerOrganisation && { brokerOrganisation }),
  };
}

export function declinedRow(
  data: RequestDeclined['data'],
  { providerName, brokerOrganisation }: Surroundings,
): OfferRow {
  const { offerId, requestId, packageId, providerId, contractId, receivedAt, reason } = data;
  return {
    ...{ offerId, requestId, packageId, providerId, providerName, contractId },
    ...{ status: 'declined', receivedAt, declineReason: reason, chosen: false },
    ...{ times: [], nonCompliance: [] },
    ...(brokerOrganisation && { brokerOrganisation }),
  };
}
