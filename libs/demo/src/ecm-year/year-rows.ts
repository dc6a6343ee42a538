import type { PlannedVisit } from '#kernel/schedule.js';
import { planVisits } from '#kernel/schedule.js';
import {
  addDays,
  instantMs,
  instantOf,
  minuteOfDay,
  type CivilDate,
  type Instant,
  type IsoWeek,
  type LocalTime,
} from '#kernel/time.js';
import { timeOf } from '../draft-schedule.js';
import type { ProviderQuality } from '../provider-quality.js';
import { SeededRandom } from '../seeded-random.js';
import type { YearPackage, YearPlan } from './year-plan.js';

/** What a provider's system says of one carer and one visit, before a vendor's form is put on it. */
export interface YearRow {
  readonly personRef: string;
  /** The provider's own id of the visit. */
  readonly visitRef: string;
  readonly on: CivilDate;
  readonly plannedStart: LocalTime;
  readonly leg: number;
  readonly status: 'delivered' | 'missed' | 'cancelled' | 'frustrated';
  readonly carer?: string;
  readonly inAt?: Instant;
  readonly outAt?: Instant;
  readonly sequence: number;
  /** What a council that has read everything before makes of it. */
  readonly expected: 'new' | 'updated' | 'unallocated' | 'rejected';
  /** How a rejected row is spoilt. */
  readonly spoilt?: 'person' | 'carer' | 'date' | 'week' | 'log-in' | 'plan';
}

/** What a package's week looks like in its provider's system. */
export function rowsOfWeek(
  { request: { seed }, from }: YearPlan,
  carePackage: YearPackage,
  week: IsoWeek,
): readonly YearRow[] {
  const { number, lines } = carePackage;
  const random = new SeededRandom(seed, 'year', 'week', number, week);
  const planned = planVisits(lines, week, { from });
  const rows = planned.flatMap((visit) => rowsOf(random, carePackage, visit));
  const odd = oddRow(random, carePackage, planned);
  return odd ? [...rows, odd] : rows;
}

function rowsOf(
  random: SeededRandom,
  carePackage: YearPackage,
  visit: PlannedVisit,
): readonly YearRow[] {
  const { number, reference, provider, carers } = carePackage;
  const { quality, format } = provider;
  const of = {
    ...{ personRef: reference.personRef, visitRef: `${number}-${visit.visit}`, on: visit.on },
    plannedStart: writtenStart(random, visit.agreedStart),
    ...{ sequence: 1, expected: 'new' as const },
  };
  const chance = random.next();
  if (chance < quality.missed) {
    return random.chance(quality.concealed) ? [] : [{ ...of, leg: 1, status: 'missed' }];
  }
  if (format === 'controcc' && chance < quality.missed + 0.01) {
    const status = random.chance(0.6) ? 'frustrated' : 'cancelled';
    return [{ ...of, leg: 1, status }];
  }
  const lead = random.int(0, carers.length - 1);
  return legsOf(random, visit, quality).map((leg) => {
    const carer = carers[(lead + leg) % carers.length] ?? '';
    return { ...of, leg, status: 'delivered', carer, ...logOf(random, quality, visit) };
  });
}

/** Most vendors write the agreed start; some the one of their own rota. */
function writtenStart(random: SeededRandom, agreed: LocalTime): LocalTime {
  if (!random.chance(0.03)) return agreed;
  const minutes = minuteOfDay(agreed) + random.pick([-10, -5, 5, 10]);
  return minutes < 0 || minutes >= 24 * 60 ? agreed : timeOf(minutes);
}

/** One carer of two may stay away, of whom it may be the first; sometimes one too many comes. */
function legsOf(
  random: SeededRandom,
  { carers }: PlannedVisit,
  quality: ProviderQuality,
): number[] {
  if (carers < 2) return random.chance(0.002) ? [1, 2] : [1];
  if (random.chance(quality.oneLegOfTwo)) return random.chance(0.3) ? [2] : [1];
  return Array.from({ length: carers }, (_, at) => at + 1);
}

