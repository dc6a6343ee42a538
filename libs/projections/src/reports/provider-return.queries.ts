import type { Viewer } from '#kernel/actor.js';
import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate, Month } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { KpiReads } from '../kpi/kpi.queries.js';
import { coverageOf, finalOn, isIncomplete, summed } from '../kpi/kpi-shares.rules.js';
import type { Projector } from '../read-side.js';
import { csvOf } from './report-csv.js';
import { providerReturn } from './provider-return.projection.js';
import { packageCounts, returnKey } from './provider-return.rules.js';
import type { ProviderReturn } from './provider-return.view.js';

const ensure: ReturnType<typeof ruleBook<{ ProviderUnknown: string }>> = ruleBook({
  ProviderUnknown: 'There is no such provider.',
});

/** The monthly provider return of formats.md (X22). */
export class ProviderReturnReads {
  readonly reader;
  readonly kpis: KpiReads;

  constructor(projector: Projector) {
    this.reader = projector.reader(providerReturn);
    this.kpis = new KpiReads(projector);
  }

  /** Throws a `Rejection` for a provider that is not in the register: noughts would say that it is. */
  providerReturn(
    viewer: Viewer,
    month: Month,
    today: CivilDate,
    providerId: string,
  ): ProviderReturn {
    ensure(this.kpis.isKnown(providerId), 'ProviderUnknown', { path: 'providerId' });
    const figures = this.kpis.figures(viewer, month, today);
    const visits = summed(figures.filter((figure) => figure.providerId === providerId));
    const counts = this.reader.figures.counter(viewer, returnKey(month, providerId));
    const policy = this.kpis.policyOf(month);
    const isFinal = today >= finalOn(month, policy);
    return {
      ...{ month, providerId, providerName: this.kpis.nameOf(providerId) },
      ...packageCounts(this.reader.select(viewer, 'care', { filter: { providerId } }), month),
      packagesAwarded: counts['awarded'] ?? 0,
      requestsReceived: counts['requests'] ?? 0,
      requestsAccepted: counts['accepted'] ?? 0,
      requestsRejected: counts['rejected'] ?? 0,
      requestsNoResponse: counts['noResponse'] ?? 0,
      visitsScheduled: visits['planned'] ?? 0,
      visitsLate: visits['late'] ?? 0,
      visitsMissed: visits['missed'] ?? 0,
      visitsCancelledByProvider: visits['cancelledByProvider'] ?? 0,
      visitsRescheduled: visits['rescheduled'] ?? 0,
      visitsCancelledByPerson: visits['cancelledByPerson'] ?? 0,
      visitsCancelledByPersonShortNotice: visits['cancelledByPersonShort'] ?? 0,
      restartsOffered: counts['restartsOffered'] ?? 0,
      restartsTaken: counts['restartsTaken'] ?? 0,
      provisional: !isFinal || isIncomplete(coverageOf(visits), policy),
      asOf: asOf(this.reader.asOf()),
    };
  }
}

/** One line, the names of the query as its head. */
export function returnCsv({ asOf: _, ...row }: ProviderReturn): string {
  return csvOf(Object.keys(row), [Object.values(row)]);
}
