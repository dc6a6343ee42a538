import { hasRole, type Actor } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import type { LegInput, VisitCommands } from './visit.commands.js';
import type { Leg, VisitEvent } from './visit.events.js';
import { isNear, readLog } from './visit.log.rules.js';
import { addressOf, ensure, type VisitState } from './visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type RecordCommands = Pick<VisitCommands, 'RecordVisit' | 'RecordVisits'>;
type RecordEvent = Extract<VisitEvent, { type: 'VisitsRecorded' }>;

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
  return [{ type: 'VisitsRecorded', data }];
}

function legOf(input: LegInput, visit: VisitState, now: string): Leg {
  const { carerLeg, carerRef, loggedInAt, loggedOutAt, logMethod } = input;
  const log = readLog(loggedInAt, loggedOutAt, visit.startsAt);
  ensure(log.outAt === null || log.outAt > log.inAt, 'LogOutBeforeLogIn', { path: 'loggedOutAt' });
  ensure(log.inAt <= now && (log.outAt ?? '') <= now, 'LogInFuture', { path: 'loggedInAt' });
  ensure(isNear(log.inAt, visit.startsAt), 'LogFarFromVisit', { path: 'loggedInAt' });
  const who = { visit: visit.visit, leg: carerLeg, carerId: carerRef };
  return { ...who, ...log, method: logMethod ?? 'app' };
}

/** A provider records its own visits; the council may record any. */
export function ensureOwnVisit(actor: Actor, visit: VisitState): void {
  const own = !hasRole(actor, 'provider') || actor.organisation === visit.providerId;
  ensure(own, 'VisitOfAnotherProvider', { path: 'visitId' });
}

const isOfSameLeg = (a: Leg, b: Leg): boolean => a.visit === b.visit && a.leg === b.leg;

const isSame = (a: Leg, b: Leg): boolean =>
  a.carerId === b.carerId && a.inAt === b.inAt && a.outAt === b.outAt;
