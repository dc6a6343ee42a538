import type { ChoiceException } from '#brokerage/package/package.codes.js';
import type { DeclineReason } from '#brokerage/offer/offer.events.js';
import { deriveId, idOfKey } from '#kernel/ids.js';
import { addDays, addMinutes, type CivilDate, type Instant, type LocalTime } from '#kernel/time.js';
import { momentOn, successorStartsOn } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import { offeredTimes, tooLate, type DemoNeeds } from './demo-needs.js';
import { covers, type DemoProvider } from './demo-providers.js';
import type { SeededRandom } from './seeded-random.js';

/** What a provider answers to a request. */
export interface DemoReply {
  readonly providerKey: string;
  readonly providerId: string;
  readonly at: Instant;
  /** Entered by a broker from a mail, or sent by the provider itself (S1-10). */
  readonly entered: boolean;
  readonly declines: DeclineReason | null;
  readonly startOn: CivilDate;
  readonly times: readonly { readonly line: number; readonly start: LocalTime }[];
}

/** The person's choice and the award that follows it. */
export interface DemoChoice {
  readonly offerId: string;
  readonly providerId: string;
  readonly at: Instant;
  readonly exception: ChoiceException | null;
  readonly awardedAt: Instant | null;
  /** The provider withdraws as the award is made. */
  readonly fallsThrough: boolean;
}

/** One request, from its issue to what came of it. */
export interface DemoRound {
  readonly issueCommandId: string;
  readonly requestId: string;
  readonly issuedAt: Instant;
  /** Named by the broker; null: the policy's window. */
  readonly namedClose: Instant | null;
  readonly closesAt: Instant;
  readonly replies: readonly DemoReply[];
  readonly presentedAt: Instant | null;
  readonly choices: readonly DemoChoice[];
  readonly refusedAt: Instant | null;
}

/** What the rounds of one package are planned from. */
export interface RoundContext {
  readonly seed: number;
  readonly key: string;
  readonly random: SeededRandom;
  readonly needs: DemoNeeds;
  /** Who may be invited. */
  readonly eligible: readonly DemoProvider[];
}

export interface RoundTerms {
  readonly issueOn: CivilDate;
  /** Who offers for certain, the later winner first. */
  readonly offering: readonly DemoProvider[];
  readonly agreedStartOn: CivilDate;
  readonly namedClose?: Instant;
  /** How many answer, at least those that offer for certain. */
  readonly answers?: number;
  readonly onlyDeclines?: boolean;
}

const standardMoments = ['11:30', '14:30', '16:30'] as const;
const urgentMoments = ['10:40', '11:20', '11:40'] as const;

/** A request and its answers; what follows is added by the caller. */
export function roundOf(context: RoundContext, terms: RoundTerms): DemoRound {
  const { seed, key, needs } = context;
  const issuedAt = momentOn(terms.issueOn, '10:00');
  const issueCommandId = commandIdOf(seed, issuedAt, 'issue', key);
  const requestId = deriveId(issueCommandId, 'request');
  const closesAt = terms.namedClose ?? addMinutes(issuedAt, needs.urgent ? 120 : 24 * 60);
  return {
    ...{ issueCommandId, requestId, issuedAt, namedClose: terms.namedClose ?? null, closesAt },
    replies: repliesOf(context, terms),
    ...{ presentedAt: null, choices: [], refusedAt: null },
  };
}

function repliesOf(context: RoundContext, terms: RoundTerms): DemoReply[] {
  const { random, eligible } = context;
  const certain = terms.offering.map(({ key }) => key);
  const others = random.shuffled(eligible.filter(({ key }) => !certain.includes(key)));
  const answers = Math.max(terms.answers ?? random.int(3, 5), terms.offering.length);
  const answering = [...terms.offering, ...others].slice(0, answers);
  return random.shuffled(answering.map((provider, at) => replyOf(context, terms, provider, at)));
}

function replyOf(
  { random, needs }: RoundContext,
  { offering, onlyDeclines, issueOn, agreedStartOn }: RoundTerms,
  provider: DemoProvider,
  at: number,
): DemoReply {
  const certain = at < offering.length;
  const declines = !certain && (onlyDeclines === true || random.chance(0.55));
  const times = offeredTimes(random, needs.schedule);
  const unfit = !certain && random.chance(0.15) ? tooLate(needs.schedule, times) : undefined;
  const moment = random.pick(needs.urgent ? urgentMoments : standardMoments);
  return {
    ...{ providerKey: provider.key, providerId: provider.providerId },
    at: momentOn(issueOn, moment),
    entered: random.chance(0.15),
    declines: declines ? declineReason(random, needs) : null,
    startOn: certain ? agreedStartOn : needs.startOn,
    times: unfit ?? times,
  };
}

const declineReason = (random: SeededRandom, { schedule }: DemoNeeds): DeclineReason =>
  schedule.some(({ carers }) => carers > 1) && random.chance(0.4)
    ? 'double-up'
    : random.weighted([
        ['no-staff', 50],
        ['time', 24],
        ['area', 18],
        ['price', 4],
        ['other', 4],
      ]);

/** The offer of one provider. */
export const offerIdOf = ({ requestId }: DemoRound, providerId: string): string =>
  idOfKey('offer', requestId, providerId);

export const offeredBy = ({ replies }: DemoRound, { key }: DemoProvider): DemoReply | undefined =>
  replies.find(({ providerKey, declines }) => providerKey === key && !declines);

export const choiceOf = (
  round: DemoRound,
  { providerId }: DemoProvider,
  terms: Pick<DemoChoice, 'at' | 'awardedAt'> & Partial<DemoChoice>,
): DemoChoice => ({
  offerId: offerIdOf(round, providerId),
  providerId,
  ...{ exception: null, fallsThrough: false },
  ...terms,
});

/** The wanted start: the agreed one or a little before, never under another framework. */
export function wantedStart(random: SeededRandom, agreedStartOn: CivilDate): CivilDate {
  const wanted = addDays(
    agreedStartOn,
    -random.weighted([
      [0, 75],
      [1, 15],
      [2, 10],
    ] as const),
  );
  const crosses = wanted < successorStartsOn && agreedStartOn >= successorStartsOn;
  return crosses ? agreedStartOn : wanted;
}

/** Providers that are invited to a package. */
export const eligibleFor = (
  providers: readonly DemoProvider[],
  patch: string,
  suspended: (provider: DemoProvider) => boolean,
): DemoProvider[] =>
  providers.filter(
    (provider) =>
      provider.admittedOn !== null &&
      provider.withdrewOn === null &&
      covers(provider, patch) &&
      !suspended(provider),
  );
