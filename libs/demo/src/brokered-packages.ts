import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate, type Instant } from '#kernel/time.js';
import { momentOn, type DemoCalendar } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import {
  choiceOf,
  eligibleFor,
  roundOf,
  wantedStart,
  type DemoRound,
  type RoundContext,
} from './demo-journey.js';
import { agreedLines, needsOf } from './demo-needs.js';
import { otherFunding, type DemoReference } from './demo-people.js';
import type { DemoCare, DemoPackage } from './demo-package.js';
import { contractFor, demoSuspension, type DemoProvider } from './demo-providers.js';
import type { DraftSchedule } from './draft-schedule.js';
import { SeededRandom } from './seeded-random.js';

/** What the packages of a plan share. */
export interface PlanContext {
  readonly seed: number;
  readonly calendar: DemoCalendar;
  readonly providers: readonly DemoProvider[];
}

export interface BrokeredTerms {
  readonly key: string;
  readonly draft: DraftSchedule;
  readonly reference: DemoReference;
  readonly fullCost: boolean;
  readonly awardOn: CivilDate;
  readonly startOn: CivilDate;
  readonly urgent: boolean;
}

/** A package that was awarded through a request, from its referral to the agreed start. */
export function brokeredPackage(context: PlanContext, terms: BrokeredTerms): DemoPackage {
  const { seed, calendar } = context;
  const { key, reference, awardOn, startOn, urgent } = terms;
  const random = new SeededRandom(seed, 'brokered', key);
  const needs = needsOf(random, {
    draft: terms.draft,
    fundingStatus: terms.fullCost ? 'full-cost' : otherFunding(random),
    startOn: wantedStart(random, startOn),
    urgent,
    hospitalDischarge: random.chance(urgent ? 0.6 : 0.12),
  });
  const eligible = invitable(context, needs.patch, startOn);
  const winner = givingCare(random, eligible);
  const rounds = roundsToAward({ seed, key, random, needs, eligible }, calendar, {
    ...{ awardOn, startOn, winner },
  });
  const intakeAt = momentOn(referralDay(random, calendar, rounds[0]), '09:00');
  const intakeCommandId = commandIdOf(seed, intakeAt, 'refer', key);
  const won = rounds.at(-1)?.replies.find(({ providerKey }) => providerKey === winner.key);
  return {
    ...{ key, reference, needs, intake: 'referred', intakeAt, intakeCommandId, rounds },
    packageId: deriveId(intakeCommandId, 'carePackage'),
    care: careOf(winner, startOn, agreedLines(needs.schedule, won?.times)),
    startConfirmedAt: startOn < calendar.goLiveOn ? momentOn(startOn, '18:00') : null,
    ...{ exit: null, waiting: null },
  };
}

export const careOf = (
  provider: DemoProvider,
  startOn: CivilDate,
  lines: DemoCare['lines'],
): DemoCare => {
  const contract = contractFor(provider, startOn);
  const framework = contract === provider.successor ? 'successor' : 'first';
  return {
    ...{ providerKey: provider.key, providerId: provider.providerId, startOn, lines },
    contractId: contract.contractId,
    framework: provider.admittedOn === null ? null : framework,
    endsBefore: null,
  };
};

/** Eligible providers of a patch, without the one that is suspended around that time. */
export function invitable(
  { calendar, providers }: PlanContext,
  patch: string,
  startOn: CivilDate,
): DemoProvider[] {
  const { providerKey, fromOn, liftedOn } = demoSuspension(calendar);
  const near = startOn >= addDays(fromOn, -21) && startOn < addDays(liftedOn, 21);
  return eligibleFor(providers, patch, ({ key }) => near && key === providerKey);
}

export const givingCare = (random: SeededRandom, eligible: readonly DemoProvider[]): DemoProvider =>
  random.weighted(eligible.map((provider) => [provider, provider.weight] as const));

interface AwardTerms {
  readonly awardOn: CivilDate;
  readonly startOn: CivilDate;
  readonly winner: DemoProvider;
}

