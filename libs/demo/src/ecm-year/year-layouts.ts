import { addDays, civilDateOf, instantMs, isoWeekOf, localTimeOf, mondayOf } from '#kernel/time.js';
import type { Instant } from '#kernel/time.js';
import type { YearClock, YearProvider } from './year-providers.js';
import type { YearRow } from './year-rows.js';

/** What the rows of a file have in common. */
export interface FileOf {
  readonly provider: YearProvider;
  readonly fileRef: string;
  readonly rows: readonly YearRow[];
}

const abacusColumns = [
  ...['FileReference', 'Description', 'Created', 'ProviderRef', 'ContractNumber'],
  ...['ServiceUserRef', 'ServiceUserDetails', 'WeekEnding', 'OurRef', 'ServiceUserContribution'],
  ...['PaymentClaimed', 'ServiceType', 'VisitDate', 'StartTimeClaimed', 'DurationClaimed'],
  ...['ActualStartTime', 'ActualDuration', 'SecondaryVisit', 'NumberOfCarers', 'CarerRef'],
  'Sequence',
];

/** As Abacus sends it: British dates, times of day, durations. */
export const abacusFile = ({ provider, fileRef, rows }: FileOf): string =>
  text(
    abacusColumns,
    rows.map((row) => {
      const { on, leg, carer = '', sequence, spoilt } = row;
      const weekEnding = addDays(mondayOf(isoWeekOf(on)), 6);
      const visitDate = spoilt === 'week' ? addDays(weekEnding, 1) : on;
      const [start, duration] =
        row.status === 'delivered' ? abacusLog(provider.clock, row) : ['', ''];
      return [
        ...[fileRef, 'Service delivery', british(weekEnding), provider.key, 'HC-1'],
        ...[spoilt === 'person' ? 'P-0' : row.personRef, '', british(weekEnding), row.visitRef, ''],
        ...['', 'Home care', spoilt === 'date' ? '31/02/2026' : british(visitDate)],
        ...[row.plannedStart, '', start, duration, leg > 1 ? 'true' : 'false', ''],
        ...[carer, String(sequence)],
      ];
    }),
  );

function abacusLog(clock: YearClock, { inAt, outAt }: YearRow): [string, string] {
  if (inAt === undefined) return ['', ''];
  if (outAt === undefined) return [wallTime(inAt), ''];
  const seconds = (instantMs(outAt) - instantMs(inAt)) / 1000;
  return [
    wallTime(inAt),
    clock === 'minutes' ? String(Math.max(1, Math.floor(seconds / 60))) : hms(seconds),
  ];
}

const controccColumns = [
  ...['SSRef', 'CarerID', 'VisitID', 'Date', 'PlannedStart', 'ActualStart', 'ActualEnd', 'Status'],
  ...['SecondCarer', 'Sequence'],
];

/** In the manner of ContrOCC: ISO dates, log-in and log-out. */
export const controccFile = ({ provider: { clock }, rows }: FileOf): string =>
  text(
    controccColumns,
    rows.map(({ spoilt, inAt, outAt, status, ...row }) => {
      const came = status === 'delivered' && spoilt !== 'log-in';
      const carer = spoilt === 'carer' ? 'C-unknown' : row.carer;
      return [
        ...[spoilt === 'person' ? 'P-0' : row.personRef, came ? (carer ?? '') : ''],
        ...[row.visitRef, row.on, row.plannedStart],
        ...[inAt && came ? written(clock, inAt) : '', outAt && came ? written(clock, outAt) : ''],
        ...[status, row.leg > 1 ? 'yes' : 'no', String(row.sequence)],
      ];
    }),
  );

/** Everyone who may appear in a provider's files. */
export const carersFile = (carers: readonly string[], activeFrom: string): string =>
  text(
    ['CarerID', 'Name', 'ActiveFrom', 'ActiveTo'],
    carers.map((carer) => [carer, '', activeFrom, '']),
  );

const text = (columns: readonly string[], lines: readonly (readonly string[])[]): string =>
  [columns.join(','), ...lines.map((cells) => cells.join(',')), ''].join('\n');

const british = (date: string): string =>
  `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;

const wallTime = (at: Instant): string => `${localTimeOf(at)}:${at.slice(17, 19)}`;

/** `2026-03-29T08:02:31+01:00`, or the time of day alone. */
function written(clock: YearClock, at: Instant): string {
  if (clock !== 'offset') return wallTime(at);
  const wall = `${civilDateOf(at)}T${wallTime(at)}`;
  const ahead = instantMs(`${wall}.000Z`) - instantMs(at);
  return `${wall}+0${ahead / 3_600_000}:00`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const hms = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
