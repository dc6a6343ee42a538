import type { PlannedVisit } from '#kernel/schedule.js';
import { civilDateOf, instantMs, instantOf, localTimeOf, type Instant } from '#kernel/time.js';
import type { ProviderQuality } from './provider-quality.js';
import type { SeededRandom } from './seeded-random.js';

/** One carer's log. */
export interface DemoLeg {
  readonly carerLeg: number;
  readonly carerRef: string;
  readonly inAt: Instant;
  /** null: the carer forgot to log out. */
  readonly outAt: Instant | null;
}

/** One carer's attendance at a visit whose start is agreed for a moment. */
export function legOf(
  random: SeededRandom,
  quality: ProviderQuality,
  { critical, minutes }: PlannedVisit,
  { startsAt, carerLeg, carerRef }: { startsAt: Instant; carerLeg: number; carerRef: string },
): DemoLeg {
  const inMs = instantMs(startsAt) + 1_000 * secondsOff(random, quality, critical);
  const outMs = inMs + 1_000 * secondsStayed(random, quality, minutes);
  const outAt = random.chance(0.0015) ? null : instantOf(outMs);
  return { carerLeg, carerRef, inAt: instantOf(inMs), outAt };
}

/** Seconds from the agreed start: within a quarter of an hour, or outside the tolerance (S2-9). */
function secondsOff(random: SeededRandom, quality: ProviderQuality, critical: boolean): number {
  if (random.chance(critical ? quality.lateCritical : quality.lateStandard)) {
    const early = random.chance(0.12) ? -1 : 1;
    return early * (critical ? random.int(17 * 60, 40 * 60) : random.int(32 * 60, 55 * 60));
  }
  return Math.round(random.bell() * 290) + 60;
}

function secondsStayed(random: SeededRandom, quality: ProviderQuality, minutes: number): number {
  if (random.chance(0.004)) return random.int(2 * 60, 10 * 60);
  if (random.chance(quality.short)) return Math.round(minutes * 60 * (0.5 + 0.35 * random.next()));
  return minutes * 60 + random.int(-4 * 60, 4 * 60);
}

/** How a provider's system writes a time: with its offset, or as the clock on the wall shows it (X9). */
export function loggedTime(quality: ProviderQuality, at: Instant): string {
  if (!quality.localTimes) return at;
  return `${civilDateOf(at)}T${localTimeOf(at)}:${at.slice(17, 19)}`;
}
