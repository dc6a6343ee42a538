import * as cells from '../csv-import/csv-import.cells.js';
import { providerNamed } from '../csv-import/csv-import.directory.js';
import { columnNamed, fieldOf } from '../csv-import/csv-import.problems.js';
import { CellReading } from '../csv-import/csv-import.reading.js';
import type { TableRow } from '../csv-import/csv-import.table.js';
import { comparedName } from '../provider/provider.rules.js';
import { SetRateCard } from '../provider-contract/provider-contract.commands.js';
import {
  contractTypes,
  dayKinds,
  type ContractType,
} from '../provider-contract/provider-contract.events.js';
import { usualHours, type RateCard } from '../provider-contract/rate-card.rules.js';
import { positive } from './register-import.cells.js';
import { rateColumns } from './register-import.columns.js';
import {
  contractOfProvider,
  onlyContractInForce,
  type RegisterDirectory,
} from './register-import.directory.js';
import {
  changeBy,
  numbersOf,
  rowsByKey,
  type Change,
  type RegisterEntry,
  type RegisterReading,
} from './register-import.entry.js';
import { ensure } from './register-import.rules.js';

type Name = keyof typeof rateColumns;
type Rows = readonly [TableRow<Name>, ...TableRow<Name>[]];

interface CardDraft {
  readonly provider: string;
  readonly contract: string;
  readonly type: ContractType;
  readonly card: Omit<SetRateCard, 'commandId' | 'contractId'>;
}

/** Reads the rows of one card. */
class CardRows extends CellReading<Name> {
  constructor(rows: Rows) {
    super(rateColumns, rows);
    const hours = ['day_from', 'evening_from', 'night_from'] as const;
    this.compareRows(hours, 'Rows of one card have the same hours.');
  }

  draft(): CardDraft {
    const [{ cells: first }] = this.rows;
    return {
      provider: this.said('provider', cells.anyText, ''),
      contract: first.contract.toLowerCase(),
      type: this.said('contract_type', cells.codeIn(contractTypes), 'framework'),
      card: {
        effectiveOn: this.said('effective_on', cells.date, ''),
        rates: this.rows.map((row) => this.rate(row)),
        ...this.hours(),
      },
    };
  }

  private rate(row: TableRow<Name>) {
    const visitMinutes = this.cell(row, 'visit_minutes', positive);
    return {
      dayKind: this.cell(row, 'day_kind', cells.codeIn(dayKinds)) ?? 'weekday-day',
      pencePerHour: this.cell(row, 'rate', cells.pounds) ?? 0,
      ...(visitMinutes && { visitMinutes }),
    };
  }

  private hours(): Pick<SetRateCard, 'hours'> {
    if (!this.needsAll(['day_from', 'evening_from', 'night_from'])) return {};
    return {
      hours: {
        dayFrom: this.said('day_from', cells.timeOfDay, ''),
        eveningFrom: this.said('evening_from', cells.timeOfDay, ''),
        nightFrom: this.said('night_from', cells.timeOfDay, ''),
      },
    };
  }
}

/** One rate in each row; rows of one contract and day are a card. Earlier cards come first. */
export const rateFiles: RegisterReading<Name> = {
  columns: rateColumns,
  entries: (rows) => {
    const dayOf = ({ cells: { effective_on: on } }: TableRow<Name>) => cells.date(on) ?? on;
    const keyOf = (row: TableRow<Name>) => {
      const { provider, contract, contract_type: type } = row.cells;
      const code = cells.codeIn(contractTypes)(type === '' ? 'framework' : type) ?? type;
      return JSON.stringify([comparedName(provider), contract.toLowerCase(), code, dayOf(row)]);
    };
    return rowsByKey(rows, keyOf)
      .toSorted(([a], [b]) => (dayOf(a) < dayOf(b) ? -1 : 1))
      .map(entryOf);
  },
};

function entryOf(rows: Rows): RegisterEntry<Name> {
  const reading = new CardRows(rows);
  const draft = reading.draft();
  return {
    rows: numbersOf(rows),
    problems: reading.problems,
    placeOf: ({ code, path }) => {
      const [, line = '0'] = /^rates\.(\d+)/.exec(path) ?? [];
      const field = fieldOf(path);
      const named = columnsOfFields[code] ?? columnsOfFields[field];
      return {
        row: rows[Number(line)]?.row ?? rows[0].row,
        column: named ?? columnNamed(rateColumns, field) ?? 'contract',
      };
    },
    changes: (register) => changesOf(draft, register),
  };
}

/** Fields that are no column of the same name, and rules about a whole card. */
const columnsOfFields: Readonly<Record<string, Name>> = {
  providerId: 'provider',
  contractId: 'contract',
  rates: 'day_kind',
  pencePerHour: 'rate',
  hours: 'day_from',
};

function changesOf({ provider, contract, type, card }: CardDraft, register: RegisterDirectory) {
  const providerId = providerNamed(register, provider);
  const found =
    contract === ''
      ? onlyContractInForce(register, { providerId, type, on: card.effectiveOn })
      : contractOfProvider(register, contract, providerId);
  if (found.rateCards.some((known) => isSameCard(known, card))) return [];
  const { contractId } = found;
  const latest = found.rateCards.at(-1)?.effectiveOn;
  ensure(latest === undefined || found.type === 'cost-and-volume', 'ContractPricedAlready', {
    path: 'effectiveOn',
    message:
      `The contract has prices from ${latest} on. An import sets first prices: propose a rate ` +
      'uplift, which a second person approves, or set the card of this contract alone.',
  });
  return [changeBy(SetRateCard, { contractId, ...card })] satisfies readonly Change[];
}

/** The same prices at the same hours from the same day on, in whatever order. */
const isSameCard = (known: RateCard, card: RateCard): boolean =>
  known.effectiveOn === card.effectiveOn &&
  told(known) === told(card) &&
  hoursOf(known) === hoursOf(card);

const told = ({ rates }: RateCard): string =>
  rates
    .map(
      ({ dayKind, visitMinutes, pencePerHour }) =>
        `${dayKind}/${visitMinutes ?? ''}=${pencePerHour}`,
    )
    .toSorted()
    .join();

const hoursOf = ({ hours = usualHours }: RateCard): string =>
  [hours.dayFrom, hours.eveningFrom, hours.nightFrom].join();
