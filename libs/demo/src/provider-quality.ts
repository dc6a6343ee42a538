import type { SeededRandom } from './seeded-random.js';

/** How well a provider works, as likelihoods of a visit. */
export interface ProviderQuality {
  /** Starts outside the tolerance (S2-9). */
  readonly lateStandard: number;
  readonly lateCritical: number;
  /** Nobody comes (S2-13). */
  readonly missed: number;
  /** Of the missed visits, those that it does not report (S2-12). */
  readonly concealed: number;
  /** Of its packages, those that see more carers than continuity allows (S2-11). */
  readonly unsteady: number;
  /** Visits much shorter than planned. */
  readonly short: number;
  /** One carer of two comes. */
  readonly oneLegOfTwo: number;
  /** Its system logs local times without an offset (X9). */
  readonly localTimes: boolean;
}

const faultless: ProviderQuality = {
  ...{ lateStandard: 0, lateCritical: 0, missed: 0, concealed: 0, unsteady: 0 },
  ...{ short: 0, oneLegOfTwo: 0, localTimes: false },
};

/** Five kinds of providers, so that the league is worth reading; two small ones are faultless and tie. */
export function qualityOf(at: number, random: SeededRandom): ProviderQuality {
  if (at === 26 || at === 27) return faultless;
  const [late, critical, missed, unsteady] = [
    [0.05, 0.04, 0.003, 0.04],
    [0.11, 0.08, 0.006, 0.1],
    [0.16, 0.12, 0.009, 0.16],
    [0.23, 0.09, 0.012, 0.28],
    [0.08, 0.17, 0.005, 0.12],
  ][at % 5] as [number, number, number, number];
  const own = 0.8 + 0.4 * random.next();
  return {
    lateStandard: late * own,
    lateCritical: critical * own,
    missed: missed * own,
    concealed: at % 4 === 3 ? 0.4 : 0.08,
    unsteady: unsteady * own,
    short: 0.02 + 0.06 * random.next(),
    oneLegOfTwo: 0.01 + 0.03 * random.next(),
    localTimes: at % 10 === 6,
  };
}
