import type { StoredEvent } from '#eventstore/event-store.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { addDays } from '#kernel/time.js';
import type {
  GapOpened,
  InterimCoverRecorded,
  PackageHandedBack,
  PackageSuspended,
  PackageVaried,
  VariationEndedEarly,
} from '#brokerage/package/package.service.events.js';
import { isOverStage, isServedStage } from '#brokerage/package/package.codes.js';
import { atStage, linesOf, withoutAward, type PackageRow } from './package-row.rules.js';
import type { NameOf } from './package-history.rules.js';
import { leftRow, servedBefore } from './sight.rules.js';

/** Care has begun; a file of visits that comes after the end changes no stage. */
export const startedRow = (row: PackageRow, startedOn: string, event: StoredEvent): PackageRow => {
  const { served: _, ...others } = withoutSuspension(row);
  return {
    ...(isOverStage(row.stage) ? others : atStage(others, 'live', event)),
    startedOn: row.startedOn ?? startedOn,
  };
};

export const suspendedRow = (
  row: PackageRow,
  { suspensionId, reason, fromOn, expectedReturnOn }: PackageSuspended['data'],
  event: StoredEvent,
): PackageRow => ({
  ...(row.stage === 'live' ? atStage(row, 'suspended', event) : row),
  suspension: {
    ...{ suspensionId, reason, fromOn },
    ...(expectedReturnOn !== null && { expectedReturnOn }),
  },
});

export function expectedReturnRow(row: PackageRow, expectedReturnOn: string | null): PackageRow {
  if (!row.suspension) return row;
  const { expectedReturnOn: _, ...suspension } = row.suspension;
  return {
    ...row,
    suspension: { ...suspension, ...(expectedReturnOn !== null && { expectedReturnOn }) },
  };
}

export function withoutSuspension(row: PackageRow): PackageRow {
  const { suspension: _, ...others } = row;
  return others;
}

export const restartedRow = (row: PackageRow, event: StoredEvent): PackageRow => {
  const back = withoutSuspension(row);
  const served = row.served && { served: { ...row.served, stage: 'live' as const } };
  return isServedStage(row.stage) ? atStage(back, 'live', event) : { ...back, ...served };
};

/** Who was in charge has left; after a pause the person is back, with nobody. */
export const gapRow = (row: PackageRow, data: GapOpened['data']): PackageRow => {
  const { gapId, fromOn, reason, owner } = data;
  const returned = reason === 'returned-without-provider';
  const gap = { gapId, fromOn, reason, owner };
  return { ...leftRow(returned ? withoutSuspension(row) : row), gap };
};

export const gapChangedRow = (
  row: PackageRow,
  gapId: string,
  change: { readonly owner?: string; readonly closedOn?: string },
): PackageRow => (row.gap?.gapId === gapId ? { ...row, gap: { ...row.gap, ...change } } : row);

/** A provider that is responsible until another one starts has sight of what it gives. */
export function interimRow(
  row: PackageRow,
  { holder, fromOn }: InterimCoverRecorded['data'],
  nameOf: NameOf,
): PackageRow {
  if (!holder) return row;
  const { providerId, contractId, contractType } = holder;
  const providerName = nameOf(providerId);
  const { schedule = row.needs.schedule } = row.served ?? {};
  return {
    ...row,
    providerNames: { ...row.providerNames, [providerId]: providerName },
    served: {
      award: { providerId, providerName, contractId, contractType, startOn: fromOn },
      ...{ stage: 'live', stageSince: row.stageSince },
      ...{ schedule, weeklyMinutes: weeklyCarerMinutes(schedule) },
    },
  };
}

/** Another provider is sought; where that is under way already, it goes on. */
export function soughtAgainRow(row: PackageRow, startOn: string, event: StoredEvent): PackageRow {
  if (!isServedStage(row.stage)) return row;
  const { award: _, request: __, chosenOfferId: ___, weeklyCostPence: ____, ...others } = row;
  return {
    ...atStage(others, 'awaiting-request', event),
    ...servedBefore(row),
    needs: { ...row.needs, startOn },
    offersPutForward: [],
  };
}

/** Until another provider's first visit the one of before goes on (S4-14). */
export const declinedRow = (row: PackageRow, restartOn: string, event: StoredEvent): PackageRow =>
  soughtAgainRow(restartedRow(row, event), restartOn, event);

export const handedBackRow = (
  row: PackageRow,
  { effectiveOn, noticedOn, urgent }: PackageHandedBack['data'],
  event: StoredEvent,
): PackageRow => {
  const sought = soughtAgainRow(row, effectiveOn > noticedOn ? effectiveOn : noticedOn, event);
  return { ...sought, needs: { ...sought.needs, urgent: sought.needs.urgent || urgent } };
};

export function variedRow(
  row: PackageRow,
  { kind, variationId, fromOn, endsBefore, ...data }: PackageVaried['data'],
): PackageRow {
  const cost = data.weeklyCostPence === null ? {} : { weeklyCostPence: data.weeklyCostPence };
  const care = { schedule: linesOf(data.schedule), weeklyMinutes: data.weeklyMinutes, ...cost };
  if (kind === 'temporary') {
    const variation = { variationId, fromOn, lastDay: addDays(endsBefore ?? fromOn, -1), ...care };
    return { ...row, temporaryVariations: [...row.temporaryVariations, variation] };
  }
  return {
    ...row,
    ...care,
    needs: { ...row.needs, schedule: care.schedule },
    ...(row.served && { served: { ...row.served, ...care } }),
  };
}

export const variationEndedRow = (
  row: PackageRow,
  { variationId, endsBefore }: VariationEndedEarly['data'],
): PackageRow => ({
  ...row,
  temporaryVariations: row.temporaryVariations.map((variation) =>
    variation.variationId === variationId
      ? { ...variation, lastDay: addDays(endsBefore, -1) }
      : variation,
  ),
});

export const reversedRow = withoutAward;
