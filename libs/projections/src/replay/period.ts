import { ArgsType, Field } from '@nestjs/graphql';
import { Matches } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { Position } from '#eventstore/event-store.js';
import {
  addDays,
  addMinutes,
  daysBetween,
  isCivilDate,
  londonInstant,
  type Instant,
} from '#kernel/time.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { packages } from '../package/package.projection.js';
import type { Projector } from '../read-side.js';

/** A period as a person names it. */
@ArgsType()
export class PeriodArgs {
  @Field({ description: 'The first day, London.' })
  @Matches(civilDate)
  fromOn: string;

  @Field({ description: 'The last day; a period has at most 92 days.' })
  @Matches(civilDate)
  lastDay: string;
}

const mostDays = 92;
/** Clocks of several nodes may differ by so much. */
const slackMinutes = 1;

/** The instants of a period that a person names by its first and last day. Throws `InvalidInput`. */
export function periodOf(
  fromOn: string,
  lastDay: string,
): { readonly from: Instant; readonly before: Instant } {
  const isPeriod = isCivilDate(fromOn) && isCivilDate(lastDay) && fromOn <= lastDay;
  if (!isPeriod || daysBetween(fromOn, lastDay) >= mostDays) {
    const message = `A period goes from a day to a later one, at most ${mostDays} days together.`;
    throw new InvalidInput([{ code: 'PeriodUnusable', path: 'lastDay', message }]);
  }
  const startOf = (day: string) => londonInstant(day, '00:00').instant;
  return { from: startOf(fromOn), before: startOf(addDays(lastDay, 1)) };
}

/** A position behind which everything lies that was recorded since an instant. */
export const positionBefore = (projector: Projector, from: Instant): Promise<Position> =>
  projector.reader(packages).positionAt(addMinutes(from, -slackMinutes));
