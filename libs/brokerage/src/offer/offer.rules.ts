import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate, Instant, LocalTime } from '#kernel/time.js';
import type { CareLine } from '../package/package.events.js';

export const offerRules = {
  RequestUnknown: 'There is no such request.',
  ProviderNotInvited: 'This provider was not invited to this request.',
  OfferForAnotherProvider: 'A provider replies for itself alone.',
  OfferAlreadySubmitted: 'This provider has an offer for this request; amend it instead.',
  OfferUnknown: 'There is no such offer.',
  ResponseWindowClosed: 'The window of this request was over when the reply was received.',
  ResponseBeforeRequest: 'A reply cannot be received before the request was issued.',
  OffersAlreadyPresented: 'Offers of this request were presented to the person already.',
  ReceiptTimeRequired: 'A reply that a broker enters has its time of receipt.',
  ReceiptTimeInFuture: 'The time of receipt lies in the future.',
  ReceiptTimeNotAllowed: 'The time of receipt of a reply through the portal is the server’s.',
  EvidenceRequired: 'A reply that a broker enters names its evidence.',
  OfferTimesIncomplete: 'An offer gives one time for each visit of the request.',
  OfferLineUnknown: 'An offer gives times only for visits of the request.',
  InstantUnreadable: 'A time is an instant with its offset.',
  DateDoesNotExist: 'This date does not exist.',
  StartBeforeWanted: 'Care starts no earlier than the wanted start date.',
  OfferNotStanding: 'Only a standing offer can be amended or withdrawn.',
  DeclineNoteRequired: 'The reason "other" needs a note.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof offerRules>> = ruleBook(offerRules);

/** What an offer is judged against: the request as the package's stream has it. */
export interface RequestTerms {
  readonly known: boolean;
  readonly packageId: string;
  readonly personId: string;
  readonly stage: string;
  readonly isCurrent: boolean;
  readonly issuedAt: Instant;
  readonly closesAt: Instant;
  readonly invited: readonly { providerId: string; contractId: string }[];
  readonly startOn: CivilDate;
  readonly schedule: readonly CareLine[];
  /** Absent: any. */
  readonly carerGenderNeed?: string;
}

/** Hard needs of the person that the offered times break, as codes (X2). */
export const brokenNeeds = (
  schedule: readonly CareLine[],
  times: readonly { line: number; start: LocalTime }[],
): string[] =>
  schedule
    .filter(({ line, latestStart }) => {
      const offered = times.find((time) => time.line === line);
      return latestStart !== undefined && offered !== undefined && offered.start > latestStart;
    })
    .map(({ line }) => `later-than-latest-start:${line}`);

/** The need for carers of one gender, as the provider answers for it (X2). */
export function genderCheckOf(
  { carerGenderNeed = 'any' }: Pick<RequestTerms, 'carerGenderNeed'>,
  canMeet: boolean | undefined,
): 'met' | 'not-met' | 'not-checkable' | null {
  if (carerGenderNeed === 'any') return null;
  if (canMeet === undefined) return 'not-checkable';
  return canMeet ? 'met' : 'not-met';
}
