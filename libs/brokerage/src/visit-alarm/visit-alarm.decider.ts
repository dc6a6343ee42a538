import type { Decider } from '#kernel/decider.js';
import type { VisitAlarmCommands } from './visit-alarm.commands.js';
import { escalationDesks, type VisitAlarmEvent } from './visit-alarm.events.js';
import { ensure } from './visit-alarm.rules.js';

export interface VisitAlarmState {
  readonly owner: string | null;
  readonly level: number;
  readonly closed: boolean;
}

/** The alarm as its visit's week has it. */
export interface RaisedAlarm {
  readonly packageId: string;
  readonly personId: string;
  readonly visit: string;
  readonly providerId: string;
  /** The visit turned out to be attended, or was excused. */
  readonly over: boolean;
}

interface AlarmFacts {
  readonly alarm: RaisedAlarm | null;
}

export interface VisitAlarmFacts {
  TakeVisitAlarm: AlarmFacts;
  EscalateVisitAlarm: AlarmFacts;
  CloseVisitAlarm: AlarmFacts;
}

/** What people do about an alarm; that it was raised, its visit's week tells (X26). */
export const visitAlarmDecider: Decider<
  VisitAlarmState,
  VisitAlarmCommands,
  VisitAlarmEvent,
  VisitAlarmFacts
> = {
  initial: { owner: null, level: 0, closed: false },
  decide: {
    TakeVisitAlarm(state, { alarmId }, { facts, actor, now }) {
      const alarm = openAlarm(state, facts);
      ensure(state.owner !== actor.id, 'VisitAlarmAlreadyYours');
      const data = { alarmId, ...alarm, owner: actor.id, takenAt: now };
      return [{ type: 'VisitAlarmTaken', data }];
    },
    EscalateVisitAlarm(state, { alarmId, level, dueAt }, { facts, now }) {
      const to = escalationDesks[state.level];
      const waits = facts.alarm && !facts.alarm.over && !state.closed;
      if (!facts.alarm || !waits || !to || level !== state.level + 1 || now < dueAt) return [];
      const data = { alarmId, ...visitOf(facts.alarm), level, to, escalatedAt: now };
      return [{ type: 'VisitAlarmEscalated', data }];
    },
    CloseVisitAlarm(state, { alarmId, personSafe, safeguardingRaised, note }, context) {
      const { facts, actor, now } = context;
      const alarm = openAlarm(state, facts);
      ensure(personSafe || safeguardingRaised, 'SafeguardingNotRaised', {
        path: 'safeguardingRaised',
      });
      const outcome = { personSafe, safeguardingRaised, ...(note && { note }) };
      const data = { alarmId, ...alarm, ...outcome, closedBy: actor.id, closedAt: now };
      return [{ type: 'VisitAlarmClosed', data }];
    },
  },
  evolve: {
    VisitAlarmTaken: (state, { owner }) => ({ ...state, owner }),
    VisitAlarmEscalated: (state, { level }) => ({ ...state, owner: null, level }),
    VisitAlarmClosed: (state) => ({ ...state, closed: true }),
  },
};

function openAlarm({ closed }: VisitAlarmState, { alarm }: AlarmFacts) {
  ensure(alarm, 'VisitAlarmUnknown', { path: 'alarmId' });
  ensure(!closed && !alarm.over, 'VisitAlarmOver');
  return visitOf(alarm);
}

const visitOf = ({ packageId, personId, visit, providerId }: RaisedAlarm) => ({
  ...{ packageId, personId, visit, providerId },
});
