import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate, type Instant } from '#kernel/time.js';
import { roundsToAward } from './award-rounds.js';
import { momentOn, workingDay, type DemoCalendar } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import { eligibleFor, wantedStart, type DemoRound } from './demo-journey.js';
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
