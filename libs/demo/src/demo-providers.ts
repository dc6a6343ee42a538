import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate, type Instant } from '#kernel/time.js';
import { momentOn, successorStartsOn, type DemoCalendar } from './demo-calendar.js';
import { commandIdOf } from './demo-ids.js';
import { demoPatches } from './demo-patches.js';
import {
  demoAlias,
  demoProviderNames,
  inHouseName,
  withdrawnProviderNames,
} from './demo-provider-names.js';
import { qualityOf, type ProviderQuality } from './provider-quality.js';
import { SeededRandom } from './seeded-random.js';

/** The openings of the first framework (S1-5, S1-6). */
export const openingsOn = ['2017-10-09', '2019-06-10', '2021-04-01'] as const;
export type OpeningOn = (typeof openingsOn)[number];

export interface DemoContract {
  readonly framework: 'first' | 'successor';
  readonly contractId: string;
  readonly openedAt: Instant;
  readonly startsOn: CivilDate;
  /** The standard weekday daytime rate in pence per hour; null: in-house. */
  readonly ratePencePerHour: number | null;
}

export interface DemoProvider {
  readonly key: string;
  readonly providerId: string;
  readonly legalName: string;
  readonly alias: string | null;
  /** Empty: the whole city. */
  readonly patches: readonly string[];
  readonly admittedOn: OpeningOn | null;
  readonly first: DemoContract;
  readonly successor: DemoContract | null;
  /** Last day on the first framework, when it withdrew. */
  readonly withdrewOn: CivilDate | null;
  /** Share of the city's care, relative to the others. */
  readonly weight: number;
  readonly quality: ProviderQuality;
}

const lowestPence = 2_087;
const highestPence = 2_195;
const weights = [
  14, 11, 9, 8, 7, 6, 5.5, 5, 4.5, 4, 4, 3.5, 3.2, 3, 2.6, 2.4, 2.2, 2, 1.9, 1.7, 1.6, 1.5, 1.4,
  1.3, 1.2, 1.1, 1, 0.9, 0.8, 0.5, 0.06,
];

/** All providers: 31 that work, two that withdrew, and the council's own team. */
export function demoProviders(
  seed: number,
  calendar: DemoCalendar,
  workingProviders: number,
): DemoProvider[] {
  const random = new SeededRandom(seed, 'providers');
  const order = random.shuffled(weights.map((_, at) => at));
  const rates = order.map(
    (at) => lowestPence + Math.round((at * (highestPence - lowestPence)) / 30),
  );
  const working = demoProviderNames.map((legalName, at): Founded => ({
    ...base(seed, calendar, `provider-${at + 1}`, legalName),
    alias: legalName === demoAlias.of ? demoAlias.alias : null,
    patches: at % 3 === 0 ? [] : somePatches(random),
    admittedOn: openingsOn[at < 13 ? 0 : at < 24 ? 1 : 2],
    successor: calendar.successorKnownOn
      ? contractOf(seed, 'successor', `provider-${at + 1}`, {
          openedAt: momentOn(calendar.successorKnownOn, '09:30'),
          startsOn: successorStartsOn,
          ratePencePerHour: rates[at] ?? lowestPence,
        })
      : null,
    weight: at < workingProviders ? (weights[at] ?? 0) : 0,
    quality: qualityOf(at, random),
  }));
  const withdrawn = withdrawnProviderNames.map((legalName, at): Founded => ({
    ...base(seed, calendar, `withdrawn-${at + 1}`, legalName),
    admittedOn: openingsOn[1],
    withdrewOn: at === 0 ? '2020-09-30' : '2021-02-28',
    quality: qualityOf(0, random),
  }));
  return [...working, ...withdrawn, inHouse(seed, calendar, random)].map((provider) => ({
    ...provider,
    first: firstContract(seed, calendar, provider.key, provider.admittedOn, random),
  }));
}

type Founded = Omit<DemoProvider, 'first'>;

const base = (
  seed: number,
  { setUpOn }: DemoCalendar,
  key: string,
  legalName: string,
): Omit<Founded, 'admittedOn' | 'quality'> => ({
  key,
  providerId: deriveId(commandIdOf(seed, momentOn(setUpOn, '08:15'), 'register', key), 'provider'),
  legalName,
  ...{ alias: null, patches: [], successor: null, withdrewOn: null, weight: 0 },
});

const inHouse = (seed: number, calendar: DemoCalendar, random: SeededRandom): Founded => ({
  ...base(seed, calendar, 'in-house', inHouseName),
  admittedOn: null,
  quality: qualityOf(4, random),
});

function firstContract(
  seed: number,
  { setUpOn }: DemoCalendar,
  key: string,
  admittedOn: OpeningOn | null,
  random: SeededRandom,
): DemoContract {
  const openedAt = momentOn(setUpOn, '08:30');
  const startsOn = admittedOn ?? '2015-04-01';
  const ratePencePerHour = admittedOn ? random.int(1_930, 2_060) : null;
  return contractOf(seed, 'first', key, { openedAt, startsOn, ratePencePerHour });
}

const contractOf = (
  seed: number,
  framework: 'first' | 'successor',
  key: string,
  terms: Omit<DemoContract, 'contractId' | 'framework'>,
): DemoContract => ({
  framework,
  contractId: deriveId(
    commandIdOf(seed, terms.openedAt, 'open-contract', framework, key),
    'providerContract',
  ),
  ...terms,
});

const somePatches = (random: SeededRandom): string[] =>
  random
    .shuffled(demoPatches.map(({ name }) => name))
    .slice(0, random.int(4, 7))
    .toSorted();

/** Whether a provider works in a patch. */
export const covers = ({ patches }: DemoProvider, patch: string): boolean =>
  patches.length === 0 || patches.includes(patch);

/** A provider's contract for care that starts on a day. */
export const contractFor = (
  { first, successor }: DemoProvider,
  startOn: CivilDate,
): DemoContract => (successor && startOn >= successor.startsOn ? successor : first);

/** A provider that takes no new work for five weeks in the middle of the year (X7). */
export function demoSuspension({ from }: DemoCalendar) {
  return {
    providerKey: 'provider-12',
    fromOn: addDays(from, 150),
    liftedOn: addDays(from, 185),
  } as const;
}
