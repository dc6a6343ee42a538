import { continuityLimit } from '#kernel/continuity.js';
import { weeklyVisits, type PlannedVisit } from '#kernel/schedule.js';
import {
  addDays,
  addMinutes,
  daysBetween,
  localTimeOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
} from '#kernel/time.js';
import type { ExcuseReason } from '#brokerage/visit/visit.events.js';
import { firstVisitOf, plannedVisits } from './demo-expected.js';
import type { DemoPackage } from './demo-package.js';
import type { DemoPlan } from './demo-plan.js';
import type { ProviderQuality } from './provider-quality.js';
import { SeededRandom } from './seeded-random.js';
import { legOf, type DemoLeg } from './visit-logs.js';

/** What becomes of one planned visit. */
export interface VisitOutcome {
  readonly planned: PlannedVisit;
  readonly excused: ExcuseReason | null;
  /** Nobody came; `concealed` ones are not reported, `late` ones a day later. */
  readonly missed: 'reported' | 'late' | 'concealed' | null;
  readonly legs: readonly DemoLeg[];
  /** The person and the council agreed on another time that morning. */
  readonly agreedAnew: { readonly start: string; readonly startsAt: Instant } | null;
  /** What of the first leg's log turns out to be wrong (X11). */
  readonly wrong: 'carer' | 'log-out' | null;
}

/** What is the same in every week of a package. */
interface CareStory {
  readonly firstVisit: string | undefined;
  readonly quality: ProviderQuality;
  readonly carers: readonly string[];
  readonly stay: { readonly from: CivilDate; readonly before: CivilDate } | null;
}

/** Draws what becomes of the visits of a plan, a package and week at a time. */
export class VisitOutcomes {
  private readonly stories = new Map<string, CareStory>();

  constructor(private readonly plan: DemoPlan) {}

  /** In the order of the week's plan. */
  ofWeek(carePackage: DemoPackage, week: IsoWeek): VisitOutcome[] {
    const planned = plannedVisits(this.plan.calendar, carePackage, week);
    if (planned.length === 0) return [];
    const story = this.storyOf(carePackage);
    const random = new SeededRandom(this.plan.seed, 'visits', carePackage.key, week);
    return planned.map((visit) => outcomeOf(random, story, visit));
  }

  /** The day of the first visit with electronic monitoring. */
  firstDayOf(carePackage: DemoPackage): CivilDate | undefined {
    return this.storyOf(carePackage).firstVisit?.slice(0, 10);
  }

  private storyOf(carePackage: DemoPackage): CareStory {
    const { key, care } = carePackage;
    const known = this.stories.get(key);
    if (known) return known;
    const { providers, calendar, seed } = this.plan;
    const random = new SeededRandom(seed, 'story', key);
    const provider = providers.find((own) => own.key === care?.providerKey);
    const { quality, weight } = provider as NonNullable<typeof provider>;
    const carers = carersOf(random, quality, weight, weeklyVisits(care?.lines ?? []) * 2);
    const earliest = [addDays(care?.startOn ?? '', 4), calendar.goLiveOn].toSorted()[1] ?? '';
    const room = daysBetween(earliest, calendar.asOfOn) - 1;
    const from = addDays(earliest, random.int(0, Math.max(0, room)));
    const stays = room > 0 && random.chance(0.12);
    const stay = stays ? { from, before: addDays(from, random.int(2, 11)) } : null;
    const firstVisit = firstVisitOf(calendar, carePackage)?.visit;
    const story = { quality, carers, stay, firstVisit };
    this.stories.set(key, story);
    return story;
  }
}

/** As many carers as continuity allows in two weeks, or too many (S2-11). */
function carersOf(
  random: SeededRandom,
  { unsteady }: ProviderQuality,
  weight: number,
  visits: number,
): string[] {
  const limit = continuityLimit(visits) ?? 1;
  const count = random.chance(unsteady)
    ? limit + random.int(1, 3)
    : Math.max(2, unsteady === 0 ? 2 : limit - random.int(1, 2));
  const staff = 20 + Math.ceil(weight * 25);
  const first = random.int(1, staff);
  return Array.from({ length: count }, (_, at) => `C${1_000 + ((first + at * 7) % (staff + 20))}`);
}

const excuses: readonly (readonly [ExcuseReason, number])[] = [
  ['non-access', 50],
  ['cancelled-by-service-user', 30],
  ['respite', 8],
  ['cancelled-by-council', 6],
  ['other', 6],
];

const attendedByNobody = { legs: [], agreedAnew: null, wrong: null };

type Wrong = readonly (readonly [VisitOutcome['wrong'], number])[];
const rarely: Wrong = [
  [null, 9_970],
  ['carer', 15],
  ['log-out', 15],
];
/** A forgotten log-out is mostly given later. */
const forgotten: Wrong = [
  [null, 30],
  ['log-out', 70],
];

function outcomeOf(
  random: SeededRandom,
  { quality, carers, stay, firstVisit }: CareStory,
  planned: PlannedVisit,
): VisitOutcome {
  // The first visit takes place: it tells that care has started.
  const isFirst = planned.visit === firstVisit;
  const nothing = { ...{ planned, excused: null, missed: null }, ...attendedByNobody };
  const chance = random.next();
  const inHospital = stay && planned.on >= stay.from && planned.on < stay.before;
  if (inHospital && !isFirst) return { ...nothing, excused: 'hospital' };
  if (chance < 0.011 && !isFirst) return { ...nothing, excused: random.weighted(excuses) };
  if (chance < 0.011 + quality.missed && !isFirst) {
    const told = random.chance(0.15) ? 'late' : 'reported';
    return { ...nothing, missed: random.chance(quality.concealed) ? 'concealed' : told };
  }
  const agreedAnew = random.chance(0.003) ? laterStart(planned) : null;
  const startsAt = agreedAnew?.startsAt ?? planned.startsAt;
  const lead = random.int(0, carers.length - 1);
  const second = planned.carers > 1 && !random.chance(quality.oneLegOfTwo);
  const legs = Array.from({ length: second ? planned.carers : 1 }, (_, at) =>
    legOf(random, quality, planned, {
      startsAt,
      carerLeg: at + 1,
      carerRef: carers[(lead + at) % carers.length] ?? '',
    }),
  );
  const wrong = legs[0]?.outAt === null ? forgotten : rarely;
  return { ...nothing, legs, agreedAnew, wrong: random.weighted(wrong) };
}

/** A quarter of an hour later, where that meets no other visit of the day. */
const laterStart = ({ startsAt, agreedStart, minutes, critical }: PlannedVisit) => {
  if (critical || minutes > 45 || agreedStart >= '16:00') return null;
  const agreed = addMinutes(startsAt, 15);
  return { start: localTimeOf(agreed), startsAt: agreed };
};
