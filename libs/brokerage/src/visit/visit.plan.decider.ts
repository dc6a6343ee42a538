import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { planVisits, type ScheduleLine } from '#kernel/schedule.js';
import { isCivilDate, isoWeekOf, londonInstant, type CivilDate } from '#kernel/time.js';
import type { VisitCommands } from './visit.commands.js';
import type { PlanHolder, VisitEvent } from './visit.events.js';
import { addressOf, ensure } from './visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type PlanCommands = Pick<VisitCommands, 'PlanWeek' | 'ReplanWeek' | 'AgreeVisitTime'>;
type PlanEvent = Extract<VisitEvent, { type: 'WeekPlanned' | 'VisitsReplanned' }>;

/** What a week's plan is made from: the package as its stream has it. */
export interface PackagePlan extends PlanHolder {
  readonly confirmed: boolean;
  readonly personId: string;
  readonly schedule: readonly ScheduleLine[];
  readonly startOn: CivilDate;
  readonly endsBefore: CivilDate | null;
}

export interface PlanFacts {
  PlanWeek: { plan: PackagePlan };
  ReplanWeek: { plan: PackagePlan };
}

/** Planned visits are facts: what was required of whom, and when (design section 5). */
export const planDecider: Decider<WeekState, PlanCommands, PlanEvent, PlanFacts> = {
  initial: unplannedWeek,
  decide: {
    PlanWeek(state, { packageId, week }, { facts: { plan }, policy }) {
      if (state.packageId !== null || !plan.confirmed || policy.ecmGoLiveOn === null) return [];
      const { personId, schedule, startOn, endsBefore } = plan;
      const from = startOn > policy.ecmGoLiveOn ? startOn : policy.ecmGoLiveOn;
      const visits = planVisits(schedule, week, { from, before: endsBefore });
      const data = { packageId, personId, week, ...holderOf(plan), visits };
      return [{ type: 'WeekPlanned', data }];
    },
    ReplanWeek(state, { packageId, week }, { facts: { plan } }) {
      const { endsBefore, personId } = plan;
      if (state.packageId === null || endsBefore === null) return [];
      const withdrawn = Object.values(state.visits)
        .filter((visit) => visit.on >= endsBefore && !visit.withdrawn && visit.legs.length === 0)
        .map(({ visit }) => visit);
      if (withdrawn.length === 0) return [];
      const because = 'package-ended' as const;
      const change = { added: [], changed: [], withdrawn, because };
      const data = { packageId, personId, week, ...holderOf(plan), ...change };
      return [{ type: 'VisitsReplanned', data }];
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
      const changed = [{ ...agreed, ...(shifted && { shifted: true as const }) }];
      const change = { added: [], changed, withdrawn: [], because: 'agreed-time' as const };
      const data = { packageId, personId, week, ...holderOf(visit), ...change };
      return [{ type: 'VisitsReplanned', data: { ...data, agreedWith: { ...agreedWith } } }];
    },
  },
  evolve: evolveWeek,
};

const holderOf = ({ providerId, contractId, contractType, patch }: PlanHolder): PlanHolder => ({
  ...{ providerId, contractId, contractType, patch },
});
