import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate, type Instant, type LocalTime } from '#kernel/time.js';
import { momentOn } from '../demo-calendar.js';
import { commandIdOf } from '../demo-ids.js';
import { demoProviderNames } from '../demo-provider-names.js';
import { qualityOf, type ProviderQuality } from '../provider-quality.js';
import { SeededRandom } from '../seeded-random.js';
import { referenceCouncil, type YearRequest } from './year-request.js';
import { termsOf, type YearTerms } from './year-terms.js';

export type YearFormat = 'abacus' | 'controcc';

/** How a vendor writes times: by the clock on the wall, with date and offset, or in whole minutes. */
export type YearClock = 'wall' | 'offset' | 'minutes';

/** A provider with its contract and what its vendor's system writes. */
export interface YearProvider {
  readonly at: number;
  /** Short, for names of files. */
  readonly key: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly legalName: string;
  readonly format: YearFormat;
  readonly clock: YearClock;
  /** Its part of the city's care, relative to the others. */
  readonly weight: number;
  readonly quality: ProviderQuality;
  readonly terms: YearTerms;
}

/** The office sets the council up four weeks before monitoring begins. */
export const setUpMoment = (from: CivilDate, time: LocalTime): Instant =>
  momentOn(addDays(from, -28), time);

/** Every second one has Abacus, the others ContrOCC. */
export function yearProviders({ seed, scale }: YearRequest, from: CivilDate): YearProvider[] {
  const count = Math.max(6, Math.round(referenceCouncil.providers * scale));
  const random = new SeededRandom(seed, 'year', 'providers');
  return demoProviderNames.slice(0, count).map((name, at) => {
    const key = `provider-${String(at + 1).padStart(2, '0')}`;
    const idOf = (time: LocalTime, command: string, kind: string) =>
      deriveId(commandIdOf(seed, setUpMoment(from, time), 'year', command, key), kind);
    return {
      ...{ at, key, legalName: name.replaceAll('\u00a0', ' ') },
      providerId: idOf('08:15', 'register', 'provider'),
      contractId: idOf('08:30', 'open-contract', 'providerContract'),
      format: at % 2 === 0 ? 'abacus' : 'controcc',
      clock: clocks[at % 4] ?? 'wall',
      weight: 1 / (at + 3),
      quality: qualityOf(at, random),
      terms: termsOf(at, from, random),
    };
  });
}

const clocks: readonly YearClock[] = ['wall', 'wall', 'minutes', 'offset'];
