import type { ChooserRelationship, FundingStatus } from '#brokerage/package/package.codes.js';
import type { SeededRandom } from './seeded-random.js';

/** A person as the case system names them. */
export interface DemoReference {
  readonly system: string;
  readonly personRef: string;
  readonly referralRef: string;
}

/** Gives every person a number of their own, in no order that tells anything. */
export function demoReferences(random: SeededRandom, people: number): DemoReference[] {
  const numbers = random.shuffled(Array.from({ length: people }, (_, at) => 100_001 + at));
  return numbers.map((number) => ({
    system: 'demo-case-system',
    personRef: `P-${number}`,
    referralRef: `R-${number}`,
  }));
}

/** Who pays, when it is not the person alone. */
export const otherFunding = (random: SeededRandom): FundingStatus =>
  random.weighted([
    ['council', 58],
    ['part', 36],
    ['nhs', 4],
    ['unknown', 2],
  ]);

const firstNames = [
  'Ada',
  'Basil',
  'Clover',
  'Dorrit',
  'Edwin',
  'Flora',
  'Gwen',
  'Harold',
  'Ivy',
  'Jasper',
];
const lastNames = [
  'Applegarth',
  'Birdwhistle',
  'Cobblestone',
  'Dewberry',
  'Elderfield',
  'Finchwater',
  'Greengable',
  'Hollybush',
];

/** An invented name. */
export const demoName = (random: SeededRandom): string =>
  `${random.pick(firstNames)} ${random.pick(lastNames)}`;

/** Someone who chooses. */
export function demoChooser(random: SeededRandom): {
  name: string;
  relationship: ChooserRelationship;
} {
  return {
    name: demoName(random),
    relationship: random.weighted([
      ['person', 45],
      ['family', 40],
      ['attorney', 8],
      ['representative', 5],
      ['advocate', 2],
    ]),
  };
}

const choiceReasons = [
  'The times fit the day best.',
  'The morning visit comes before the medicine is due.',
  'A carer of this provider is known to the family.',
  'The same provider cares for the neighbour.',
  'Care can start on the wanted day.',
];

export const choiceReason = (random: SeededRandom): string => random.pick(choiceReasons);
