import {
  clockInWords,
  countInWords,
  dateInWords,
  daysInWords,
  minutesInWords,
  poundsInWords,
} from '#kernel/plain-words.js';
import { minuteOfDay, type CivilDate } from '#kernel/time.js';
import type { PresentedRow, ServedRow, SheetRow } from './offer-sheet.tables.projection.js';
import type { Familiarity, OfferSheet, SheetOffer, SheetVisit } from './offer-sheet.view.js';
import { familiarityOf } from './served.rules.js';

/** `A` to `Z`, then `AA`. */
export function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}

/** `15 minutes later than wanted`. */
export function differenceInWords(differenceMinutes: number): string {
  if (differenceMinutes === 0) return 'at the time wanted';
  const amount = minutesInWords(Math.abs(differenceMinutes));
  return `${amount} ${differenceMinutes > 0 ? 'later' : 'earlier'} than wanted`;
}

const familiarityWords: Record<Familiarity, string> = {
  'cares-now': 'Cares for you now.',
  'has-cared': 'Has cared for you before.',
  new: 'Is new to you.',
};

const onlyOne =
  'There is one offer of care for you. You, or someone who helps you, decide whether to take it. ' +
  'You may refuse it.';

const introduction = (offers: number): string[] =>
  offers === 1
    ? [onlyOne]
    : [
        `There are ${offers} offers of care for you. You, or someone who helps you, decide which one ` +
          'to take. You may refuse them all.',
        'The order of the letters was drawn at random. It does not say which offer is better.',
      ];

/** A person sees a price only who pays a part of it, or all. */
function priceOf(fundingStatus: string | undefined, pence: number | null): Partial<SheetOffer> {
  const whoPays = { part: 'You pay a part of it.', 'full-cost': 'You pay all of it.' };
  const own = Object.entries(whoPays).find(([status]) => status === fundingStatus)?.[1];
  if (own === undefined) return {};
  if (pence === null) return { price: 'No price is stated. Ask your broker.' };
  return { weeklyCostPence: pence, price: `${poundsInWords(pence)} a week. ${own}` };
}

/** What is known of the person beside the request. */
interface Surroundings {
  readonly fundingStatus: string | undefined;
  readonly served: readonly ServedRow[];
  readonly today: CivilDate;
}

/** The offers in the order presented, in plain language; `undefined` before they are. */
export function sheetOf(row: SheetRow, around: Surroundings): Omit<OfferSheet, 'asOf'> | undefined {
  const { requestId, packageId, pack, presentedAt, offers } = row;
  if (presentedAt === undefined) return undefined;
  return {
    ...{ requestId, packageId, requestNumber: pack.requestNumber, presentedAt },
    introduction: introduction(offers.length),
    offers: offers.map((offer, place) => ({
      ...{ label: letterOf(place), offerId: offer.offerId, providerName: offer.providerName },
      ...{ stands: offer.stands, startOn: offer.startOn, firstDay: dateInWords(offer.startOn) },
      ...familiarityIn(around, offer),
      ...priceOf(around.fundingStatus, offer.weeklyCostPence),
      visits: visitsOf(pack.schedule, offer.times),
    })),
  };
}

function familiarityIn({ served, today }: Surroundings, { providerId }: PresentedRow) {
  const familiarity = familiarityOf(served, providerId, today);
  return { familiarity, familiarityInWords: familiarityWords[familiarity] };
}

const visitsOf = (
  wanted: SheetRow['pack']['schedule'],
  times: PresentedRow['times'],
): SheetVisit[] =>
  wanted.flatMap((visit) => {
    const offeredStart = times.find(({ line }) => line === visit.line)?.start;
    return offeredStart === undefined ? [] : [visitOf(visit, offeredStart)];
  });

function visitOf(wanted: SheetRow['pack']['schedule'][number], offeredStart: string): SheetVisit {
  const { line, minutes, carers } = wanted;
  const differenceMinutes = minuteOfDay(offeredStart) - minuteOfDay(wanted.start);
  const difference = differenceInWords(differenceMinutes);
  const days = daysInWords(wanted.days);
  const sentence =
    `${days.charAt(0).toUpperCase()}${days.slice(1)} at ${clockInWords(offeredStart)}, ` +
    `${difference}: ${minutesInWords(minutes)} with ${countInWords(carers, 'carer')}.`;
  return {
    ...{ line, days, wantedStart: wanted.start, offeredStart, differenceMinutes, difference },
    ...{ minutes, carers, sentence },
  };
}
