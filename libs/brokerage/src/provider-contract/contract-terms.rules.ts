import type { CivilDate } from '#kernel/time.js';
import type { OpenContract } from './provider-contract.commands.js';
import type { BlockTerms, ContractTerms, CostAndVolumeTerms } from './provider-contract.events.js';
import { isInWindow } from './block-window.rules.js';
import { ensure } from './provider-contract.rules.js';

type OwnTerms = Pick<
  ContractTerms,
  | 'spotReason'
  | 'capacityWeeklyMinutes'
  | 'maxPackages'
  | 'block'
  | 'costAndVolume'
  | 'kpiSet'
  | 'noticeDays'
>;

/** The terms that a contract of its type needs, and no others (S3-11, S2-4). */
export function ownTerms(command: OpenContract): OwnTerms {
  const { type, spotReason, capacityWeeklyMinutes, maxPackages, block, costAndVolume } = command;
  if (type === 'spot') ensure(spotReason, 'SpotReasonRequired', { path: 'spotReason' });
  if (type === 'in-house') {
    ensure(capacityWeeklyMinutes, 'CapacityRequired', { path: 'capacityWeeklyMinutes' });
  }
  const limited = type === 'in-house' || type === 'spot';
  ensure(limited || !capacityWeeklyMinutes, 'CapacityNotAllowed', {
    path: 'capacityWeeklyMinutes',
  });
  ensure(type === 'spot' || !maxPackages, 'PackageCapNotAllowed', { path: 'maxPackages' });
  ensure((type === 'block') === Boolean(block), blockTermsRule(type), { path: 'block' });
  const tiered = type === 'cost-and-volume';
  const rule = tiered ? 'CostAndVolumeTermsRequired' : 'CostAndVolumeTermsNotAllowed';
  ensure(tiered === Boolean(costAndVolume), rule, { path: 'costAndVolume' });
  const { kpiSet, noticeDays } = command;
  return {
    ...(spotReason && { spotReason }),
    ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
    ...(maxPackages && { maxPackages }),
    ...(block && { block: blockTerms(block) }),
    ...(costAndVolume && { costAndVolume: volumeTerms(costAndVolume) }),
    ...(kpiSet && { kpiSet }),
    ...(noticeDays && { noticeDays }),
  };
}

const blockTermsRule = (type: string) =>
  type === 'block' ? ('BlockTermsRequired' as const) : ('BlockTermsNotAllowed' as const);

function blockTerms({ scheme, windows, weeklyMinutes, weeklyPence }: BlockTerms): BlockTerms {
  const path = 'block.windows';
  for (const { from, before } of windows) ensure(from !== before, 'BlockWindowEmpty', { path });
  const apart = windows.every((window, at) =>
    windows.every((other, index) => index === at || !isInWindow(other, window.from)),
  );
  ensure(apart, 'BlockWindowsOverlap', { path });
  const plain = windows.map(({ name, from, before }) => ({ name, from, before }));
  return { scheme, windows: plain, weeklyMinutes, weeklyPence };
}

function volumeTerms({ period, minimumPence, tiers }: CostAndVolumeTerms): CostAndVolumeTerms {
  const path = 'costAndVolume.tiers';
  ensure(tiers[0]?.aboveMinutes === 0, 'FirstTierNotAtZero', { path });
  const ascending = tiers.every(
    ({ aboveMinutes }, at) => at === 0 || aboveMinutes > (tiers[at - 1]?.aboveMinutes ?? 0),
  );
  ensure(ascending, 'TiersNotAscending', { path });
  const plain = tiers.map(({ aboveMinutes, pencePerHour }) => ({ aboveMinutes, pencePerHour }));
  return { period, minimumPence, tiers: plain };
}

/** What carer minutes of a period cost: each tier prices the minutes that lie in it; half-up once. */
export function volumePricePence(tiers: CostAndVolumeTerms['tiers'], carerMinutes: number): number {
  let pencePerHourMinutes = 0;
  for (const [at, { aboveMinutes, pencePerHour }] of tiers.entries()) {
    const next = tiers[at + 1]?.aboveMinutes ?? Infinity;
    const within = Math.max(0, Math.min(carerMinutes, next) - aboveMinutes);
    pencePerHourMinutes += within * pencePerHour;
  }
  return Math.floor((pencePerHourMinutes + 30) / 60);
}

/** The first day and the day after the last of the period that a date lies in. */
export function volumePeriodOf(
  { period }: Pick<CostAndVolumeTerms, 'period'>,
  on: CivilDate,
): { readonly startsOn: CivilDate; readonly endsBefore: CivilDate } {
  const year = Number(on.slice(0, 4));
  const month = Number(on.slice(5, 7));
  if (period === 'year') {
    const from = month >= 4 ? year : year - 1;
    return { startsOn: firstOf(from, 4), endsBefore: firstOf(from + 1, 4) };
  }
  const months = period === 'quarter' ? 3 : 1;
  const first = month - ((month - 1) % months);
  return { startsOn: firstOf(year, first), endsBefore: firstOf(year, first + months) };
}

const firstOf = (year: number, month: number): CivilDate =>
  month > 12
    ? `${year + 1}-${String(month - 12).padStart(2, '0')}-01`
    : `${year}-${String(month).padStart(2, '0')}-01`;
