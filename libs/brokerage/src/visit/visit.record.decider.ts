import { hasRole, type Actor } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import type { LegInput, VisitCommands } from './visit.commands.js';
import type { Leg, VisitEvent } from './visit.events.js';
import { oneVisit, withdrawals } from './visit.alarm.rules.js';
import { legOf } from './visit.leg.rules.js';
import { addressOf, ensure, type VisitState } from './visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type RecordCommands = Pick<VisitCommands, 'RecordVisit' | 'RecordVisits'>;
type RecordEvent = Extract<
  VisitEvent,
  { type: 'VisitsRecorded' | 'VisitDetectionWithdrawn' | 'VisitReportContradicted' }
>;

/** What was logged, leg by leg. An actual never rewrites the plan. */
export const recordDecider: Decider<WeekState, RecordCommands, RecordEvent> = {
  initial: unplannedWeek,
  decide: {
    RecordVisit: (state, { leg }, { now, actor }) => recorded(state, [leg], now, actor),
    RecordVisits: (state, { legs }, { now, actor }) => recorded(state, legs, now, actor),
  },
  evolve: evolveWeek,
};

function recorded(
  state: WeekState,
  inputs: readonly LegInput[],
  now: string,
  actor: Actor,
): readonly RecordEvent[] {
  ensure(inputs.length > 0, 'NothingRecorded');
  const legs: Leg[] = [];
  let providerId = '';
  for (const input of inputs) {
    const { visit: key, packageId, week } = addressOf(input.visitId);
    const visit = state.visits[key];
    ensure(visit && !visit.withdrawn, 'VisitNotPlanned', { path: 'visitId' });
    const together = packageId === state.packageId && week === state.week;
    ensure(together, 'VisitsOfSeveralWeeks');
    ensureOwnVisit(actor, visit);
    ({ providerId } = visit);
    const leg = legOf(input, visit, now);
    const before = visit.legs.find((other) => other.leg === leg.leg);
    if (before && isSame(before, leg)) continue;
    ensure(!before && !legs.some((other) => isOfSameLeg(other, leg)), 'LegAlreadyRecorded');
    ensure(!visit.excused, 'VisitIsExcused');
    legs.push(leg);
  }
  if (legs.length === 0) return [];
  const { packageId, personId, week } = state;
  const data = { packageId: packageId ?? '', personId, week, providerId, legs };
  return [{ type: 'VisitsRecorded', data }, ...truthsTold(state, legs, now)];
}

/** A log-in withdraws a detection, however late it is, and contradicts a report (S2-12, X10). */
export function truthsTold(
  state: WeekState,
  legs: readonly Leg[],
  now: string,
): readonly RecordEvent[] {
  const first = legs.filter(
    ({ visit }, at) => legs.findIndex((other) => other.visit === visit) === at,
  );
  return first.flatMap(({ visit, leg, carerId, inAt }): RecordEvent[] => {
    const before = state.visits[visit];
    if (!before || before.legs.length > 0) return [];
    const told = { ...oneVisit(state, before), leg, carerId, loggedInAt: inAt };
    return [
      ...withdrawals(state, before, 'logged-in', now),
      ...(before.missReported
        ? [{ type: 'VisitReportContradicted' as const, data: { ...told, contradictedAt: now } }]
        : []),
    ];
  });
}

/** A provider records its own visits; the council may record any. */
export function ensureOwnVisit(actor: Actor, visit: VisitState): void {
  const own = !hasRole(actor, 'provider') || actor.organisation === visit.providerId;
  ensure(own, 'VisitOfAnotherProvider', { path: 'visitId' });
}

const isOfSameLeg = (a: Leg, b: Leg): boolean => a.visit === b.visit && a.leg === b.leg;

const isSame = (a: Leg, b: Leg): boolean =>
  a.carerId === b.carerId && a.inAt === b.inAt && a.outAt === b.outAt;
