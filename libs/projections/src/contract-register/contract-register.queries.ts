import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import type { CivilDate } from '#kernel/time.js';
import { comparedName } from '#brokerage/provider/provider.rules.js';
import type { Page } from '../projector/paging.js';
import { settled, type Projector } from '../read-side.js';
import { contractRegister } from './contract-register.projection.js';
import { withGaps } from './contract-register.rules.js';
import type { Contract, Framework, Provider } from './contract-register.view.js';
import {
  contractTypesOf,
  costUnder,
  isEligible,
  type CareWanted,
  type EligibleContract,
} from './eligibility.rules.js';

export type EligibilityQuestion = CareWanted;

const liveOn = '"startsOn" <= ? AND ("endsBefore" IS NULL OR "endsBefore" > ?)';

/**
 * Who may be invited to a request: the live contracts of the route, ordered by id, in a framework
 * admitted to the lot on the start date, that cover the patch, and whose provider is not suspended then; a provider
 * with several is invited under the one that began last. Knows all that the log holds now, up to
 * `position`; throws `ReadModelBehind` when the register does not come that far in time.
 */
export async function eligibleContracts(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  wanted: EligibilityQuestion,
): Promise<{ value: readonly EligibleContract[]; position: Position }> {
  const reader = projector.reader(contractRegister);
  const position = await settled(reader, contractRegister, store);
  const live = reader.select(systemActor, 'contracts', {
    filter: { type: contractTypesOf(wanted) },
    where: liveOn,
    params: [wanted.startOn, wanted.startOn],
    orderBy: { column: 'startsOn', direction: 'desc' },
  });
  const byProvider = new Map<string, EligibleContract>();
  for (const contract of live) {
    const { providerId, contractId, type: contractType } = contract;
    if (byProvider.has(providerId) || !isEligible(contract, wanted)) continue;
    const cost = { weeklyCostPence: costUnder(contract, wanted) };
    byProvider.set(providerId, { providerId, contractId, contractType, ...cost });
  }
  const byContract = (a: EligibleContract, b: EligibleContract) =>
    a.contractId < b.contractId ? -1 : 1;
  return { value: [...byProvider.values()].toSorted(byContract), position };
}

export interface ContractsWanted {
  readonly providerId?: string | undefined;
  readonly type?: string | undefined;
  readonly lot?: string | undefined;
  readonly on?: CivilDate | undefined;
}

/** Reads of the register of contracts (S3-10). */
export class ContractRegisterReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(contractRegister);
  }

  contracts(
    viewer: Viewer,
    wanted: ContractsWanted,
    page: { first: number; cursor?: string | undefined },
  ): Page<Contract> {
    const selection = selectionOf(wanted);
    const orderBy = { column: 'providerName', direction: 'asc' } as const;
    const { first, cursor: after } = page;
    return this.reader.page(viewer, 'contracts', { ...selection, orderBy, first, after });
  }

  /** Providers by name; `name` may be a part of any of a provider's names (S1-4). */
  providers(
    viewer: Viewer,
    name: string | undefined,
    page: { first: number; cursor?: string | undefined },
  ): Page<Provider> {
    const selection = name === undefined ? {} : named(name);
    const orderBy = { column: 'legalName', direction: 'asc' } as const;
    const { first, cursor: after } = page;
    return this.reader.page(viewer, 'providers', { ...selection, orderBy, first, after });
  }

  frameworks(viewer: Viewer): Framework[] {
    const orderBy = { column: 'startsOn', direction: 'asc' } as const;
    return withGaps(this.reader.select(viewer, 'frameworks', { orderBy }));
  }

  /** Framework contracts in force on a date. */
  frameworkContractsOn(viewer: Viewer, on: CivilDate): readonly Contract[] {
    const filter = { type: 'framework' };
    return this.reader.select(viewer, 'contracts', { filter, where: liveOn, params: [on, on] });
  }

  /** The contracts that are over on a date: live care under them is to move (S1-7). */
  contractsOverOn(viewer: Viewer, on: CivilDate): ReadonlySet<string> {
    const rows = this.reader.select(viewer, 'contracts', {
      where: '"endsBefore" <= ?',
      params: [on],
    });
    return new Set(rows.map(({ contractId }) => contractId));
  }
}

function selectionOf({ providerId, type, lot, on }: ContractsWanted) {
  const where = [...(on ? [liveOn] : []), ...(lot ? [admittedTo(on !== undefined)] : [])];
  return {
    filter: { providerId, type },
    ...(where.length > 0 && { where: where.join(' AND ') }),
    params: [...(on ? [on, on] : []), ...(lot ? [lot] : []), ...(lot && on ? [on] : [])],
  };
}

const admittedTo = (dated: boolean): string =>
  `EXISTS (SELECT 1 FROM json_each(body, '$.admissions') AS admission,
      json_each(admission.value, '$.lots') AS lot
    WHERE lot.value = ?${dated ? ` AND admission.value ->> '$.admittedOn' <= ?` : ''})`;

const named = (name: string) => ({
  where: `EXISTS (SELECT 1 FROM json_each(body, '$.comparedNames') WHERE instr(value, ?) > 0)`,
  params: [comparedName(name)],
});
