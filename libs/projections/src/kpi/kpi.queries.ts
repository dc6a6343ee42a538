import { hasRole, systemActor, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { addDays, firstOfMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import type { Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { dueReport, figureOf, windowsOf } from './kpi-figures.rules.js';
import { finalOn, judgedFigures, summed, type Counts, type Figure } from './kpi-shares.rules.js';
import { kpi } from './kpi.projection.js';
import type { KpiSubject } from '#brokerage/stated-figure/stated-figure.commands.js';
import type { ProviderKpiRow, ProviderKpis } from './kpi.view.js';

/** Whose KPIs of which month are asked for. */
export interface KpiQuestion {
  readonly month: Month;
  readonly today: CivilDate;
  readonly by: KpiSubject;
  readonly providerId: string | undefined;
}

/** Reads of the KPIs; every counter is stored, nothing is counted again unless it is given. */
export class KpiReads {
  readonly reader;
  readonly policy: CouncilPolicyReads;
  private readonly register;

  /** @param counted figures of the month that is asked for, counted for this answer */
  constructor(
    projector: Projector,
    private readonly counted?: readonly Figure[],
  ) {
    this.reader = projector.reader(kpi);
    this.policy = new CouncilPolicyReads(projector);
    this.register = projector.reader(contractRegister);
  }

  providerKpis(
    viewer: Viewer,
    month: Month,
    today: CivilDate,
    providerId: string | undefined,
    by: KpiSubject = 'provider',
  ): ProviderKpis {
    const question = { month, today, by, providerId: ownOnly(viewer) ?? providerId };
    return this.kpisOf(this.figures(viewer, month, today), question, this.policyOf(month));
  }

  /** Figures of a month as KPIs, whoever counted them. */
  kpisOf(figures: readonly Figure[], question: KpiQuestion, policy: CouncilPolicy): ProviderKpis {
    const { month, today, by, providerId } = question;
    const wanted = providerId === undefined ? figures : figures.filter(isOf(providerId));
    const final = finalOn(month, policy);
    const groups = Map.groupBy(wanted, (figure) => groupOf[by](figure));
    const rows = [...groups].map(([group, some]): ProviderKpiRow => {
      const provider = by === 'provider' ? group : providerId;
      return {
        ...(provider !== undefined && {
          ...{ providerId: provider, providerName: this.nameOf(provider) },
        }),
        ...(by === 'patch' && { patch: group }),
        ...judgedFigures(some, policy, today >= final),
      };
    });
    return {
      ...{ month, by, finalOn: final, rows: rows.toSorted(byName) },
      provisional: today < final || rows.some(({ provisional }) => provisional),
      asOf: asOf(this.reader.asOf()),
    };
  }

  /** Counts by provider, patch and set of KPIs in a month, as far as the viewer may see. */
  figures(viewer: Viewer, month: Month, today: CivilDate): Figure[] {
    if (this.counted) {
      const sees = ({ providerId }: Figure) =>
        kpi.figuresVisibleTo?.(`visits|${month}|${providerId}`, viewer) ?? false;
      return this.counted.filter(sees);
    }
    const { figures } = this.reader;
    const { from, before } = windowsOf(month, today);
    const windows = { from: `continuity|${from}`, before: `continuity|${before}` };
    const unreported = figures
      .counters(viewer, { prefix: `unreported|${month}|` })
      .flatMap(({ key, counts }) => dueReport(key, counts, today));
    return [
      ...figures.counters(viewer, { prefix: `visits|${month}|` }).map(figureOf),
      ...(from < before ? figures.counters(viewer, windows).map(figureOf) : []),
      ...unreported,
    ];
  }

  /** Counts of each provider with visits or windows in a month, as far as the viewer may see. */
  months(viewer: Viewer, month: Month, today: CivilDate): ReadonlyMap<string, Counts> {
    const figures = this.figures(viewer, month, today);
    const providers = Map.groupBy(figures, ({ providerId }) => providerId);
    return new Map([...providers].map(([providerId, some]) => [providerId, summed(some)]));
  }

  isKnown(providerId: string): boolean {
    return this.register.get(systemActor, 'providers', providerId) !== undefined;
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

/** The provider of a viewer who may see no other's figures. */
export const ownOnly = (viewer: Viewer): string | undefined =>
  hasRole(viewer, ...comparingRoles, 'system') ? undefined : viewer.organisation;

const isOf = (providerId: string) => (figure: Figure) => figure.providerId === providerId;

const groupOf: Readonly<Record<KpiSubject, (figure: Figure) => string>> = {
  provider: ({ providerId }) => providerId,
  patch: ({ patch }) => patch,
  council: () => '',
};

const nameOfRow = ({ patch, providerName }: ProviderKpiRow): string => patch ?? providerName ?? '';

const byName = (a: ProviderKpiRow, b: ProviderKpiRow): number =>
  nameOfRow(a) < nameOfRow(b) ? -1 : 1;
