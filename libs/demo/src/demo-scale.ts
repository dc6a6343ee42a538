/** `full` is a whole city, `small` about a thirtieth of it for tests and a quick look. */
export type DemoScale = 'full' | 'small';

/** How much of everything there is. Minutes are carers' minutes a week. */
export interface DemoSize {
  /** Awarded in the year and still live in the reference week. */
  readonly livePackages: number;
  readonly liveMinutes: number;
  /** Taken on from the system before. */
  readonly standingPackages: number;
  /** Taken-on packages that stay on the first framework's contracts. */
  readonly leftBehind: number;
  readonly referenceVisits: number;
  readonly referenceMinutes: number;
  /** Awarded in the year and over before the reference week. */
  readonly endedPackages: number;
  /** Weekly hours awarded in the year by weeks of the year, in hundredths. */
  readonly hundredthHoursPerWeek: number;
  readonly fullCostPeople: number;
  readonly inHousePackages: number;
  readonly directPayments: number;
  readonly withdrawnReferrals: number;
  /** Waiting packages of each stage. */
  readonly waiting: Readonly<Record<WaitingStage, number>>;
  /** Providers that give care; the others are admitted and invited. */
  readonly workingProviders: number;
}

export const waitingStages = [
  'just-referred',
  'request-open',
  'request-closed',
  'unanswered',
  'offers-presented',
  'choice-recorded',
  'awaiting-start',
  'fell-through',
  'refused',
] as const;
/** Where a waiting package stands when the simulation ends. */
export type WaitingStage = (typeof waitingStages)[number];

export const demoSizes: Readonly<Record<DemoScale, DemoSize>> = {
  full: {
    livePackages: 605,
    liveMinutes: 415_635,
    standingPackages: 1_067,
    leftBehind: 5,
    referenceVisits: 28_205,
    referenceMinutes: 1_060_860,
    endedPackages: 964,
    hundredthHoursPerWeek: 49_234,
    fullCostPeople: 201,
    inHousePackages: 6,
    directPayments: 5,
    withdrawnReferrals: 6,
    waiting: {
      'just-referred': 7,
      'request-open': 8,
      'request-closed': 5,
      unanswered: 2,
      'offers-presented': 6,
      'choice-recorded': 4,
      'awaiting-start': 6,
      'fell-through': 2,
      refused: 2,
    },
    workingProviders: 31,
  },
  small: {
    livePackages: 20,
    liveMinutes: 13_755,
    standingPackages: 36,
    leftBehind: 2,
    referenceVisits: 940,
    referenceMinutes: 35_355,
    endedPackages: 31,
    hundredthHoursPerWeek: 1_641,
    fullCostPeople: 7,
    inHousePackages: 2,
    directPayments: 1,
    withdrawnReferrals: 1,
    waiting: {
      'just-referred': 3,
      'request-open': 2,
      'request-closed': 1,
      unanswered: 1,
      'offers-presented': 2,
      'choice-recorded': 1,
      'awaiting-start': 1,
      'fell-through': 1,
      refused: 1,
    },
    workingProviders: 9,
  },
};
