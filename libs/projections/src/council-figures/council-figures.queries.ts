import type { Viewer } from '#kernel/actor.js';
import {
  addDays,
  addMonths,
  civilDateOf,
  daysBetween,
  isoWeekOf,
  mondayOf,
  weekAfter,
  type CivilDate,
  type IsoWeek,
} from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { ContractRegisterReads } from '../contract-register/contract-register.queries.js';
import { standardRateOn } from '../contract-register/contract-register.rules.js';
import type { Projector } from '../read-side.js';
import {
  councilFigures,
  weekKey,
  type AwardRow,
  type CareRow,
} from './council-figures.projection.js';
import { decimal } from './council-figures.rules.js';
import type {
  AwardedCare,
  CouncilFigures,
  FullCostShare,
  RatesReport,
} from './council-figures.view.js';

/** What is asked for; each has a default. */
export interface FiguresWanted {
  readonly week?: IsoWeek | undefined;
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
}

/** The last complete week and the twelve months that end today. */
export function periodOf({ week, from, to }: FiguresWanted, today: CivilDate) {
  const last = to ?? today;
  return {
    week: week ?? weekAfter(isoWeekOf(today), -1),
    from: from ?? addDays(addMonths(last, -12), 1),
    to: last,
  };
}

const liveOn = '"startOn" <= ? AND ("endsBefore" IS NULL OR "endsBefore" > ?)';

/** Reads of the figures that a council states. */
export class CouncilFiguresReads {
  readonly reader;
  readonly register: ContractRegisterReads;

  constructor(projector: Projector) {
    this.reader = projector.reader(councilFigures);
    this.register = new ContractRegisterReads(projector);
  }

  figures(viewer: Viewer, wanted: FiguresWanted, now: string): CouncilFigures {
    const statedOn = civilDateOf(now);
    const { week, from, to } = periodOf(wanted, statedOn);
    const weekStartsOn = mondayOf(week);
    const weekLastDay = addDays(weekStartsOn, 6);
    const days = daysBetween(from, to) + 1;
    const people = this.people(viewer, 'people', week);
    return {
      ...{ week, weekStartsOn, weekLastDay, from, to, days },
      ...this.care(viewer, week, people),
      awarded: this.awarded(viewer, from, to, days),
      fullCost: shareOf(this.people(viewer, 'funding/full-cost', week), people),
      rates: this.rates(viewer, weekLastDay),
      packagesNeedingTransition: this.needingTransition(viewer, statedOn),
      statedOn,
      asOf: asOf(this.reader.asOf()),
    };
  }

  private people(viewer: Viewer, kind: string, week: IsoWeek): number {
    return this.reader.figures.set(viewer, weekKey(kind, week))?.distinct ?? 0;
  }

  private care(viewer: Viewer, week: IsoWeek, people: number) {
    const counts = this.reader.figures.counter(viewer, weekKey('week', week));
    const { visits = 0, visitMinutes = 0, carerMinutes = 0 } = counts;
    const { deliveredVisits = 0, deliveredMinutes = 0 } = counts;
    const deliveredTo = this.people(viewer, 'delivered', week);
    return {
      planned: { people, visits, visitMinutes, carerMinutes, carerHours: hours(carerMinutes) },
      delivered: {
        people: deliveredTo,
        visits: deliveredVisits,
        carerMinutes: deliveredMinutes,
        carerHours: hours(deliveredMinutes),
      },
    };
  }

  /** Awards of a period to external providers, of each package the latest. */
  awards(viewer: Viewer, from: CivilDate, to: CivilDate): AwardRow[] {
    const all = this.reader.select(viewer, 'awards', {
      where: `"awardedOn" BETWEEN ? AND ? AND "contractType" <> 'in-house'`,
      params: [from, to],
    });
    return latestBy(all, ({ packageId }) => packageId);
  }

  /** Care that is given on a date. */
  careOn(viewer: Viewer, on: CivilDate): readonly CareRow[] {
    return this.reader.select(viewer, 'care', { where: liveOn, params: [on, on] });
  }

  private awarded(viewer: Viewer, from: CivilDate, to: CivilDate, days: number): AwardedCare {
    const awards = this.awards(viewer, from, to);
    const weeklyMinutes = total(awards);
    const latest = latestBy(awards, ({ personId }) => personId);
    return {
      ...{ packages: awards.length, people: latest.length, weeklyMinutes },
      ...(days > 0 && { hoursPerWeek: decimal(weeklyMinutes * 7, 60 * days, 2) }),
      ...(latest.length > 0 && {
        hoursPerPerson: decimal(total(latest), 60 * latest.length, 1),
        hoursPerPackage: decimal(weeklyMinutes, 60 * awards.length, 1),
      }),
    };
  }

  private rates(viewer: Viewer, on: CivilDate): RatesReport {
    const weights = this.weeklyMinutesByContract(viewer, on);
    const rates: number[] = [];
    let [penceMinutes, minutes] = [0, 0];
    for (const contract of this.register.frameworkContractsOn(viewer, on)) {
      const rate = standardRateOn(contract, on);
      if (rate === null) continue;
      rates.push(rate);
      const weight = weights.get(contract.contractId) ?? 0;
      penceMinutes += rate * weight;
      minutes += weight;
    }
    return {
      ...{ on, contracts: rates.length, averageWeightedBy: 'weekly hours of live packages' },
      ...(rates.length > 0 && {
        lowestPencePerHour: Math.min(...rates),
        highestPencePerHour: Math.max(...rates),
      }),
      ...(minutes > 0 && { averagePencePerHour: Number(decimal(penceMinutes, minutes, 0)) }),
    };
  }

  private weeklyMinutesByContract(viewer: Viewer, on: CivilDate): ReadonlyMap<string, number> {
    const minutes = new Map<string, number>();
    for (const { contractId, weeklyMinutes } of this.careOn(viewer, on)) {
      if (contractId) minutes.set(contractId, (minutes.get(contractId) ?? 0) + weeklyMinutes);
    }
    return minutes;
  }

  private needingTransition(viewer: Viewer, on: CivilDate): number {
    const over = this.register.contractsOverOn(viewer, on);
    const live = this.careOn(viewer, on);
    return live.filter(({ contractId }) => contractId !== null && over.has(contractId)).length;
  }
}

const total = (awards: readonly AwardRow[]): number =>
  awards.reduce((sum, { weeklyMinutes }) => sum + weeklyMinutes, 0);

/** A person awarded twice counts once, with the latest plan (S1-2). */
function latestBy(awards: readonly AwardRow[], keyOf: (award: AwardRow) => string): AwardRow[] {
  const latest = new Map<string, AwardRow>();
  for (const award of awards) {
    const other = latest.get(keyOf(award));
    if (!other || other.awardedAt < award.awardedAt) latest.set(keyOf(award), award);
  }
  return [...latest.values()];
}

const hours = (minutes: number): string => decimal(minutes, 60, 2);

const shareOf = (people: number, ofPeople: number): FullCostShare => ({
  ...{ people, ofPeople },
  ...(ofPeople > 0 && { percent: decimal(people * 100, ofPeople, 1) }),
});
