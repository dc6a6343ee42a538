import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import { careOf, givingCare, invitable, type PlanContext } from './brokered-packages.js';
import { momentOn, successorStartsOn, workingDay, type DemoCalendar } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import { choiceOf, roundOf, type DemoRound, type RoundContext } from './demo-journey.js';
import { agreedLines, needsOf } from './demo-needs.js';
import type { DemoPackage } from './demo-package.js';
import { otherFunding, type DemoReference } from './demo-people.js';
import type { DemoProvider } from './demo-providers.js';
import { waitingStages, type DemoSize, type WaitingStage } from './demo-scale.js';
import type { DraftSchedule } from './draft-schedule.js';
import { SeededRandom } from './seeded-random.js';

export interface WaitingTerms {
  readonly key: string;
  readonly stage: WaitingStage;
  /** Counts the packages of a stage from 0. */
  readonly at: number;
  readonly draft: DraftSchedule;
  readonly reference: DemoReference;
}

/** Which package stands at which stage. */
export const waitingList = ({ waiting }: DemoSize): { stage: WaitingStage; at: number }[] =>
  waitingStages.flatMap((stage) =>
    Array.from({ length: waiting[stage] }, (_, at) => ({ stage, at })),
  );

/** A package that still waits for care when the simulation ends. */
export function waitingPackage(context: PlanContext, terms: WaitingTerms): DemoPackage {
  const { seed, calendar } = context;
  const { key, stage, at, reference } = terms;
  const random = new SeededRandom(seed, 'waiting', key);
  const startOn = wantedStartOn(calendar, random.int(2, 9));
  const urgent = (stage === 'just-referred' || stage === 'offers-presented') && at === 0;
  const needs = needsOf(random, {
    ...{ draft: terms.draft, startOn, urgent },
    fundingStatus: random.chance(0.12) ? 'full-cost' : otherFunding(random),
    hospitalDischarge: at === 1 || random.chance(0.1),
    shortTerm: at === 1,
    lot: stage === 'just-referred' && at === 2 ? 'lot-2' : 'lot-1',
  });
  const eligible = invitable(context, needs.patch, startOn);
  const winner = givingCare(random, eligible);
  const rounds = waitingRounds({ seed, key, random, needs, eligible }, calendar, stage, winner);
  const intakeAt = momentOn(referredOn(calendar, random, rounds[0]), '09:00');
  const intakeCommandId = commandIdOf(seed, intakeAt, 'refer', key);
  const won = rounds.at(-1)?.replies.find(({ providerKey }) => providerKey === winner.key);
  return {
    ...{ key, reference, needs, intake: 'referred', intakeAt, intakeCommandId, rounds },
    packageId: deriveId(intakeCommandId, 'carePackage'),
    care:
      stage === 'awaiting-start'
        ? careOf(winner, startOn, agreedLines(needs.schedule, won?.times))
        : null,
    ...{ startConfirmedAt: null, exit: null, waiting: stage },
  };
}

/** Some days ahead; without a successor no care can start after the first framework's last day. */
function wantedStartOn({ asOfOn, successorKnownOn }: DemoCalendar, daysAhead: number): CivilDate {
  const startOn = addDays(asOfOn, daysAhead);
  const ended = successorKnownOn === null && startOn >= successorStartsOn;
  return ended ? addDays(successorStartsOn, -1) : startOn;
}

function referredOn(
  calendar: DemoCalendar,
  random: SeededRandom,
  first: DemoRound | undefined,
): CivilDate {
  const issuedOn = first?.issuedAt.slice(0, 10);
  if (issuedOn) return workingDay(calendar, issuedOn, -random.int(0, 4));
  return recent(calendar, random.int(0, 4));
}

/** The last working day before the as-of date, or some working days earlier. */
const recent = ({ workingDays }: DemoCalendar, daysBefore: number): CivilDate =>
  workingDays[workingDays.length - 1 - daysBefore] as CivilDate;

function waitingRounds(
  context: RoundContext,
  calendar: DemoCalendar,
  stage: WaitingStage,
  winner: DemoProvider,
): DemoRound[] {
  const { random, eligible, needs } = context;
  if (stage === 'just-referred') return [];
  const rival = random.pick(eligible.filter(({ key }) => key !== winner.key));
  const offered = { offering: [winner, rival], agreedStartOn: needs.startOn };
  const day = (daysBefore: number) => recent(calendar, daysBefore);
  if (stage === 'request-open') {
    const namedClose = momentOn(addDays(calendar.asOfOn, 2), '12:00');
    return [roundOf(context, { ...offered, issueOn: day(0), namedClose })];
  }
  if (stage === 'request-closed') return [roundOf(context, { ...offered, issueOn: day(2) })];
  if (stage === 'unanswered') {
    const unanswered = { ...offered, offering: [], onlyDeclines: true };
    return [roundOf(context, { ...unanswered, issueOn: day(random.int(2, 5)) })];
  }
  const asked = roundOf(context, { ...offered, issueOn: day(random.int(3, 6)) });
  const round = { ...asked, presentedAt: momentOn(day(2), '10:30') };
  if (stage === 'offers-presented') return [round];
  if (stage === 'refused') return [{ ...round, refusedAt: momentOn(day(0), '13:30') }];
  return [{ ...round, choices: [choiceAt(round, calendar, stage, { winner, rival })] }];
}

function choiceAt(
  round: DemoRound,
  calendar: DemoCalendar,
  stage: WaitingStage,
  { winner, rival }: { winner: DemoProvider; rival: DemoProvider },
) {
  const chosenOn = recent(calendar, 1);
  const at = momentOn(chosenOn, '13:00');
  if (stage === 'choice-recorded') return choiceOf(round, winner, { at, awardedAt: null });
  const awardedAt = momentOn(chosenOn, '15:00');
  return stage === 'fell-through'
    ? choiceOf(round, rival, { at, awardedAt, fallsThrough: true })
    : choiceOf(round, winner, { at, awardedAt });
}