/** The rounds that lead to an award: mostly one; some are refused, unanswered or fall through. */
function roundsToAward(
  context: RoundContext,
  calendar: DemoCalendar,
  { awardOn, startOn, winner }: AwardTerms,
): DemoRound[] {
  const { random, needs, eligible } = context;
  const [choiceOn, issueOn] = needs.urgent
    ? [awardOn, awardOn]
    : daysToAward(random, calendar, awardOn);
  const rival = random.pick(eligible.filter(({ key }) => key !== winner.key));
  const round = roundOf(context, { issueOn, offering: [winner, rival], agreedStartOn: startOn });
  const presentedAt = needs.urgent
    ? momentOn(issueOn, '12:30')
    : momentOn(workingDay(calendar, issueOn, 1), '10:30');
  const exception = needs.urgent && random.chance(0.5) ? ('urgent' as const) : rarely(random);
  const fallsThrough = random.chance(0.008);
  const lost = choiceOf(round, rival, {
    at: momentOn(choiceOn, '12:40'),
    ...{ awardedAt: momentOn(choiceOn, '12:50'), fallsThrough: true },
  });
  const won = choiceOf(round, winner, {
    at: momentOn(choiceOn, '13:00'),
    ...{ awardedAt: momentOn(awardOn, '15:00'), exception },
  });
  const last = { ...round, presentedAt, choices: fallsThrough ? [lost, won] : [won] };
  return needs.urgent ? [last] : [...earlierRounds(context, calendar, issueOn), last];
}

const rarely = (random: SeededRandom) =>
  random.weighted([
    [null, 95],
    ['declined-to-choose', 3],
    ['best-interests', 2],
  ] as const);

/** Issue one to three working days before the choice, the award on the same day or the next. */
function daysToAward(
  random: SeededRandom,
  calendar: DemoCalendar,
  awardOn: CivilDate,
): [choiceOn: CivilDate, issueOn: CivilDate] {
  const choiceOn = random.chance(0.6) ? awardOn : workingDay(calendar, awardOn, -1);
  return [choiceOn, workingDay(calendar, choiceOn, -random.int(1, 3))];
}

/** A first request that nobody could meet or whose offers the person refused. */
export function earlierRounds(
  context: RoundContext,
  calendar: DemoCalendar,
  issueOn: CivilDate,
): DemoRound[] {
  const { random, needs } = context;
  const kind = random.weighted([
    ['none', 955],
    ['unanswered', 30],
    ['refused', 15],
  ] as const);
  if (kind === 'none') return [];
  const key = `${context.key}/first`;
  const earlierOn = workingDay(calendar, issueOn, -3);
  const offering = kind === 'refused' ? [random.pick(context.eligible)] : [];
  const terms = { issueOn: earlierOn, offering, agreedStartOn: needs.startOn, onlyDeclines: true };
  const round = roundOf({ ...context, key }, terms);
  if (kind === 'unanswered') return [round];
  const answeredOn = workingDay(calendar, earlierOn, 1);
  const presentedAt = momentOn(answeredOn, '10:30');
  return [{ ...round, presentedAt, refusedAt: momentOn(answeredOn, '13:30') }];
}

const referralDay = (
  random: SeededRandom,
  calendar: DemoCalendar,
  first: DemoRound | undefined,
): CivilDate => {
  const issueOn = (first?.issuedAt as Instant).slice(0, 10);
  return workingDay(
    calendar,
    issueOn,
    -random.weighted([
      [0, 55],
      [1, 30],
      [2, 15],
    ] as const),
  );
};

/** The working day some working days away. */
export function workingDay(
  { workingDays }: DemoCalendar,
  date: CivilDate,
  offset: number,
): CivilDate {
  const day = workingDays[workingDays.indexOf(date) + offset];
  if (!day || !workingDays.includes(date)) throw new RangeError(`no working day beside ${date}`);
  return day;
}
