import { hasRole, systemActor, type Viewer } from '#kernel/actor.js';
import { splitPence } from '#kernel/split.js';
import { civilDateOf, type CivilDate } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import { asOf, type ReadUpTo } from '#platform/graphql/paging.view.js';
import type { Position } from '#eventstore/event-store.js';
import { ContractRegisterReads } from '../contract-register/contract-register.queries.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import type { Offer } from './offer.view.js';
import type { PackageRow } from './package-row.rules.js';
import { forProvider, ofProvider, withToday, type PackageToday } from './seen.rules.js';
import { packages } from './package.projection.js';
import {
  type HistoryLine,
  type Package,
  type PackagesFilter,
  PackagesSort,
} from './package.view.js';

const orders = {
  NEWEST_FIRST: { column: 'receivedAt', direction: 'desc' },
  OLDEST_FIRST: { column: 'receivedAt', direction: 'asc' },
  START_FIRST: { column: 'startOn', direction: 'asc' },
  MOST_CARE_FIRST: { column: 'weeklyMinutes', direction: 'desc' },
} as const satisfies Record<PackagesSort, object>;

/** Reads of packages, their history and the offers for them. */
export class PackageReads {
  readonly reader;
  readonly register: ContractRegisterReads;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(packages);
    this.register = new ContractRegisterReads(projector);
  }

  /** A package now, or as it was known at a position. */
  package(viewer: Viewer, packageId: string, position?: Position): Package | undefined {
    const row = this.reader.get(viewer, 'packages', packageId, { asOf: position });
    const known = position === undefined ? this.reader.asOf() : { position };
    return row && this.shown(viewer, row, known);
  }

  packages(
    viewer: Viewer,
    wanted: PackagesFilter,
    sort: PackagesSort,
    { first, cursor: after }: { first: number; cursor?: string | undefined },
  ): Page<Package> {
    const asked = hasRole(viewer, 'provider')
      ? ofProvider(viewer, wanted)
      : { filter: { ...wanted } };
    const orderBy = orders[sort];
    const page = this.reader.page(viewer, 'packages', { ...asked, orderBy, first, after });
    const { hasNextPage, hasPreviousPage, asOf: known } = page;
    return {
      edges: page.edges.map((edge) => ({ ...edge, node: this.shown(viewer, edge.node, known) })),
      ...{ hasNextPage, hasPreviousPage, asOf: known },
      get totalCount() {
        return page.totalCount;
      },
    };
  }

  /** Replies to a package's requests, in the order of receipt. */
  offers(viewer: Viewer, packageId: string): Offer[] {
    const orderBy = { column: 'receivedAt', direction: 'asc' } as const;
    return [...this.reader.select(viewer, 'offers', { filter: { packageId }, orderBy })];
  }

  private shown(viewer: Viewer, row: PackageRow, known: ReadUpTo): Package {
    const { reader } = this;
    const today = civilDateOf(this.clock.now());
    const seen = hasRole(viewer, 'provider')
      ? forProvider(row, viewer.organisation ?? '', today)
      : withShares(withToday(row, today));
    return {
      ...{ ...seen, needsTransition: this.needsTransition(seen), asOf: asOf(known) },
      get history(): HistoryLine[] {
        const lines = reader.select(viewer, 'lines', { filter: { packageId: row.packageId } });
        return lines.filter(({ position }) => Number(position) <= known.position);
      },
    };
  }

  private needsTransition({ stage, award }: Pick<Package, 'stage' | 'award'>): boolean {
    if (stage !== 'live' || !award) return false;
    return this.contractsOver(civilDateOf(this.clock.now())).has(award.contractId);
  }

  /** Contracts end rarely: what is over on a day is asked once for each state of the register. */
  private contractsOver(on: CivilDate): ReadonlySet<string> {
    const of = `${on}/${this.register.reader.asOf().position}`;
    if (this.over?.of !== of)
      this.over = { of, contracts: this.register.contractsOverOn(systemActor, on) };
    return this.over.contracts;
  }

  private over: { readonly of: string; readonly contracts: ReadonlySet<string> } | undefined;
}

/** Each payer's part of the weekly cost; the pence of all parts sum to it (S2-21). */
function withShares(row: PackageToday): PackageToday {
  const { funding, weeklyCostPence } = row;
  if (funding.length === 0 || weeklyCostPence === undefined) return row;
  const parts = splitPence(
    weeklyCostPence,
    funding.map(({ basisPoints }) => basisPoints),
  );
  return {
    ...row,
    funding: funding.map((share, at) => ({ ...share, weeklyPence: parts[at] ?? 0 })),
  };
}
