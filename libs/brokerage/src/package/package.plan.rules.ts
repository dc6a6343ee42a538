import type { ScheduleLine } from '#kernel/schedule.js';
import { lastValue, valueOn } from '#kernel/timeline.js';
import { addDays, mondayOf, type CivilDate, type Instant, type IsoWeek } from '#kernel/time.js';
import { coverOn, layerOn, type CareHolder } from './package.cover.rules.js';
import type { CareLine } from './package.events.js';
import type { PackageState } from './package.rules.js';

/** Days of one week with the same plan: one provider, one schedule, suspended or not. */
export interface PlanSpan extends CareHolder {
  readonly fromOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly schedule: readonly ScheduleLine[];
  /** A start is not changed for a visit that had begun by then (S2-9). */
  readonly submittedAt?: Instant;
  /** Why the visits of these days are excused; absent: they are not. */
  readonly suspendedBecause?: string;
}

/** What a week's plan is made of: who is responsible and the schedule in force, day by day (X18). */
export function planSpans(state: PackageState, week: IsoWeek): PlanSpan[] {
  const monday = mondayOf(week);
  const spans: PlanSpan[] = [];
  let key: readonly unknown[] = [];
  for (let day = 0; day < 7; day += 1) {
    const on = addDays(monday, day);
    const holder = valueOn(state.service.holders, on);
    const layer = layerOn(state.service, on);
    if (!holder || !layer) {
      key = [];
      continue;
    }
    const suspendedBecause = suspendedOn(state, on);
    const before = spans.at(-1);
    const next = [holder, layer, suspendedBecause];
    if (before && next.every((part, at) => part === key[at])) {
      spans[spans.length - 1] = { ...before, endsBefore: addDays(on, 1) };
    } else {
      const { submittedAt } = layer;
      spans.push({
        ...{ ...holder, fromOn: on, endsBefore: addDays(on, 1) },
        schedule: layer.schedule.map((line) => plannedLine(line, state.needs?.carerGenderNeed)),
        ...(submittedAt !== null && { submittedAt }),
        ...(suspendedBecause !== undefined && { suspendedBecause }),
      });
    }
    key = next;
  }
  return spans;
}

/** An agreed start during a suspension presumes the person's return by then. */
function suspendedOn({ service }: PackageState, on: CivilDate): string | undefined {
  if (service.awaited && on >= service.awaited.startOn) return undefined;
  const cover = coverOn(service, on);
  return cover?.kind === 'suspension' ? cover.reason : undefined;
}

/** Whose plan it was last, for a week in which nobody has visits. */
export const lastHolder = ({ service: { holders } }: PackageState): CareHolder | null =>
  lastValue(holders) ?? holders.findLast(({ value }) => value !== null)?.value ?? null;

const plannedLine = (care: CareLine, genderNeed: string | undefined): ScheduleLine => {
  const { line, days, start, minutes, carers, critical, latestStart, shortVisitAgreement } = care;
  const isNeeded = genderNeed === 'female' || genderNeed === 'male';
  return {
    ...{ line, days, start, minutes, carers, critical },
    ...(shortVisitAgreement && { shortAgreed: true as const }),
    ...(latestStart !== undefined && { latestStart }),
    ...(isNeeded && { carerGender: genderNeed }),
  };
};
