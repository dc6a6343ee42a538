import type { CouncilPolicy } from '#kernel/council-policy.js';
import { ensureAll } from '#kernel/rejection.js';
import { overlaps } from '#kernel/schedule.js';
import { isSplit } from '#kernel/split.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import type { CareLine, CareNeeds } from './package.events.js';
import type { DraftLine, DraftNeeds, Missing } from './package.referral.events.js';
import { packageRules } from './package.rules.js';

type Check = readonly [unknown, keyof typeof packageRules, { path: string; message?: string }];

type Line = CareNeedsInput['schedule'][number];

/**
 * Refuses an incomplete or contradictory referral with everything that is wrong with it (X1). A
 * package taken on from the system before keeps the agreements it had there (X30).
 */
export function ensureComplete(
  needs: CareNeedsInput,
  policy: CouncilPolicy,
  { takenOn = false } = {},
): void {
  ensureAll(packageRules, [
    ...gapsIn(needs),
    ...(takenOn ? [] : [...agreementChecks(needs, policy), ...shortTermChecks(needs)]),
    ...contradictionsIn(needs, policy),
  ]);
  ensureAll(packageRules, overlapChecks(careLines(needs)));
}

/** What a referral lacks before providers can be asked: gaps, not contradictions (X1, X3, S4-2). */
export const missingIn = (needs: CareNeedsInput, policy: CouncilPolicy): Missing[] =>
  [...gapsIn(needs), ...agreementChecks(needs, policy), ...shortTermChecks(needs)].flatMap(
    ([holds, code, { path }]) => (holds ? [] : [{ path, code }]),
  );

/** Refuses what contradicts itself, however much is missing. */
export function ensureConsistent(needs: CareNeedsInput, policy: CouncilPolicy): void {
  ensureAll(packageRules, contradictionsIn(needs, policy));
}

const gapsIn = ({ schedule }: CareNeedsInput): Check[] => [
  [schedule.length > 0, 'ScheduleMissing', { path: 'needs.schedule' }],
  ...schedule.flatMap((line, index) => gapChecks(line, `needs.schedule.${index}`)),
];

function contradictionsIn(needs: CareNeedsInput, { shortTermWeeks }: CouncilPolicy): Check[] {
  const { startOn, plannedLastDay, serviceLine, funding } = needs;
  const starts = isCivilDate(startOn);
  const ends = plannedLastDay !== undefined && isCivilDate(plannedLastDay);
  const limitedBefore =
    serviceLine === 'short-term' && starts ? addDays(startOn, 7 * shortTermWeeks) : null;
  const path = 'needs.plannedLastDay';
  return [
    [starts, 'DateDoesNotExist', { path: 'needs.startOn' }],
    ...needs.schedule.flatMap((line, index) => senseChecks(line, `needs.schedule.${index}`)),
    ...(funding ? fundingChecks(funding, 'needs.funding') : []),
    [!plannedLastDay || ends, 'DateDoesNotExist', { path }],
    [!ends || !starts || plannedLastDay >= startOn, 'PlannedLastDayBeforeStart', { path }],
    [!ends || !limitedBefore || plannedLastDay < limitedBefore, 'ShortTermTooLong', { path }],
  ];
}

/** A visit under half an hour has a prior agreement to a named short task (X3). */
const agreementChecks = ({ schedule }: CareNeedsInput, policy: CouncilPolicy): Check[] =>
  schedule.map(({ minutes, shortVisitAgreement }, index) => [
    !minutes || minutes < 0 || minutes >= policy.shortVisitMinutes || shortVisitAgreement,
    'ShortVisitAgreementMissing',
    { path: `needs.schedule.${index}.shortVisitAgreement` },
  ]);

/** Short-term care has a purpose and an end (S4-2, S4-5). */
const shortTermChecks = ({ serviceLine, purpose, plannedLastDay }: CareNeedsInput): Check[] => [
  [serviceLine !== 'short-term' || purpose, 'PurposeMissing', { path: 'needs.purpose' }],
  [
    serviceLine !== 'short-term' || plannedLastDay,
    'PlannedLastDayMissing',
    { path: 'needs.plannedLastDay' },
  ],
];

/** All shares of all payers, each named once (S2-21). */
export const fundingChecks = (funding: NonNullable<CareNeedsInput['funding']>, path: string) => {
  const payers = new Set(funding.map(({ payer }) => payer));
  const whole = isSplit(funding.map(({ basisPoints }) => basisPoints));
  return [
    [payers.size === funding.length, 'PayerRepeated', { path }],
    [whole, 'FundingNotWhole', { path }],
  ] satisfies Check[];
};

