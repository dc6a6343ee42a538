import type { Instant } from '#kernel/time.js';
import type {
  AlarmKind,
  DetectionWithdrawal,
  VisitAlarmRaised,
  VisitDetectionWithdrawn,
} from './visit.truth.events.js';
import type { VisitState } from './visit.rules.js';
import type { WeekState } from './visit.state.rules.js';

export const weekOf = ({ packageId, personId, week }: WeekState) => ({
  packageId: packageId ?? '',
  personId,
  week,
});

export const oneVisit = (state: WeekState, { visit, providerId }: VisitState) => ({
  ...weekOf(state),
  visit,
  providerId,
});

/** One alarm of each kind for a visit, however often it is reported or found missed (X26). */
export function raised(
  state: WeekState,
  visit: VisitState,
  kind: AlarmKind,
  raisedAt: Instant,
): VisitAlarmRaised[] {
  if (visit.alarms.includes(kind)) return [];
  const { critical, startsAt } = visit;
  const data = { ...oneVisit(state, visit), kind, critical, startsAt, raisedAt };
  return [{ type: 'VisitAlarmRaised', data }];
}

/** Takes back a detection that turned out wrong; it stays in the history (S2-12). */
export const withdrawals = (
  state: WeekState,
  visit: VisitState,
  because: DetectionWithdrawal,
  withdrawnAt: Instant,
): VisitDetectionWithdrawn[] =>
  visit.missDetected
    ? [
        {
          type: 'VisitDetectionWithdrawn',
          data: { ...oneVisit(state, visit), because, withdrawnAt },
        },
      ]
    : [];
