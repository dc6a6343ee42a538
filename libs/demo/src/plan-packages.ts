import type { PlanContext } from './brokered-packages.js';
import type { DemoPackage } from './demo-package.js';
import { demoReferences, type DemoReference } from './demo-people.js';
import type { DemoSize } from './demo-scale.js';
import { careMixes, draftSchedule, type DraftSchedule } from './draft-schedule.js';
import { drafts, exactDrafts, liveVisits } from './group-schedules.js';
import { departingReferral, movedPackages, standingPackage } from './other-packages.js';
import { SeededRandom } from './seeded-random.js';
import { waitingList, waitingPackage } from './waiting-packages.js';
import { endedPackages, livePackages } from './year-of-awards.js';

/** Everyone who is, was or will be cared for. */
export function planPackages(context: PlanContext, size: DemoSize): DemoPackage[] {
  const references = demoReferences(
    new SeededRandom(context.seed, 'people'),
    peopleOf(size),
  ).values();
  const next = (): DemoReference => references.next().value as DemoReference;
  const waiting = waitingPackages(context, size, next);
  const awaiting = waiting.filter(({ care }) => care !== null);
  const fullCost = fullCostPeople(context, size);
  const { seed, calendar } = context;
  const isLeftBehind = (at: number) => calendar.successorKnownOn !== null && at < size.leftBehind;
  const standing = standingDrafts(context, size).map((draft, at) =>
    standingPackage(context, {
      ...{ key: `standing-${at + 1}`, draft, reference: next(), inHouse: false },
      ...{ fullCost: fullCost.has(size.livePackages + at), leftBehind: isLeftBehind(at) },
    }),
  );
  const inHouse = drafts(seed, 'in-house', size.inHousePackages, careMixes.modest);
  const packages = [
    ...standing,
    ...inHouse.map((draft, at) =>
      standingPackage(context, {
        ...{ key: `in-house-${at + 1}`, draft, reference: next(), inHouse: true },
        ...{ fullCost: false, leftBehind: true },
      }),
    ),
    ...livePackages(context, size, next, fullCost),
    ...endedPackages(context, size, awaiting, next),
    ...departing(context, size, next),
    ...waiting,
  ];
  const stays = new Set(standing.slice(0, size.leftBehind).map(({ key }) => key));
  return movedPackages(context, packages, ({ key }) => stays.has(key));
}

const peopleOf = (size: DemoSize): number =>
  size.livePackages +
  size.standingPackages +
  size.endedPackages +
  size.inHousePackages +
  size.directPayments +
  size.withdrawnReferrals +
  waitingList(size).length;

const standingDrafts = ({ seed }: PlanContext, size: DemoSize): DraftSchedule[] =>
  exactDrafts(seed, 'standing', {
    count: size.standingPackages,
    mix: careMixes.modest,
    visits: size.referenceVisits - liveVisits(size),
    carerMinutes: size.referenceMinutes - size.liveMinutes,
  });

/** Which people of the reference week pay in full, by their place among all of them. */
const fullCostPeople = ({ seed }: PlanContext, size: DemoSize): ReadonlySet<number> => {
  const places = Array.from({ length: size.livePackages + size.standingPackages }, (_, at) => at);
  const shuffled = new SeededRandom(seed, 'full-cost').shuffled(places);
  return new Set(shuffled.slice(0, size.fullCostPeople));
};

const departing = (context: PlanContext, size: DemoSize, next: () => DemoReference) => [
  ...Array.from({ length: size.directPayments }, (_, at) =>
    departingReferral(context, `direct-payment-${at + 1}`, next(), 'direct-payment'),
  ),
  ...Array.from({ length: size.withdrawnReferrals }, (_, at) =>
    departingReferral(context, `withdrawn-${at + 1}`, next(), 'withdrawn'),
  ),
];

const waitingPackages = (context: PlanContext, size: DemoSize, next: () => DemoReference) =>
  waitingList(size).map(({ stage, at }) => {
    const key = `waiting-${stage}-${at + 1}`;
    const draft = draftSchedule(new SeededRandom(context.seed, 'draft', key), careMixes.modest);
    return waitingPackage(context, { key, stage, at, draft, reference: next() });
  });
