import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import { worstPunctuality } from '#kernel/punctuality.js';
import { addMinutes, monthOf, type CivilDate } from '#kernel/time.js';
import { holderOf, lateReportOn, type JudgedVisit, type JudgedWeek } from './judged-week.rules.js';
import { memoisedBy } from './memoised.rules.js';

/** What KPIs are judged by beside the visits: policy, and the contracts that name a set of KPIs. */
export interface KpiEnvironment {
  readonly changes: readonly PolicyChange[];
  /** By contract (S3-12). */
  readonly kpiSets: Readonly<Record<string, string>>;
}

const reportedBy = {
  provider: 'missedReportedByProvider',
  council: 'missedReportedByCouncil',
} as const;

/** What one visit adds to its provider's month (S2-9, S2-12 to S2-14, X3). */
export function countsOf(visit: JudgedVisit, policy: CouncilPolicy): Record<string, number> {
  const legs = Object.values(visit.legs);
  const moved = visit.rescheduled && { rescheduled: 1 };
  if (legs.length === 0 && visit.excused) {
    return { planned: 1, excused: 1, ...cancelled(visit), ...moved };
  }
  const required = { planned: 1, ...lengthOf(visit, policy), ...moved };
  if (legs.length === 0) return isMissed(visit) ? { ...required, ...missed(visit) } : required;
  if (isCutOff(visit, policy)) return { ...required, missed: 1, missedByCutOff: 1 };
  return { ...required, ...attendance(visit, policy) };
}

export const isMissed = ({ missReported, detected }: JudgedVisit): boolean =>
  missReported !== undefined || detected !== undefined;

/** A detected miss that was not reported while a report was due in time (S2-12). */
export const isUnreported = (visit: JudgedVisit): boolean => {
  const { detected, missReported, excused, legs } = visit;
  if (!detected || excused || Object.keys(legs).length > 0) return false;
  return !missReported || missReported.at >= detected.reportDueBy;
};

const missed = ({ missReported, detected }: JudgedVisit) => ({
  missed: 1,
  ...(missReported && { [reportedBy[missReported.by]]: 1 }),
  ...(missReported?.cancelled && { cancelledByProvider: 1 }),
  ...(detected && { missedDetected: 1 }),
});

/** A cancellation by the person, and whether it came less than a day before (formats.md 3). */
function cancelled({ excused, noticeAt, startsAt }: JudgedVisit) {
  if (excused !== 'cancelled-by-service-user') return {};
  const short = noticeAt !== undefined && addMinutes(noticeAt, 24 * 60) > startsAt;
  return { cancelledByPerson: 1, ...(short && { cancelledByPersonShort: 1 }) };
}

const lengthOf = ({ minutes, shortAgreed }: JudgedVisit, { shortVisitMinutes }: CouncilPolicy) =>
  minutes >= shortVisitMinutes ? {} : { short: 1, ...(shortAgreed && { shortAgreed: 1 }) };

/** Whether nobody came before a late visit is a missed one; off in the policy shipped (X10). */
function isCutOff({ legs, startsAt }: JudgedVisit, { lateCutOffMinutes }: CouncilPolicy): boolean {
  if (lateCutOffMinutes === 0) return false;
  const last = addMinutes(startsAt, lateCutOffMinutes + 1);
  return Object.values(legs).every(({ inAt }) => inAt >= last);
}

function attendance(visit: JudgedVisit, policy: CouncilPolicy): Record<string, number> {
  const legs = Object.values(visit.legs);
  const kind = visit.critical ? 'Critical' : 'Standard';
  const tolerance = policy.punctualityToleranceMinutes[visit.critical ? 'critical' : 'standard'];
  const starts = legs.map(({ inAt }) => inAt);
  const worst = worstPunctuality(visit.startsAt, starts, tolerance);
  const minutes = worst?.minutes ?? 0;
  const whole = legs.length >= visit.carers;
  return {
    [whole ? 'attended' : 'partiallyAttended']: 1,
    [`started${kind}`]: 1,
    [`onTime${kind}`]: worst?.onTime ? 1 : 0,
    late: minutes > tolerance ? 1 : 0,
    asExpected: Math.abs(minutes) <= policy.expectedArrivalMinutes ? 1 : 0,
    ...(visit.carers > 1 && { double: 1, doubleKept: whole ? 1 : 0 }),
    legs: legs.length,
    manualLegs: legs.filter(({ manual }) => manual).length,
  };
}

const ofSet = (set: string | undefined): string => (set === undefined ? '' : `|${set}`);

/** Counter of a provider's visits of a month in a patch; begins with the month (S2-10, S3-12). */
export const visitsKey = (month: string, providerId: string, patch: string, set?: string): string =>
  `visits|${month}|${providerId}|${patch}${ofSet(set)}`;

/** Counter of misses detected and not reported by a day (S2-12). */
const unreportedKey = (on: CivilDate, dueOn: CivilDate, ...of: [string, string, string?]) =>
  `unreported|${monthOf(on)}|${of[0]}|${of[1]}|${dueOn}${ofSet(of[2])}`;

/** Whose figures a key holds. */
export const providerOf = (key: string): string => key.split('|')[2] ?? '';

/** Whose figures a key of visits or windows holds, where, and by which set of KPIs. */
export function placeOf(key: string) {
  const [, , providerId = '', patch = '', ...set] = key.split('|');
  return { providerId, patch, ...(set.length > 0 && { kpiSet: set.join('|') }) };
}

const policiesOf = memoisedBy((changes: readonly PolicyChange[]) => (on) => policyOn(changes, on));

export function visitContributions(
  row: JudgedWeek,
  _: string,
  { changes, kpiSets }: KpiEnvironment,
) {
  const { patch, visits } = row;
  const policyAt = policiesOf(changes);
  const counters = new Map<string, Record<string, number>>();
  const add = (key: string, added: Readonly<Record<string, number>>) => {
    let counts = counters.get(key);
    if (!counts) counters.set(key, (counts = {}));
    for (const name in added) counts[name] = (counts[name] ?? 0) + (added[name] ?? 0);
  };
  for (const visit of Object.values(visits)) {
    const { on } = visit;
    const { providerId, contractId } = holderOf(row, visit);
    const set = kpiSets[contractId];
    add(visitsKey(monthOf(on), providerId, patch, set), countsOf(visit, policyAt(on)));
    if (!visit.detected || !isUnreported(visit)) continue;
    const due = lateReportOn(visit.detected);
    add(unreportedKey(on, due, providerId, patch, set), { missedUnreported: 1 });
  }
  return [...counters].map(([key, counts]) => ({ key, counts }));
}