/** What a visit lacks (X1). */
function gapChecks(line: Line, path: string): Check[] {
  const { days, start, minutes, carers, critical, criticalReason } = line;
  return [
    [days && days.length > 0, 'VisitDaysMissing', { path: `${path}.days` }],
    [start, 'VisitStartMissing', { path: `${path}.start` }],
    [typeof minutes === 'number', 'VisitMinutesMissing', { path: `${path}.minutes` }],
    [carers, 'VisitCarersMissing', { path: `${path}.carers` }],
    [line.tasks && line.tasks.length > 0, 'VisitTasksMissing', { path: `${path}.tasks` }],
    [typeof critical === 'boolean', 'VisitCriticalMissing', { path: `${path}.critical` }],
    [!critical || criticalReason, 'CriticalReasonMissing', { path: `${path}.criticalReason` }],
  ];
}

/** What of a visit contradicts itself. */
function senseChecks(line: Line, path: string): Check[] {
  const { days, start, latestStart, minutes, critical, criticalReason, tasks } = line;
  const agreement = line.shortVisitAgreement;
  return [
    [new Set(days).size === (days?.length ?? 0), 'VisitDaysRepeated', { path: `${path}.days` }],
    [(minutes ?? 1) > 0, 'VisitMinutesNotPositive', { path: `${path}.minutes` }],
    [
      !agreement || isCivilDate(agreement.agreedOn),
      'DateDoesNotExist',
      { path: `${path}.shortVisitAgreement.agreedOn` },
    ],
    [
      !agreement || !tasks || tasks.includes(agreement.task),
      'ShortVisitTaskNotInVisit',
      { path: `${path}.shortVisitAgreement.task` },
    ],
    [
      critical !== false || !criticalReason,
      'CriticalReasonWithoutCritical',
      { path: `${path}.criticalReason` },
    ],
    [
      !latestStart || !start || latestStart >= start,
      'LatestStartBeforeWanted',
      { path: `${path}.latestStart` },
    ],
  ];
}

const weekdayNames = [
  '',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** Two lines of one person at the same time would need the same round twice (X1). */
const overlapChecks = (lines: readonly CareLine[]): Check[] =>
  overlaps(lines).map(({ a, b, day }) => [
    false,
    'VisitsOverlap',
    {
      path: `needs.schedule.${b - 1}`,
      message: `Visits ${a} and ${b} of the schedule overlap on ${weekdayNames[day] ?? day}.`,
    },
  ]);

/** The needs as a durable record; `ensureComplete` has gone before. */
export const careNeeds = (needs: CareNeedsInput): CareNeeds => ({
  serviceLine: needs.serviceLine,
  lot: needs.lot,
  fundingStatus: needs.fundingStatus,
  ...(needs.funding && { funding: needs.funding.map((line) => ({ ...line })) }),
  ...(needs.purpose && { purpose: needs.purpose }),
  ...(needs.plannedLastDay && { plannedEndsBefore: addDays(needs.plannedLastDay, 1) }),
  postcodeDistrict: needs.postcodeDistrict,
  patch: needs.patch,
  ageBand: needs.ageBand,
  gender: needs.gender,
  carerGenderNeed: needs.carerGenderNeed,
  skills: [...(needs.skills ?? [])],
  languages: [...(needs.languages ?? [])],
  access: [...(needs.access ?? [])],
  household: [...(needs.household ?? [])],
  urgent: needs.urgent ?? false,
  hospitalDischarge: needs.hospitalDischarge ?? false,
  startOn: needs.startOn,
  ...(needs.durationWeeks && { durationWeeks: needs.durationWeeks }),
  schedule: careLines(needs),
});

const careLines = (needs: CareNeedsInput): CareLine[] =>
  needs.schedule.map((line, index) => ({
    line: index + 1,
    days: [...(line.days ?? [])].toSorted((a, b) => a - b),
    start: line.start ?? '',
    ...(line.latestStart && { latestStart: line.latestStart }),
    minutes: line.minutes ?? 0,
    carers: line.carers ?? 0,
    tasks: [...(line.tasks ?? [])],
    critical: line.critical ?? false,
    ...(line.criticalReason && { criticalReason: line.criticalReason }),
    ...(line.shortVisitAgreement && { shortVisitAgreement: { ...line.shortVisitAgreement } }),
  }));

/** Needs with the gaps that the referrer left, for the record of an incomplete referral. */
export function draftNeeds(needs: CareNeedsInput): DraftNeeds {
  const complete = careNeeds(needs);
  const schedule = needs.schedule.map((line, index): DraftLine => {
    const known = Object.entries(complete.schedule[index] ?? {}).filter(
      ([name]) => name in line && line[name as keyof Line] !== undefined,
    );
    return { line: index + 1, ...(Object.fromEntries(known) as Omit<DraftLine, 'line'>) };
  });
  return { ...complete, schedule };
}

/** Names of the needs that differ. */
export const changedNeeds = (before: CareNeeds, after: CareNeeds): string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const text = (needs: CareNeeds, name: string) => JSON.stringify(needs[name as keyof CareNeeds]);
  return [...names].filter((name) => text(before, name) !== text(after, name));
};
