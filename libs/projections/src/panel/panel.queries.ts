import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, daysBetween } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { panel } from './panel.projection.js';
import { PanelCasesSort, type PanelCase, type PanelCasesFilter } from './panel.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

const order = {
  [PanelCasesSort.DUE_FIRST]: { column: 'dueOn', direction: 'asc' },
  [PanelCasesSort.OPENED_FIRST]: { column: 'openedAt', direction: 'asc' },
  [PanelCasesSort.OPENED_LAST]: { column: 'openedAt', direction: 'desc' },
} as const;

/** Reads of the panel's cases. */
export class PanelReads {
  readonly reader;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(panel);
  }

  cases(
    viewer: Viewer,
    { overdue, awaitedFrom, ...filter }: PanelCasesFilter,
    sort: PanelCasesSort,
    { first, cursor: after }: Paging,
  ): Page<PanelCase> {
    const today = civilDateOf(this.clock.now());
    const conditions: [string, string][] = [];
    if (overdue !== undefined) conditions.push([overdue ? '"dueOn" < ?' : '"dueOn" >= ?', today]);
    if (awaitedFrom !== undefined) conditions.push(['instr("awaited", ?) > 0', ` ${awaitedFrom} `]);
    const where = conditions.map(([clause]) => clause).join(' AND ');
    const params = conditions.map(([, param]) => param);
    const of = { filter, ...(where && { where, params }), orderBy: order[sort], first, after };
    const page = this.reader.page(viewer, 'cases', of);
    return {
      ...{ hasNextPage: page.hasNextPage, hasPreviousPage: page.hasPreviousPage, asOf: page.asOf },
      edges: page.edges.map((edge) => {
        const { brokerOrganisation: _, ...row } = edge.node;
        const isOpen = row.standing === 'pending' || row.standing === 'deferred';
        const dueOn = isOpen ? row.interimAuthority?.panelDueOn : undefined;
        const overdueDays = dueOn === undefined ? 0 : Math.max(0, daysBetween(dueOn, today));
        return { ...edge, node: { ...row, overdueDays } };
      }),
      get totalCount() {
        return page.totalCount;
      },
    };
  }
}
