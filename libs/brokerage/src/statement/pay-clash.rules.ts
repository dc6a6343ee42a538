import { holderOfVisit, type PayWeek } from './pay-week.rules.js';

interface Log {
  readonly key: string;
  readonly visitKey: string;
  readonly personId: string;
  readonly inAt: string;
  readonly outAt: string;
}

/** A leg among all weeks: `<packageId>.<visit>/<leg>`. */
export const legKey = (packageId: string, visit: string, leg: string | number): string =>
  `${packageId}.${visit}/${leg}`;

/**
 * The legs in which one carer of a provider is in two homes at once, or twice in one visit (X12).
 * Both are held: which of them is true is for a person to say. A visit that ends as the next one
 * begins is no clash.
 */
export function clashingLegs(providerId: string, weeks: readonly PayWeek[]): ReadonlySet<string> {
  const clashing = new Set<string>();
  for (const logs of logsByCarer(providerId, weeks).values()) {
    logs.sort((a, b) => (a.inAt < b.inAt ? -1 : a.inAt > b.inAt ? 1 : a.key < b.key ? -1 : 1));
    let open: Log[] = [];
    for (const log of logs) {
      open = open.filter(({ outAt }) => outAt > log.inAt);
      for (const other of open) {
        const elsewhere = other.personId !== log.personId || other.visitKey === log.visitKey;
        if (elsewhere) clashing.add(other.key).add(log.key);
      }
      open.push(log);
    }
  }
  return clashing;
}

function logsByCarer(providerId: string, weeks: readonly PayWeek[]): Map<string, Log[]> {
  const byCarer = new Map<string, Log[]>();
  for (const week of weeks) {
    const { packageId, personId } = week;
    for (const [key, visit] of Object.entries(week.visits)) {
      if (holderOfVisit(week, visit).providerId !== providerId) continue;
      for (const [leg, { carerId, inAt, outAt }] of Object.entries(visit.legs)) {
        if (outAt === null) continue;
        const logs = byCarer.get(carerId) ?? [];
        byCarer.set(carerId, logs);
        const visitKey = `${packageId}.${key}`;
        logs.push({ key: legKey(packageId, key, leg), visitKey, personId, inAt, outAt });
      }
    }
  }
  return byCarer;
}
