import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';

export const familiarities = ['cares-now', 'has-cared', 'new'] as const;
export type Familiarity = (typeof familiarities)[number];
const FamiliarityCode = codeList(
  'Familiarity',
  familiarities,
  'Whether a provider cares for the person, or did before (S1-12).',
);

/** One visit of an offer beside what is wanted; minutes, days and carers are as wanted (S1-12). */
@ObjectType()
export class SheetVisit {
  line: number;

  /** `Monday to Friday`. */
  days: string;

  wantedStart: string;

  offeredStart: string;

  /** Positive: later than wanted. */
  differenceMinutes: number;

  /** `15 minutes later than wanted`. */
  difference: string;

  minutes: number;

  carers: number;

  /** The visit in one sentence. */
  sentence: string;
}

/** An offer as the person reads it. */
@ObjectType()
export class SheetOffer {
  /** `A`, `B`, `C`: its place in the neutral order, which it keeps (S1-11). */
  label: string;

  @Field(() => ID)
  offerId: string;

  providerName: string;

  /** False: the provider took it back, or the award fell through. */
  stands: boolean;

  startOn: string;

  /** `Monday 9 March 2026`. */
  firstDay: string;

  @Field(() => FamiliarityCode)
  familiarity: Familiarity;

  /** `Cares for you now.` */
  familiarityInWords: string;

  /** Only where the person pays a part or all. */
  weeklyCostPence?: number;

  /** The same in words, and who pays. */
  price?: string;

  visits: SheetVisit[];
}

/** The offers of a request in plain language, for the person who decides (S1-11, S1-12). */
@ObjectType()
export class OfferSheet extends Stated {
  @Field(() => ID)
  requestId: string;

  @Field(() => ID)
  packageId: string;

  requestNumber: string;

  presentedAt: string;

  /** What to know before reading the offers. */
  introduction: string[];

  /** In the neutral order in which they were presented. */
  offers: SheetOffer[];
}

/** The anonymised pack of a request, in plain words (S1-9). */
@ObjectType()
export class RequestPackText extends Stated {
  @Field(() => ID)
  requestId: string;

  requestNumber: string;

  issuedAt: string;

  /** A reply received at exactly this instant is late (X4). */
  closesAt: string;

  /** As a mail says it. */
  text: string;
}
