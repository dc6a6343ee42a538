import { hasRole, type Role, type Viewer } from '#kernel/actor.js';
import {
  statableQueries,
  type FigureStated,
  type StatableQuery,
} from '#brokerage/stated-figure/stated-figure.events.js';
import { figureStaters } from '#brokerage/stated-figure/stated-figure.rules.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';

export type StatedFigureRow = FigureStated['data'];

/** Who reads a released figure: who may release it, and the auditor. */
const readersOf = (query: StatableQuery): readonly Role[] => [
  ...figureStaters[query],
  'auditor',
  'system',
];

const readable = (viewer: Viewer): StatableQuery[] =>
  statableQueries.filter((query) => hasRole(viewer, ...readersOf(query)));

/** Figures that were released, each as it was given. */
export const statedFigures = defineProjection<FigureStated>()({
  name: 'stated-figures',
  version: 1,
  tables: {
    figures: table<StatedFigureRow>()({
      columns: {
        query: text((row) => row.query.name),
        reference: text((row) => row.reference),
        statedAt: text((row) => row.statedAt),
      },
      indexes: [['statedAt'], ['reference', 'statedAt']],
      visibleTo: (row, viewer) => hasRole(viewer, ...readersOf(row.query.name)),
      visibleWhere: (viewer) => ({ query: readable(viewer) }),
    }),
  },
  on: {
    FigureStated: ({ data, tables }) => {
      tables.figures.change(data.figureId, () => data);
    },
  },
});
