import { ensureAll } from '#kernel/rejection.js';
import { overlaps } from '#kernel/schedule.js';
import { isCivilDate } from '#kernel/time.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import type { CareLine, CareNeeds } from './package.events.js';
import { packageRules } from './package.rules.js';

type Check = readonly [unknown, keyof typeof packageRules, { path: string; message?: string }];

/** Refuses an incomplete or contradictory schedule with everything that is wrong with it (X1). */
export function ensureComplete(needs: CareNeedsInput): void {
  ensureAll(packageRules, [
    [isCivilDate(needs.startOn), 'DateDoesNotExist', { path: 'needs.startOn' }],
    [needs.schedule.length > 0, 'ScheduleMissing', { path: 'needs.schedule' }],
    ...needs.schedule.flatMap((line, index) => lineChecks(line, `needs.schedule.${index}`)),
  ]);
  ensureAll(packageRules, overlapChecks(careLines(needs)));
}

function lineChecks(line: CareNeedsInput['schedule'][number], path: string): Check[] {
  const { days, start, latestStart, minutes, carers, critical, criticalReason } = line;
  return [
    [days && days.length > 0, 'VisitDaysMissing', { path: `${path}.days` }],
    [new Set(days).size === (days?.length ?? 0), 'VisitDaysRepeated', { path: `${path}.days` }],
    [start, 'VisitStartMissing', { path: `${path}.start` }],
    [typeof minutes === 'number', 'VisitMinutesMissing', { path: `${path}.minutes` }],
    [(minutes ?? 1) > 0, 'VisitMinutesNotPositive', { path: `${path}.minutes` }],
    [carers, 'VisitCarersMissing', { path: `${path}.carers` }],
    [line.tasks && line.tasks.length > 0, 'VisitTasksMissing', { path: `${path}.tasks` }],
    [typeof critical === 'boolean', 'VisitCriticalMissing', { path: `${path}.critical` }],
    [!critical || criticalReason, 'CriticalReasonMissing', { path: `${path}.criticalReason` }],
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
  }));
