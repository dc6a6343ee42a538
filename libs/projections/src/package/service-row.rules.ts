import type { StoredEvent } from '#eventstore/event-store.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import type { CareLine } from '#brokerage/package/package.events.js';
import type { PackageHandedBack } from '#brokerage/package/package.service.events.js';
import { isOverStage, isServedStage } from '#brokerage/package/package.codes.js';
import { atStage, linesOf, withoutAward, type PackageRow } from './package-row.rules.js';

/** Care has begun; a file of visits that comes after the end changes no stage. */
export const startedRow = (row: PackageRow, startedOn: string, event: StoredEvent): PackageRow => ({
  ...(isOverStage(row.stage) ? row : atStage(row, 'live', event)),
  startedOn: row.startedOn ?? startedOn,
});

export const suspendedRow = (row: PackageRow, event: StoredEvent): PackageRow =>
  row.stage === 'live' ? atStage(row, 'suspended', event) : row;

export const restartedRow = (row: PackageRow, event: StoredEvent): PackageRow =>
  isServedStage(row.stage) ? atStage(row, 'live', event) : row;

/** Another provider is sought; where that is under way already, it goes on. */
export function soughtAgainRow(row: PackageRow, startOn: string, event: StoredEvent): PackageRow {
  if (!isServedStage(row.stage)) return row;
  const { award: _, request: __, chosenOfferId: ___, weeklyCostPence: ____, ...others } = row;
  return {
    ...atStage(others, 'awaiting-request', event),
    needs: { ...row.needs, startOn },
    offersPutForward: [],
  };
}

export const handedBackRow = (
  row: PackageRow,
  { effectiveOn, noticedOn, urgent }: PackageHandedBack['data'],
  event: StoredEvent,
): PackageRow => {
  const sought = soughtAgainRow(row, effectiveOn > noticedOn ? effectiveOn : noticedOn, event);
  return { ...sought, needs: { ...sought.needs, urgent: sought.needs.urgent || urgent } };
};

export const variedRow = (
  row: PackageRow,
  schedule: readonly CareLine[],
  weeklyCostPence: number | null,
): PackageRow => ({
  ...row,
  schedule: linesOf(schedule),
  needs: { ...row.needs, schedule: linesOf(schedule) },
  weeklyMinutes: weeklyCarerMinutes(schedule),
  ...(weeklyCostPence !== null && { weeklyCostPence }),
});

export const reversedRow = withoutAward;
