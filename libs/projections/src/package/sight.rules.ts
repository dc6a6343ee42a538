import { isOverStage } from '#brokerage/package/package.codes.js';
import type { PackageRow } from './package-row.rules.js';
import type { PackageAward } from './package.view.js';

/** Care as it is given while another provider is sought, or is to start (S4-14). */
export interface ServedCare extends Pick<
  PackageRow,
  'stage' | 'stageSince' | 'schedule' | 'weeklyMinutes'
> {
  readonly award: PackageAward;
  readonly weeklyCostPence?: number;
  /** Its days are over, though nobody else has started. */
  readonly left?: true;
}

/** The provider whose award stands: once it is confirmed, or taken on without one (S1-9). */
export const awardedProvider = ({ award }: Pick<PackageRow, 'award'>): string | undefined =>
  award && (award.confirmedAt !== undefined || award.requestId === undefined)
    ? award.providerId
    : undefined;

/** The provider that is responsible while another one is sought, or is to start. */
export const servingProvider = ({ served }: Pick<PackageRow, 'served'>): string | undefined =>
  served && !served.left ? served.award.providerId : undefined;

/** Who may see a package: two providers between a confirmed transfer and the new one's start. */
export const sightOf = (row: PackageRow): string[] =>
  [...new Set([servingProvider(row), awardedProvider(row)])].filter((id) => id !== undefined);

/** What is given now, before the package is offered to others. */
export const servedBefore = (row: PackageRow): Pick<PackageRow, 'served'> => {
  const { award, schedule, weeklyMinutes, weeklyCostPence, stageSince } = row;
  if (!award) return {};
  return {
    served: {
      ...{ award, schedule, weeklyMinutes, stageSince },
      stage: row.stage === 'suspended' ? 'suspended' : 'live',
      ...(weeklyCostPence !== undefined && { weeklyCostPence }),
    },
  };
};

export const leftRow = (row: PackageRow): PackageRow =>
  row.served ? { ...row, served: { ...row.served, left: true } } : row;

/** What the provider that leaves sees: its own care, nothing of the one that comes. */
export function asServed(row: PackageRow): PackageRow {
  const { served } = row;
  if (!served) return row;
  const { weeklyCostPence: _, award: __, ...others } = row;
  const { award, schedule, weeklyMinutes, stage, stageSince, weeklyCostPence } = served;
  return {
    ...others,
    ...(isOverStage(row.stage) ? {} : { stage, stageSince }),
    ...{ award, schedule, weeklyMinutes },
    ...(weeklyCostPence !== undefined && { weeklyCostPence }),
    needs: { ...row.needs, startOn: award.startOn },
  };
}
