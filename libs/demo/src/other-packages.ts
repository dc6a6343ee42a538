import { deriveId } from '#kernel/ids.js';
import { addDays, daysBetween, type CivilDate } from '#kernel/time.js';
import { careOf, givingCare, invitable, type PlanContext } from './brokered-packages.js';
import { momentOn, successorStartsOn } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import { agreedLines, needsOf, type DemoNeeds } from './demo-needs.js';
import type { DemoCare, DemoPackage } from './demo-package.js';
import { otherFunding, type DemoReference } from './demo-people.js';
import type { DemoContract, DemoProvider } from './demo-providers.js';
import { careMixes, draftSchedule, type DraftSchedule } from './draft-schedule.js';
import { SeededRandom } from './seeded-random.js';

export interface StandingTerms {
  readonly key: string;
  readonly draft: DraftSchedule;
  readonly reference: DemoReference;
  readonly fullCost: boolean;
  /** Stays on the first framework's contract when the successor has begun. */
  readonly leftBehind: boolean;
  readonly inHouse: boolean;
}

/** A package taken on from the system before (X30). */
export function standingPackage(context: PlanContext, terms: StandingTerms): DemoPackage {
  const { seed, calendar, providers } = context;
  const { key, draft, fullCost, inHouse, leftBehind } = terms;
  const random = new SeededRandom(seed, 'standing', key);
  const needs = needsOf(random, {
    ...{ draft, startOn: calendar.standingOn, urgent: false, hospitalDischarge: false },
    fundingStatus: fullCost ? 'full-cost' : otherFunding(random),
  });
  const provider = inHouse
    ? (providers.find(({ key: own }) => own === 'in-house') as DemoProvider)
    : givingCare(random, invitable(context, needs.patch, calendar.from));
  const { contract, startedOn } = standingContract(context, random, provider, leftBehind);
  const framework = contract === provider.successor ? 'successor' : 'first';
  const lines = agreedLines(needs.schedule);
  const { key: providerKey, providerId } = provider;
  return takenOn(seed, key, terms.reference, {
    needs: { ...needs, startOn: startedOn },
    at: calendar.standingOn === calendar.setUpOn ? '11:00' : '05:00',
    on: calendar.standingOn,
    care: {
      ...{ providerKey, providerId, contractId: contract.contractId, lines },
      framework: inHouse ? null : framework,
      ...{ startOn: startedOn, endsBefore: null },
    },
  });
}

function standingContract(
  { calendar }: PlanContext,
  random: SeededRandom,
  { first, successor }: DemoProvider,
  leftBehind: boolean,
): { contract: DemoContract; startedOn: CivilDate } {
  const { standingOn } = calendar;
  const contract = successor && standingOn >= successorStartsOn && !leftBehind ? successor : first;
  const latest =
    contract === first && standingOn >= successorStartsOn
      ? addDays(successorStartsOn, -30)
      : standingOn;
  const span = Math.min(1_000, daysBetween(contract.startsOn, latest));
  return { contract, startedOn: addDays(latest, -random.int(0, span)) };
}

/** A package that comes with its provider, without a request. */
export function takenOn(
  seed: number,
  key: string,
  reference: DemoReference,
  { needs, care, on, at }: { needs: DemoNeeds; care: DemoCare; on: CivilDate; at: string },
): DemoPackage {
  const intakeAt = momentOn(on, at);
  const intakeCommandId = commandIdOf(seed, intakeAt, 'take-on', key);
  return {
    ...{ key, reference, needs, intake: 'taken-on', intakeAt, intakeCommandId, rounds: [], care },
    packageId: deriveId(intakeCommandId, 'carePackage'),
    ...{ startConfirmedAt: null, exit: null, waiting: null },
  };
}

/** A referral that leaves without an award: to a direct payment, or withdrawn. */
export function departingReferral(
  { seed, calendar }: PlanContext,
  key: string,
  reference: DemoReference,
  kind: 'direct-payment' | 'withdrawn',
): DemoPackage {
  const random = new SeededRandom(seed, 'departing', key);
  const day = random.int(20, calendar.workingDays.length - 12);
  const [referredOn = '', leftOn = ''] = calendar.workingDays
    .slice(day)
    .filter((_, at) => at % 4 === 0);
  const needs = needsOf(random, {
    draft: draftSchedule(random, careMixes.modest),
    fundingStatus: otherFunding(random),
    ...{ startOn: addDays(referredOn, 7), urgent: false, hospitalDischarge: false },
  });
  const intakeAt = momentOn(referredOn, '09:00');
  const intakeCommandId = commandIdOf(seed, intakeAt, 'refer', key);
  const at = momentOn(leftOn, '14:00');
  return {
    ...{ key, reference, needs, intake: 'referred', intakeAt, intakeCommandId, rounds: [] },
    packageId: deriveId(intakeCommandId, 'carePackage'),
    ...{ care: null, startConfirmedAt: null, waiting: null },
    exit:
      kind === 'direct-payment'
        ? { kind, at, fromOn: addDays(leftOn, 7) }
        : { kind, at, reason: 'The family arranges the care itself.' },
  };
}

/** Live packages of the first framework go on under the successor's contracts, some excepted. */
export function movedPackages(
  { seed, calendar, providers }: PlanContext,
  packages: readonly DemoPackage[],
  stays: (carePackage: DemoPackage) => boolean,
): DemoPackage[] {
  const { movesOn } = calendar;
  if (movesOn === null) return [...packages];
  const lastDay = addDays(movesOn, -1);
  return packages.flatMap((before) => {
    const { care, key, needs, reference } = before;
    const lives =
      care && care.startOn < movesOn && !(care.endsBefore && care.endsBefore <= movesOn);
    if (!lives || care.framework !== 'first' || stays(before)) return [before];
    const provider = providers.find((own) => own.key === care.providerKey) as DemoProvider;
    const schedule = needs.schedule.map((line, at) => {
      const start = care.lines[at]?.start ?? line.start;
      const { latestStart, ...rest } = line;
      return { ...rest, start, ...(latestStart && latestStart >= start && { latestStart }) };
    });
    const reason = 'The same care goes on under the contract of the successor framework.';
    const after = takenOn(
      seed,
      `${key}/moved`,
      { ...reference, referralRef: `${reference.referralRef}/2` },
      {
        needs: { ...needs, startOn: movesOn, schedule },
        care: { ...careOf(provider, movesOn, care.lines), endsBefore: care.endsBefore },
        ...{ on: movesOn, at: '05:00' },
      },
    );
    return [
      {
        ...before,
        care: { ...care, endsBefore: movesOn },
        exit: { kind: 'ended', at: momentOn(lastDay, '20:00'), lastDay, outcome: 'other', reason },
      },
      { ...after, exit: before.exit },
    ];
  });
}
