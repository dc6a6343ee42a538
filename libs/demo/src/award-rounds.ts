import type { CivilDate } from '#kernel/time.js';
import { momentOn, workingDay, type DemoCalendar } from './demo-calendar.js';
import { choiceOf, roundOf, type DemoRound, type RoundContext } from './demo-journey.js';
import type { DemoProvider } from './demo-providers.js';
import type { SeededRandom } from './seeded-random.js';

export interface AwardTerms {
  readonly awardOn: CivilDate;
  readonly startOn: CivilDate;
  readonly winner: DemoProvider;
}

/** The rounds that lead to an award: mostly one; some are refused, unanswered or fall through. */
export function roundsToAward(
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
function earlierRounds(
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
