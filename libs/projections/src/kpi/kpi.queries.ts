import { systemActor, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicy, KpiTargets } from '#kernel/council-policy.js';
import { display, meets, type Share } from '#kernel/share.js';
import { addDays, firstOfMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import type { Projector } from '../read-side.js';
import { kpi } from './kpi.projection.js';
import { providerOf } from './kpi.rules.js';
import type { KpiShare, ProviderKpiRow, ProviderKpis } from './kpi.view.js';

type Counts = Record<string, number>;

/** The four shares of a provider's month, before any target. */
export type Shares = Readonly<Record<keyof KpiTargets, Share>>;

/** Reads of the KPIs; every counter is stored, nothing is counted again. */
export class KpiReads {
  readonly reader;
  readonly policy: CouncilPolicyReads;
  private readonly register;

  constructor(projector: Projector) {
    this.reader = projector.reader(kpi);
    this.policy = new CouncilPolicyReads(projector);
    this.register = projector.reader(contractRegister);
  }

  providerKpis(
    viewer: Viewer,
    month: Month,
    today: CivilDate,
    providerId: string | undefined,
  ): ProviderKpis {
    const { targetPercent } = this.policyOf(month);
    const rows = [...this.months(viewer, month, today)]
      .filter(([id]) => providerId === undefined || id === providerId)
      .map(([id, counts]) => rowOf(id, this.nameOf(id), counts, targetPercent));
    const byName = (a: ProviderKpiRow, b: ProviderKpiRow) =>
      a.providerName < b.providerName ? -1 : 1;
    return { month, rows: rows.toSorted(byName), asOf: asOf(this.reader.asOf()) };
  }

  /** Counts of each provider with visits or windows in a month, as far as the viewer may see. */
  months(viewer: Viewer, month: Month, today: CivilDate): ReadonlyMap<string, Counts> {
    const providers = new Map<string, Counts>();
    const add = (key: string, counts: Readonly<Record<string, number>>) => {
      const id = providerOf(key);
      const sum = providers.get(id) ?? {};
      for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
      providers.set(id, sum);
    };
    const { figures } = this.reader;
    const visits = figures.counters(viewer, { prefix: `visits|${month}|` });
    for (const { key, counts } of visits) add(key, counts);
    const { from, before } = windowsOf(month, today);
    if (from >= before) return providers;
    const range = { from: `continuity|${from}`, before: `continuity|${before}` };
    for (const { key, counts } of figures.counters(viewer, range)) add(key, counts);
    return providers;
  }

  nameOf(providerId: string): string {
    return this.register.get(systemActor, 'providers', providerId)?.legalName ?? providerId;
  }

  /** Whether a provider works under a contract: in-house teams are no part of the league. */
  isContracted(providerId: string): boolean {
    const filter = { providerId };
    const contracts = this.register.select(systemActor, 'contracts', { filter });
    return contracts.length === 0 || contracts.some(({ type }) => type !== 'in-house');
  }

  /** The council policy in force on a month's last day. */
  policyOf(month: Month): CouncilPolicy {
    return this.policy.inForceOn(addDays(firstOfMonth(monthAfter(month, 1)), -1));
  }
}

/** Windows count in the month of their 14th day, and are judged once that day is over (S2-11). */
export function windowsOf(month: Month, today: CivilDate) {
  const from = addDays(firstOfMonth(month), -13);
  const next = addDays(firstOfMonth(monthAfter(month, 1)), -13);
  const unfinished = addDays(today, -13);
  return { from, before: next < unfinished ? next : unfinished };
}

export const sharesOf = (counts: Counts): Shares => {
  const { attended = 0, partiallyAttended = 0, missed = 0 } = counts;
  const came = attended + partiallyAttended;
  return {
    punctualityStandard: share(counts['onTimeStandard'], counts['startedStandard']),
    punctualityCritical: share(counts['onTimeCritical'], counts['startedCritical']),
    continuity: share(counts['kept'], counts['windows']),
    notMissed: share(came, came + missed),
  };
};

export const evidencedOf = ({ attended = 0, partiallyAttended = 0, missed = 0 }: Counts): number =>
  attended + partiallyAttended + missed;

const share = (kept = 0, required = 0): Share => ({ kept, required });

export function judged(shares: Shares, targets: KpiTargets) {
  const of = (name: keyof KpiTargets): KpiShare => {
    const met = meets(shares[name], targets[name]);
    return {
      ...shares[name],
      targetPercent: targets[name],
      ...(met !== null && { met }),
      display: display(shares[name], targets[name]),
    };
  };
  return {
    punctualityStandard: of('punctualityStandard'),
    punctualityCritical: of('punctualityCritical'),
    notMissed: of('notMissed'),
    continuity: of('continuity'),
  };
}

const rowOf = (
  providerId: string,
  providerName: string,
  counts: Counts,
  targets: KpiTargets,
): ProviderKpiRow => ({
  ...{ providerId, providerName },
  ...judged(sharesOf(counts), targets),
  planned: counts['planned'] ?? 0,
  excused: counts['excused'] ?? 0,
  attended: counts['attended'] ?? 0,
  partiallyAttended: counts['partiallyAttended'] ?? 0,
  missed: counts['missed'] ?? 0,
  missedReportedByProvider: counts['missedReportedByProvider'] ?? 0,
  missedReportedByCouncil: counts['missedReportedByCouncil'] ?? 0,
  evidenced: evidencedOf(counts),
});
