import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import type { AlarmKind } from '../visit/visit.truth.events.js';
import { visitDecider } from '../visit/visit.decider.js';
import { addressOf, weekIdOf } from '../visit/visit.rules.js';
import type { RaisedAlarm } from './visit-alarm.decider.js';

/** The alarm as the stream of its visit's week has it. */
export async function alarmFacts(
  { alarmId }: { alarmId: string },
  read: FactReader,
): Promise<{ alarm: Fact<RaisedAlarm | null> }> {
  const dot = alarmId.lastIndexOf('.');
  const kind = alarmId.slice(dot + 1) as AlarmKind;
  const { packageId, week, visit: key } = addressOf(alarmId.slice(0, dot));
  const folded = await read.folded(visitDecider, `visitWeek-${weekIdOf(packageId, week)}`);
  return {
    alarm: factOf(folded, ({ personId, visits }) => {
      const visit = visits[key];
      if (!visit?.alarms.includes(kind)) return null;
      const { providerId, legs, excused, withdrawn } = visit;
      const over = kind === 'missed-visit' && (legs.length > 0 || excused || withdrawn);
      return { packageId, personId, visit: key, providerId, over };
    }),
  };
}
