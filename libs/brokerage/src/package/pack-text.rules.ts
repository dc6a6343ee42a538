import {
  clockInWords,
  countInWords,
  dateInWords,
  daysInWords,
  listInWords,
  minutesInWords,
} from '#kernel/plain-words.js';
import type {
  AccessFlag,
  AgeBand,
  CarerGenderNeed,
  Gender,
  HouseholdFlag,
  Task,
} from './package.codes.js';
import type { RequestPack } from './package.events.js';

/** A request pack as a provider reads it; whatever is not on the pack's allow-list has no place here. */
export interface PackWords {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly words: string }[];
  readonly visits: readonly VisitWords[];
}

/** One visit of the schedule. */
export interface VisitWords {
  readonly line: number;
  readonly days: string;
  readonly start: string;
  /** Only where a later start breaks a hard need (X2). */
  readonly noLaterThan?: string;
  readonly length: string;
  readonly carers: string;
  readonly tasks: string;
  readonly critical: boolean;
}

const taskWords: Record<Task, string> = {
  'personal-care': 'personal care',
  'medication-prompt': 'reminding about medicine',
  'medication-administration': 'giving medicine',
  'meal-preparation': 'preparing a meal',
  'continence-care': 'continence care',
  'moving-and-handling': 'moving and handling',
  'skin-care': 'skin care',
  'catheter-care': 'catheter care',
  'peg-feeding': 'PEG feeding',
  'welfare-check': 'checking that all is well',
  domestic: 'housework',
  shopping: 'shopping',
  companionship: 'company',
};
const ageWords: Record<AgeBand, string> = {
  '18-44': '18 to 44',
  '45-64': '45 to 64',
  '65-74': '65 to 74',
  '75-84': '75 to 84',
  '85-plus': '85 or over',
};
const genderWords: Record<Gender, string> = {
  ...{ female: 'female', male: 'male', other: 'other', 'not-stated': 'not stated' },
};
const carerWords: Record<CarerGenderNeed, string> = {
  ...{ any: 'any', 'female-only': 'women only', 'male-only': 'men only' },
};
const accessWords: Record<AccessFlag, string> = {
  ...{ 'key-safe': 'key safe', 'family-lets-in': 'family lets carers in', warden: 'warden' },
  ...{ stairs: 'stairs', intercom: 'intercom' },
};
const householdWords: Record<HouseholdFlag, string> = {
  ...{ 'lives-alone': 'lives alone', pets: 'pets', smoker: 'smoker', hoarding: 'hoarding' },
  'two-to-attend': 'two people must attend',
};

/** Codes of a council's own, such as skills, have no words here: they are told without their dashes. */
const worded = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code.replaceAll('-', ' ');

const wordedList = (words: Readonly<Record<string, string>>, codes: readonly string[]): string =>
  codes.length === 0 ? 'none stated' : listInWords(codes.map((code) => worded(words, code)));

const visitWords = (visit: RequestPack['schedule'][number]): VisitWords => ({
  ...{ line: visit.line, days: daysInWords(visit.days), start: clockInWords(visit.start) },
  ...(visit.latestStart && { noLaterThan: clockInWords(visit.latestStart) }),
  ...{ length: minutesInWords(visit.minutes), carers: countInWords(visit.carers, 'carer') },
  ...{ tasks: wordedList(taskWords, visit.tasks), critical: visit.critical },
});

/** The words of a pack, for a page or a text. Each field is taken by name (S1-9). */
export function packWords(pack: RequestPack): PackWords {
  const { postcodeDistrict, postcodeSector, durationWeeks } = pack;
  const area = postcodeSector ?? postcodeDistrict;
  const facts: readonly (readonly [string, string])[] = [
    ['Area', `${area}, ${pack.patch}`],
    ['First day wanted', dateInWords(pack.startOn)],
    ['For how long', durationWeeks ? countInWords(durationWeeks, 'week') : 'no end is planned'],
    ['Age', worded(ageWords, pack.ageBand)],
    ['Gender', worded(genderWords, pack.gender)],
    ['Carers', worded(carerWords, pack.carerGenderNeed)],
    ['Skills needed', wordedList({}, pack.skills)],
    ['Languages', wordedList({}, pack.languages)],
    ['Getting in', wordedList(accessWords, pack.access)],
    ['Household', wordedList(householdWords, pack.household)],
  ];
  return {
    title: `Request for home care ${pack.requestNumber}`,
    facts: facts.map(([label, words]) => ({ label, words })),
    visits: pack.schedule.map(visitWords),
  };
}

/** What a visit's critical mark asks of a provider (X23). */
export const criticalWords = 'The time of this visit matters to the person’s safety.';

/** What an offer may change and what it may not (S1-12). */
export const negotiableWords =
  'Offer a time for each visit and a first day. Days, lengths and carers are as wanted.';

const visitText = (visit: VisitWords): string =>
  [
    `Visit ${visit.line}: ${visit.days} at ${visit.start}` +
      `${visit.noLaterThan ? ` (no later than ${visit.noLaterThan})` : ''}, ` +
      `${visit.length}, ${visit.carers}`,
    `  Tasks: ${visit.tasks}`,
    ...(visit.critical ? [`  ${criticalWords}`] : []),
  ].join('\n');

/** The pack as plain text: what the portal shows and a mail says. */
export function packText(pack: RequestPack): string {
  const { title, facts, visits } = packWords(pack);
  return [
    title,
    facts.map(({ label, words }) => `${label}: ${words}`).join('\n'),
    'Visits',
    ...visits.map(visitText),
    negotiableWords,
  ].join('\n\n');
}
