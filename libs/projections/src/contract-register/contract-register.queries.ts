import type { Viewer } from '#kernel/actor.js';
import type { CivilDate } from '#kernel/time.js';
import { comparedName } from '#brokerage/provider/provider.rules.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { contractRegister } from './contract-register.projection.js';
import { withGaps } from './contract-register.rules.js';
import type { Contract, Framework, Provider } from './contract-register.view.js';
import type { ProviderQuality } from './provider-quality.view.js';

const liveOn = '"startsOn" <= ? AND ("endsBefore" IS NULL OR "endsBefore" > ?)';

export interface ContractsWanted {
  readonly providerId?: string | undefined;
  readonly type?: string | undefined;
  readonly lot?: string | undefined;
  readonly on?: CivilDate | undefined;
}

export interface ProvidersWanted extends Omit<ContractsWanted, 'providerId'> {
  readonly name?: string | undefined;
  readonly suspendedOn?: CivilDate | undefined;
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

  /** Providers by name, of the contracts and the standing that are asked for (S1-4, S3-10, X7). */
  providers(
    viewer: Viewer,
    wanted: ProvidersWanted,
    { first, cursor: after }: { first: number; cursor?: string | undefined },
  ): Page<Provider> {
    const orderBy = { column: 'legalName', direction: 'asc' } as const;
    const selection = providersWhere(wanted);
    return this.reader.page(viewer, 'providers', { ...selection, orderBy, first, after });
  }

  /** The provider that has exactly this name, or all that share it (S1-4). */
  providersNamed(viewer: Viewer, name: string): readonly Provider[] {
    return this.reader.select(viewer, 'providers', {
      where: `EXISTS (SELECT 1 FROM json_each(body, '$.comparedNames') WHERE value = ?)`,
      params: [comparedName(name)],
    });
  }

  /** Providers with their assessments; `overdueOn`: the next one was due before, or none was made. */
  quality(
    viewer: Viewer,
    { overdueOn, openReviews }: { overdueOn?: CivilDate | undefined; openReviews?: boolean },
    { first, cursor: after }: { first: number; cursor?: string | undefined },
  ): Page<ProviderQuality> {
    const overdue = '("nextAssessmentDueOn" IS NULL OR "nextAssessmentDueOn" < ?)';
    const orderBy = { column: 'legalName', direction: 'asc' } as const;
    return this.reader.page(viewer, 'quality', {
      ...(openReviews && { filter: { underReview: 1 } }),
      ...(overdueOn && { where: overdue, params: [overdueOn] }),
      ...{ orderBy, first, after },
    });
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
  `key IN (SELECT "contractId" FROM lots
    WHERE lot = ?${dated ? ' AND "admittedOn" <= ?' : ''})`;

const named = `EXISTS (SELECT 1 FROM json_each(body, '$.comparedNames') WHERE instr(value, ?) > 0)`;
const suspendedOn = `EXISTS (SELECT 1 FROM json_each(body, '$.suspensions') AS suspension
  WHERE suspension.value ->> '$.fromOn' <= ?
    AND coalesce(suspension.value ->> '$.liftedOn', '9999') > ?)`;

/** By a part of a name, by contracts of a type, a lot and a date, and by suspension on a date. */
function providersWhere({ name, type, lot, on, suspendedOn: suspended }: ProvidersWanted) {
  const contracts = selectionOf({ lot, on });
  const ofContracts = [
    ...(type ? ['type = ?'] : []),
    ...(contracts.where ? [contracts.where] : []),
  ];
  const where = [
    ...(name === undefined ? [] : [named]),
    ...(suspended ? [suspendedOn] : []),
    ...(ofContracts.length > 0
      ? [`key IN (SELECT "providerId" FROM contracts WHERE ${ofContracts.join(' AND ')})`]
      : []),
  ];
  if (where.length === 0) return {};
  return {
    where: where.join(' AND '),
    params: [
      ...(name === undefined ? [] : [comparedName(name)]),
      ...(suspended ? [suspended, suspended] : []),
      ...(type ? [type] : []),
      ...contracts.params,
    ],
  };
}
