import { civilDateOf, localTimeOf, type Instant } from '#kernel/time.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import type {
  Correction,
  Leg,
  VisitEvent,
  VisitsReplanned,
} from '#brokerage/visit/visit.events.js';
import type { VisitAlarmEvent } from '#brokerage/visit-alarm/visit-alarm.events.js';

export type ToldEvent = VisitEvent | VisitAlarmEvent;

const moment = (at: Instant): string => `${civilDateOf(at)} ${localTimeOf(at)}`;

const planned = ({ on, agreedStart, minutes, carers, critical }: PlannedVisit): string =>
  `${on} ${agreedStart}, ${minutes} min, ${carers === 1 ? 'one carer' : `${carers} carers`}${critical ? ', critical' : ''}`;

const logged = ({ carerId, leg, inAt, outAt }: Omit<Leg, 'visit' | 'method'>): string =>
  `carer ${carerId} (leg ${leg}) from ${moment(inAt)} to ${outAt === null ? 'no log-out' : moment(outAt)}`;

function replanned(data: VisitsReplanned['data'], visit: string): string[] {
  const { added, changed, withdrawn, excused = [], reinstated = [], because } = data;
  const of = (each: PlannedVisit) => each.visit === visit;
  const agreed = data.agreedWith ? `, agreed with ${data.agreedWith.relationship}` : '';
  return [
    ...added.filter(of).map((each) => `Taken into the plan (${because}): ${planned(each)}.`),
    ...changed.filter(of).map((each) => `Changed (${because}${agreed}): ${planned(each)}.`),
    ...(withdrawn.includes(visit) ? [`Taken out of the plan (${because}).`] : []),
    ...excused
      .filter((each) => each.visit === visit)
      .map(({ reason }) => `Excused (${because}): ${reason}.`),
    ...(reinstated.includes(visit) ? [`Required again (${because}).`] : []),
  ];
}

type Telling = {
  readonly [Type in ToldEvent['type']]: (
    data: Extract<ToldEvent, { type: Type }>['data'],
    visit: string,
  ) => readonly string[];
};

/** What an event tells of one visit: a sentence for each thing; sealed words are never read. */
const telling: Telling = {
  WeekPlanned: ({ visits }, visit) =>
    visits.filter((each) => each.visit === visit).map((each) => `Planned: ${planned(each)}.`),
  VisitsReplanned: replanned,
  VisitsRecorded: ({ legs }, visit) =>
    legs
      .filter((leg) => leg.visit === visit)
      .map(
        (leg) =>
          `Logged by ${leg.method}${leg.manualReason ? ` (${leg.manualReason})` : ''}: ${logged(leg)}${leg.shadow ? ', learning beside the carers' : ''}.`,
      ),
  // Attendances without a visit are of no visit; what they become is recorded like any other.
  FeedLogsReceived: () => [],
  VisitsUnallocated: () => [],
  VisitsAllocated: () => [],
  VisitCorrectionProposed: (data, visit) =>
    data.visit === visit
      ? [`Correction proposed${data.voided ? ' as void' : ''}: ${logged(data)}.`]
      : [],
  VisitCorrected: (data, visit) =>
    data.visit === visit ? [`${correctedAs(data)}: ${logged(data)}.`] : [],
  VisitExcuseClaimed: ({ visit: of, reason }, visit) =>
    of === visit ? [`The provider claims an excuse: ${reason}.`] : [],
  VisitExcused: ({ visit: of, reason, claimedBy }, visit) =>
    of === visit ? [`Excused: ${reason}${claimedBy ? ', as the provider claimed' : ''}.`] : [],
  VisitMissReported: ({ visit: of, reason, by }, visit) =>
    of === visit ? [`Reported missed by the ${by}: ${reason}.`] : [],
  VisitMissDetected: ({ visit: of, because, reportDueBy }, visit) =>
    of === visit
      ? [
          `Found missed: ${because === 'feed' ? 'the real-time feed was silent' : 'the week’s file has no log'}; the provider’s report is late from ${moment(reportDueBy)}.`,
        ]
      : [],
  VisitDetectionWithdrawn: ({ visit: of, because }, visit) =>
    of === visit ? [`Not missed after all: ${because}.`] : [],
  VisitReportContradicted: ({ visit: of, carerId, loggedInAt }, visit) =>
    of === visit
      ? [`A log contradicts the report: carer ${carerId} at ${moment(loggedInAt)}.`]
      : [],
  VisitAlarmRaised: ({ visit: of, kind }, visit) => (of === visit ? [`Alarm: ${kind}.`] : []),
  VisitAlarmTaken: ({ owner }) => [`${owner} sees to the alarm.`],
  VisitAlarmEscalated: ({ to }) => [`The alarm waited too long and is before the ${to} desk.`],
  VisitAlarmClosed: ({ personSafe, safeguardingRaised }) => [
    `The alarm is closed: the person is ${personSafe ? 'safe' : 'not safe'}; ${safeguardingRaised ? 'a safeguarding concern was raised' : 'no safeguarding concern'}.`,
  ],
};

type Tell = (data: unknown, visit: string) => readonly string[];

export function tellOf(event: { type: string; data: unknown }, visit: string): readonly string[] {
  const tell = telling[event.type as ToldEvent['type']] as Tell | undefined;
  return tell?.(event.data, visit) ?? [];
}

/** Whether an event sets the agreed time of a visit, and whether it was agreed for it alone. */
export function setsTime(
  { type, data }: { type: string; data: unknown },
  visit: string,
): 'plan' | 'alone' | null {
  const of = (each: PlannedVisit) => each.visit === visit;
  if (type === 'WeekPlanned') {
    return (data as { visits: readonly PlannedVisit[] }).visits.some(of) ? 'plan' : null;
  }
  if (type !== 'VisitsReplanned') return null;
  const { added, changed, because } = data as VisitsReplanned['data'];
  if (![...added, ...changed].some(of)) return null;
  return because === 'agreed-time' ? 'alone' : 'plan';
}

const effective: Readonly<Record<string, string>> = {
  PackageTakenOn: 'startedOn',
  AwardConfirmed: 'startOn',
  PackageVaried: 'fromOn',
  VariationEndedEarly: 'endsBefore',
};

/** The first day on which an event of a package sets its agreed times, if it does. */
export function setsScheduleFrom({ type, data }: { type: string; data: unknown }): string | null {
  const field = effective[type];
  return field === undefined ? null : ((data as Record<string, string>)[field] ?? null);
}

const correctedAs = ({ voided, completes }: Correction): string =>
  voided ? 'Voided' : completes ? 'Completed by its log-out' : 'Corrected';
