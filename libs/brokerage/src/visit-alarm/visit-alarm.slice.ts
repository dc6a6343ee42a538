import { defineSlice } from '#platform/commands/slice.js';
import type { VisitAlarmCommands } from './visit-alarm.commands.js';
import { visitAlarmDecider } from './visit-alarm.decider.js';
import { alarmFacts } from './visit-alarm.facts.js';

const ofAlarm = { id: ({ alarmId }: { alarmId: string }) => alarmId, facts: alarmFacts };

export const visitAlarmSlice = defineSlice<VisitAlarmCommands>({
  category: 'visitAlarm',
  decider: visitAlarmDecider,
  commands: { TakeVisitAlarm: ofAlarm, EscalateVisitAlarm: ofAlarm, CloseVisitAlarm: ofAlarm },
});
