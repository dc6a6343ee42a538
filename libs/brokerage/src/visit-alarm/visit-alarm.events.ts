import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

interface OfAlarm {
  readonly alarmId: string;
  readonly packageId: string;
  readonly personId: string;
  readonly visit: string;
  readonly providerId: string;
}

export type VisitAlarmTaken = Event<
  'VisitAlarmTaken',
  OfAlarm & { owner: string; takenAt: Instant }
>;

/** Who is asked when an alarm waited too long (X26). */
export const escalationDesks = ['senior-broker', 'commissioner'] as const;
export type EscalationDesk = (typeof escalationDesks)[number];

export type VisitAlarmEscalated = Event<
  'VisitAlarmEscalated',
  OfAlarm & { level: number; to: EscalationDesk; escalatedAt: Instant }
>;

export type VisitAlarmClosed = Event<
  'VisitAlarmClosed',
  OfAlarm & {
    personSafe: boolean;
    safeguardingRaised: boolean;
    note?: string;
    closedBy: string;
    closedAt: Instant;
  }
>;

export type VisitAlarmEvent = VisitAlarmTaken | VisitAlarmEscalated | VisitAlarmClosed;

export const visitAlarmPersonalFields = {
  events: { VisitAlarmClosed: { subject: 'personId', fields: ['note'] } },
  commands: { CloseVisitAlarm: ['note'] },
} as const;
