import { hasRole, type Viewer } from '#kernel/actor.js';
import { addDays } from '#kernel/time.js';
import type { MinimumPriceRecorded } from '#brokerage/fair-price/fair-price.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import type { MinimumPriceRow } from './fair-price.view.js';

/** Who sees rates beside what they should be: never a broker, who would compare providers by it. */
export const fairPriceRoles = ['commissioner', 'finance', 'quality-officer', 'auditor'] as const;

const seesPrices = (viewer: Viewer): boolean => hasRole(viewer, ...fairPriceRoles, 'system');

/** Published minimum prices (X8). */
export const fairPrice = defineProjection<MinimumPriceRecorded>()({
  name: 'fair-price',
  version: 1,
  tables: {
    prices: table<MinimumPriceRow>()({
      columns: { startsOn: text((row) => row.startsOn) },
      visibleTo: (_, viewer) => seesPrices(viewer),
    }),
  },
  on: {
    MinimumPriceRecorded: ({ data, tables }) => {
      const { startsOn, endsBefore, pencePerHour, source } = data;
      const row = { startsOn, lastDay: addDays(endsBefore, -1), pencePerHour, source };
      tables.prices.change(startsOn, () => row);
    },
  },
});