function logOf(
  random: SeededRandom,
  quality: ProviderQuality,
  { startsAt, critical, minutes }: PlannedVisit,
): Pick<YearRow, 'inAt' | 'outAt'> {
  const inMs = instantMs(startsAt) + 1_000 * secondsOff(random, quality, critical);
  const outMs = inMs + 1_000 * secondsStayed(random, quality, minutes);
  const inAt = instantOf(inMs);
  return random.chance(0.0015) ? { inAt } : { inAt, outAt: instantOf(outMs) };
}

/** The last second that is on time and the first that is not, critical or not (S2-9). */
const edges = [
  ...[15 * 60 + 59, 16 * 60, -15 * 60, -15 * 60 - 1, 30 * 60 + 59, 31 * 60],
  ...[-30 * 60, -30 * 60 - 1],
];

function secondsOff(random: SeededRandom, quality: ProviderQuality, critical: boolean): number {
  if (random.chance(0.01)) return random.pick(edges);
  if (random.chance(critical ? quality.lateCritical : quality.lateStandard)) {
    const early = random.chance(0.12) ? -1 : 1;
    return early * (critical ? random.int(17 * 60, 40 * 60) : random.int(32 * 60, 55 * 60));
  }
  return Math.round(random.bell() * 290) + 60;
}

/** The edges of the bands, and visits that hardly were any (S2-17, S2-17c). */
const stays = [
  ...[30, 59, 60, 61, 10 * 60, 11 * 60, 25 * 60 + 59, 26 * 60, 40 * 60 + 59, 41 * 60],
  ...[55 * 60 + 59, 56 * 60, 70 * 60 + 59, 71 * 60, 20 * 60 + 59, 35 * 60 + 59, 50 * 60 + 59],
];

function secondsStayed(random: SeededRandom, { short }: ProviderQuality, minutes: number): number {
  if (random.chance(0.01)) return random.pick(stays);
  if (random.chance(0.004)) return random.int(2 * 60, 10 * 60);
  if (random.chance(short)) return Math.round(minutes * 60 * (0.5 + 0.35 * random.next()));
  return minutes * 60 + random.int(-4 * 60, 4 * 60);
}

const small = { start: '02:45', minutes: 30 } as const;
/** Of packages and weeks: those with a row that no plan covers, and with one that is rejected. */
const odds = { unallocated: 0.01, rejected: 0.015 };

/** A row beside those of the planned visits. */
function oddRow(
  random: SeededRandom,
  carePackage: YearPackage,
  planned: readonly PlannedVisit[],
): YearRow | undefined {
  const { number, reference, provider, carers } = carePackage;
  const kind = random.next();
  const on = addDays(planned[0]?.on ?? '', 0);
  if (planned.length === 0 || kind >= odds.unallocated + odds.rejected) return undefined;
  const logs = extraLog(random, planned[0] as PlannedVisit);
  const of = {
    ...{ personRef: reference.personRef, visitRef: `${number}-extra-${on}`, on, leg: 1 },
    ...{ status: 'delivered' as const, carer: carers[0] ?? '', sequence: 1, ...logs },
  };
  if (kind >= odds.unallocated) {
    const spoilt = random.pick(spoils[provider.format]);
    const missed = spoilt === 'plan' && { status: 'missed' as const };
    const plannedStart = spoilt === 'plan' ? small.start : (planned[0]?.agreedStart ?? '');
    if (spoilt === 'plan' && !isFarFromAll(planned)) return undefined;
    return { ...of, plannedStart, ...missed, expected: 'rejected', spoilt };
  }
  if (!isFarFromAll(planned)) return undefined;
  return { ...of, plannedStart: small.start, expected: 'unallocated' };
}

const spoils = {
  abacus: ['person', 'date', 'week', 'plan'],
  controcc: ['person', 'carer', 'log-in', 'plan'],
} as const;

/** Nobody's visit could be meant: none is within four hours. */
const isFarFromAll = (planned: readonly PlannedVisit[]): boolean =>
  planned.every(
    ({ agreedStart }) =>
      minuteOfDay(agreedStart) - minuteOfDay(small.start) > 240 &&
      minuteOfDay(agreedStart) < 23 * 60,
  );

function extraLog(random: SeededRandom, { startsAt }: PlannedVisit) {
  const inMs = instantMs(startsAt) + 1_000 * random.int(0, 600);
  return { inAt: instantOf(inMs), outAt: instantOf(inMs + small.minutes * 60_000) };
}
