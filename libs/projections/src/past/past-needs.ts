import {
  addDays,
  firstOfMonth,
  isoWeekOf,
  monthAfter,
  weekAfter,
  type IsoWeek,
  type Month,
} from '#kernel/time.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilFigures } from '../council-figures/council-figures.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { kpi } from '../kpi/kpi.projection.js';
import type { PastNeeds } from './past-reads.js';

export const registerCategories = ['framework', 'provider', 'providerContract'];

/** What a month's KPIs, and the league, are worked out from. */
export const needsOfMonth = (month: Month): PastNeeds => ({
  projections: [kpi, contractRegister, councilPolicy],
  categories: [...registerCategories, 'councilPolicy'],
  // Windows of continuity that count in a month begin up to 13 days before it (S2-11).
  weeks: {
    from: isoWeekOf(addDays(firstOfMonth(month), -13)),
    before: weekAfter(isoWeekOf(addDays(firstOfMonth(monthAfter(month, 1)), -1)), 1),
  },
});

/** What the council's figures of a week, and of any period of awards, are worked out from. */
export const needsOfCouncilFigures = (week: IsoWeek): PastNeeds => ({
  projections: [councilFigures, contractRegister, councilPolicy],
  categories: ['carePackage', ...registerCategories, 'councilPolicy'],
  weeks: { from: week, before: weekAfter(week, 1) },
});
