import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import type { ScheduleLine } from '#kernel/schedule.js';
import { isCivilDate, isoWeekOf, londonInstant } from '#kernel/time.js';
import { withdrawals } from './visit.alarm.rules.js';
import type { VisitCommands } from './visit.commands.js';
import type { PlanHolder, ReplanCause, VisitEvent, VisitsReplanned } from './visit.events.js';
import {
  changeOf,
  dueVisits,
  holderOf,
  type DueVisit,
  type PackagePlan,
  type PlanChange,
} from './visit.plan.rules.js';
import { addressOf, ensure, type VisitState } from './visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type PlanCommands = Pick<VisitCommands, 'PlanWeek' | 'ReplanWeek' | 'AgreeVisitTime'>;
type PlanEvent = Extract<
  VisitEvent,
  { type: 'WeekPlanned' | 'VisitsReplanned' | 'VisitDetectionWithdrawn' }
>;

export interface PlanFacts {
  PlanWeek: { plan: PackagePlan };
  ReplanWeek: { plan: PackagePlan };
}

/** Planned visits are facts: what was required of whom, and when (design section 5). */
export const planDecider: Decider<WeekState, PlanCommands, PlanEvent, PlanFacts> = {
  initial: unplannedWeek,
  decide: {
    PlanWeek(state, { packageId, week }, { facts: { plan }, policy }) {
      const { personId, patch, holder: last } = plan;
      if (state.packageId !== null || !last || policy.ecmGoLiveOn === null) return [];
      const due = [...dueVisits(plan, week, policy.ecmGoLiveOn).values()];
      const wanted = due.filter(({ span }) => span.suspendedBecause === undefined);
      const first = wanted[0]?.holder ?? { ...last, patch };
      const own = wanted.filter(({ holder }) => holder.providerId === first.providerId);
      const visits = own.map(({ visit }) => visit);
      const opened = { packageId, personId, week, ...holderOf(first), visits };
      const others = wanted.filter((visit) => !own.includes(visit));
      const added = others.map(({ visit, holder }) => ({ holder, added: visit }));
      const planned = { packageId, personId, week };
      return [{ type: 'WeekPlanned', data: opened }, ...replanned(planned, added, 'transferred')];
    },
    ReplanWeek(state, { packageId, week, because = 'package-ended' }, { facts, policy, now }) {
      const { plan } = facts;
      if (state.packageId === null || policy.ecmGoLiveOn === null) return [];
      const due = movedWithTheirTime(dueVisits(plan, week, policy.ecmGoLiveOn), state, plan);
      const changes = [...due].flatMap(([visit, next]) => changeOf(next, state.visits[visit]));
      const gone = Object.values(state.visits)
        .filter(({ visit, withdrawn, legs }) => !due.has(visit) && !withdrawn && legs.length === 0)
        .map((visit) => ({ holder: holderOf(visit), withdrawn: visit.visit }));
      const { personId } = plan;
      const all = [...changes, ...gone];
      return [
        ...replanned({ packageId, personId, week }, all, because),
        ...notMissed(state, all, now),
      ];
    },
    AgreeVisitTime(state, { visitId, on, start, agreedWith }, { now, actor }) {
      const { visit: key, packageId, week } = addressOf(visitId);
      const visit = state.visits[key];
      ensure(visit && !visit.withdrawn, 'VisitNotPlanned', { path: 'visitId' });
      ensure(!hasRole(actor, 'provider'), 'TimeNotAgreedByProvider');
      ensure(isCivilDate(on), 'DateDoesNotExist', { path: 'on' });
      ensure(isoWeekOf(on) === week, 'TimeOutsideWeek', { path: 'on' });
      const { instant: startsAt, shifted } = londonInstant(on, start);
      ensure(now < visit.startsAt && now < startsAt, 'TimeAgreedTooLate');
      const { minutes, carers, critical, personId } = { ...visit, personId: state.personId };
      const agreed = { visit: key, on, agreedStart: start, startsAt, minutes, carers, critical };
      const changed = [
        { ...agreed, ...(shifted && { shifted: true as const }), ...needsOf(visit) },
      ];
      const change = { added: [], changed, withdrawn: [], because: 'agreed-time' as const };
      const data = { packageId, personId, week, ...holderOf(visit), ...change };
      return [{ type: 'VisitsReplanned', data: { ...data, agreedWith: { ...agreedWith } } }];
    },
  },
  evolve: evolveWeek,
};

/** A visit with a time of its own on another day is due where it is, not where its line has it. */
function movedWithTheirTime(
  due: Map<string, DueVisit>,
  { visits }: WeekState,
  { spans, patch }: PackagePlan,
): Map<string, DueVisit> {
  for (const before of Object.values(visits)) {
    const { visit, on } = before;
    if (!before.agreedAlone || visit.startsWith(on)) continue;
    const span = spans.find(({ fromOn, endsBefore }) => fromOn <= on && on < endsBefore);
    const line = span?.schedule.find((each) => each.line === lineOf(before));
    if (!span || !line) {
      due.delete(visit);
      continue;
    }
    const { minutes, carers, critical } = line;
    const moved = { ...plannedPart(before), minutes, carers, critical, ...needsOf(line) };
    due.set(visit, { visit: moved, holder: holderOf({ ...span, patch }), span });
  }
  return due;
}

const lineOf = ({ visit }: VisitState): number => Number(visit.split('.')[1]);

/** What a visit keeps at whatever time: the agreement on a short one, the hard needs (X2, X3). */
const needsOf = ({
  shortAgreed,
  latestStart,
  carerGender,
}: Pick<ScheduleLine, 'shortAgreed' | 'latestStart' | 'carerGender'>) => ({
  ...(shortAgreed && { shortAgreed }),
  ...(latestStart !== undefined && { latestStart }),
  ...(carerGender && { carerGender }),
});

const plannedPart = ({ visit, on, agreedStart, startsAt, shifted }: VisitState) => ({
  ...{ visit, on, agreedStart, startsAt },
  ...(shifted && { shifted }),
});

/** A visit that is excused or not required any more was not missed, whatever was found (S2-12). */
const notMissed = (state: WeekState, changes: readonly PlanChange[], now: string) =>
  changes.flatMap(({ withdrawn, excused }) => {
    const visit = state.visits[withdrawn ?? excused?.visit ?? ''];
    return visit ? withdrawals(state, visit, excused ? 'excused' : 'not-required', now) : [];
  });

/** One event for each provider in whose plan something changes. */
function replanned(
  week: { packageId: string; personId: string; week: string },
  changes: readonly PlanChange[],
  because: ReplanCause,
): VisitsReplanned[] {
  const byHolder = new Map<string, { holder: PlanHolder; changes: PlanChange[] }>();
  for (const change of changes) {
    const key = `${change.holder.providerId}/${change.holder.contractId}`;
    const same = byHolder.get(key) ?? { holder: change.holder, changes: [] };
    same.changes.push(change);
    byHolder.set(key, same);
  }
  return [...byHolder.values()].map(({ holder, changes: own }) => {
    const excused = own.flatMap((change) => change.excused ?? []);
    const reinstated = own.flatMap((change) => change.reinstated ?? []);
    const data = {
      ...{ ...week, ...holder },
      added: own.flatMap(({ added }) => added ?? []),
      changed: own.flatMap(({ changed }) => changed ?? []),
      withdrawn: own.flatMap(({ withdrawn }) => withdrawn ?? []),
      ...(excused.length > 0 && { excused }),
      ...(reinstated.length > 0 && { reinstated }),
      because,
    };
    return { type: 'VisitsReplanned', data };
  });
}
