import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { instantFrom } from '#kernel/time-offset.js';
import type { VisitCommands } from './visit.commands.js';
import type { ExcuseReason, VisitEvent } from './visit.events.js';
import { raised, weekOf, withdrawals } from './visit.alarm.rules.js';
import { ensureOwnVisit } from './visit.record.decider.js';
import { addressOf, ensure, type VisitState } from './visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type AttendanceCommands = Pick<VisitCommands, 'ExcuseVisit' | 'AcceptExcuse' | 'ReportMissedVisit'>;
type AttendanceEvent = Extract<
  VisitEvent,
  {
    type:
      | 'VisitExcuseClaimed'
      | 'VisitExcused'
      | 'VisitMissReported'
      | 'VisitDetectionWithdrawn'
      | 'VisitAlarmRaised';
  }
>;

/** Visits that nobody attended: missed, or excused and still planned (S2-13, S2-14). */
export const attendanceDecider: Decider<WeekState, AttendanceCommands, AttendanceEvent> = {
  initial: unplannedWeek,
  decide: {
    ExcuseVisit(state, { visitId, reason, noticeAt, note }, { actor, now }) {
      const visit = unattendedVisit(state, visitId);
      ensureOwnVisit(actor, visit);
      ensure(!visit.excused, 'VisitAlreadyExcused');
      ensure(reason !== 'other' || note, 'ExcuseNoteRequired', { path: 'note' });
      const noticed = noticeAt ? instantFrom(noticeAt) : null;
      ensure(noticed !== undefined, 'TimeUnreadable', { path: 'noticeAt' });
      const data = {
        ...weekOf(state),
        visit: visit.visit,
        reason,
        ...(noticed && { noticeAt: noticed }),
        ...(note && { note }),
      };
      // Nobody opened the door: whether the person is safe is asked before the claim is judged.
      const welfare = reason === 'non-access' ? raised(state, visit, 'welfare-check', now) : [];
      return hasRole(actor, 'provider') && (visit.missReported || visit.missDetected)
        ? [{ type: 'VisitExcuseClaimed', data: { ...data, claimedBy: actor.id } }, ...welfare]
        : [
            { type: 'VisitExcused', data: { ...data, excusedBy: actor.id } },
            ...withdrawals(state, visit, 'excused', now),
            ...welfare,
          ];
    },
    AcceptExcuse(state, { visitId }, { actor, now }) {
      const visit = unattendedVisit(state, visitId);
      ensure(visit.excuseClaim, 'NoExcuseClaimed');
      ensure(!hasRole(actor, 'provider'), 'ExcuseNotAcceptedByProvider');
      const { reason, claimedBy, noticeAt, note } = visit.excuseClaim;
      const data = {
        ...weekOf(state),
        visit: visit.visit,
        reason: reason as ExcuseReason,
        ...(noticeAt && { noticeAt }),
        ...(note && { note }),
        excusedBy: actor.id,
        claimedBy,
      };
      return [{ type: 'VisitExcused', data }, ...withdrawals(state, visit, 'excused', now)];
    },
    ReportMissedVisit(state, { visitId, reason, note }, { actor, now }) {
      const visit = unattendedVisit(state, visitId);
      ensureOwnVisit(actor, visit);
      ensure(!visit.excused, 'VisitAlreadyExcused');
      ensure(!visit.missReported, 'MissAlreadyReported');
      const by = hasRole(actor, 'provider') ? ('provider' as const) : ('council' as const);
      const report = { reason, ...(note && { note }), reportedBy: actor.id, by, reportedAt: now };
      const data = { ...weekOf(state), visit: visit.visit, ...report };
      return [{ type: 'VisitMissReported', data }, ...raised(state, visit, 'missed-visit', now)];
    },
  },
  evolve: evolveWeek,
};

function unattendedVisit(state: WeekState, visitId: string): VisitState {
  const visit = state.visits[addressOf(visitId).visit];
  ensure(visit && !visit.withdrawn, 'VisitNotPlanned', { path: 'visitId' });
  ensure(visit.legs.length === 0, 'VisitWasAttended');
  return visit;
}
