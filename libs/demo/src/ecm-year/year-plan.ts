import { continuityLimit } from '#kernel/continuity.js';
import { deriveId } from '#kernel/ids.js';
import { weeklyVisits, type ScheduleLine } from '#kernel/schedule.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import { agreedLines, needsOf, type DemoNeeds } from '../demo-needs.js';
import { commandIdOf } from '../demo-ids.js';
import { demoReferences, otherFunding, type DemoReference } from '../demo-people.js';
import { careMixes, type DraftSchedule } from '../draft-schedule.js';
import { exactDrafts } from '../group-schedules.js';
import { SeededRandom } from '../seeded-random.js';
import { checkedRequest, referenceCouncil, type YearRequest } from './year-request.js';
import { setUpMoment, yearProviders, type YearProvider } from './year-providers.js';

/** A person's package that is cared for by one provider all year. */
export interface YearPackage {
  /** From 1; part of the provider's ids of visits and carers. */
  readonly number: number;
  readonly packageId: string;
  readonly reference: DemoReference;
  readonly needs: DemoNeeds;
  readonly lines: readonly ScheduleLine[];
  readonly startedOn: CivilDate;
  readonly provider: YearProvider;
  /** The provider's own ids of those who come. */
  readonly carers: readonly string[];
}

/** A council whose care does not change for some weeks: who cares for whom, and when. */
export interface YearPlan {
  readonly request: YearRequest;
  /** The first Monday; monitoring goes live on it. */
  readonly from: CivilDate;
  readonly providers: readonly YearProvider[];
  readonly packages: readonly YearPackage[];
}

/** The same request gives the same plan on every machine. */
export function planYear(asked: YearRequest): YearPlan {
  const request = checkedRequest(asked);
  const { seed, endsBefore, weeks } = request;
  const from = addDays(endsBefore, -7 * weeks);
  const providers = yearProviders(request, from);
  const drafts = yearDrafts(request);
  const references = demoReferences(new SeededRandom(seed, 'year', 'people'), drafts.length);
  const packages = drafts.map((draft, at) =>
    yearPackage(request, from, providers, { draft, number: at + 1, reference: references[at] }),
  );
  return { request, from, providers, packages };
}

/** Schedules that add up to the part of the reference week exactly. */
function yearDrafts({ seed, scale }: YearRequest): DraftSchedule[] {
  const part = (whole: number) => Math.round(whole * scale);
  const [people, visits] = [part(referenceCouncil.people), part(referenceCouncil.weeklyVisits)];
  const carerMinutes = 15 * part(referenceCouncil.weeklyCarerMinutes / 15);
  const share = 0.39;
  const [few, much] = [Math.round(people * 0.362), Math.round((carerMinutes / 15) * share) * 15];
  const intensive = { count: few, mix: careMixes.intensive, visits: Math.round(visits * share) };
  const modest = { count: people - few, mix: careMixes.modest };
  return [
    ...exactDrafts(seed, 'year-intensive', { ...intensive, carerMinutes: much }),
    ...exactDrafts(seed, 'year-modest', {
      ...{ ...modest, visits: visits - intensive.visits, carerMinutes: carerMinutes - much },
    }),
  ].map(withNights);
}

/** Some people are seen around midnight and in the hour in which the clocks change (X9). */
function withNights(draft: DraftSchedule, at: number): DraftSchedule {
  const start = nights[at % 40];
  const last = draft.length - 1;
  if (start === undefined) return draft;
  return draft.map((line, index) => (index === last ? { ...line, start } : line));
}

const nights: Readonly<Record<number, string>> = {
  7: '23:40',
  11: '01:45',
  17: '02:05',
  23: '00:05',
};

function yearPackage(
  { seed }: YearRequest,
  from: CivilDate,
  providers: readonly YearProvider[],
  terms: { draft: DraftSchedule; number: number; reference: DemoReference | undefined },
): YearPackage {
  const { draft, number, reference } = terms;
  if (!reference) throw new RangeError('there are fewer people than packages');
  const random = new SeededRandom(seed, 'year', 'package', number);
  const first = providers[number - 1];
  const provider = first ?? random.weighted(providers.map((one) => [one, one.weight] as const));
  const startedOn = addDays(from, -random.int(0, 300));
  const needs = needsOf(random, {
    ...{ draft, startOn: startedOn, urgent: false, hospitalDischarge: false },
    fundingStatus: otherFunding(random),
  });
  const lines = agreedLines(needs.schedule);
  const takenOn = commandIdOf(seed, setUpMoment(from, '11:00'), 'year', 'take-on', number);
  return {
    ...{ number, reference, needs, lines, startedOn, provider },
    packageId: deriveId(takenOn, 'carePackage'),
    carers: carersOf(random, number, provider, 2 * weeklyVisits(lines)),
  };
}

/** As many as continuity allows in two weeks, or too many (S2-11); nobody works for two people. */
function carersOf(
  random: SeededRandom,
  number: number,
  { quality: { unsteady } }: YearProvider,
  visits: number,
): string[] {
  const limit = continuityLimit(visits) ?? 1;
  const many = random.chance(unsteady * 1.5);
  const count = many ? limit + random.int(1, 3) : Math.max(2, limit - random.int(0, 2));
  return Array.from({ length: count }, (_, at) => `C${number}-${at + 1}`);
}
