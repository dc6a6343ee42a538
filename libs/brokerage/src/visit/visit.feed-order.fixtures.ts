import fc from 'fast-check';
import { fold, type Event } from '#kernel/decider.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { FeedLog, FeedLogType } from './visit.feed.events.js';
import * as facts from './visit.fixtures.js';
import type { WeekState } from './visit.state.rules.js';

const { given } = specFor(visitDecider);
const provider = facts.userOf(facts.acorn);

/** Attendances of the week's visits, both legs of the double-handed one, and one without a plan. */
const attendances = [
  { ref: 'S-1', leg: 1, on: '2026-03-09', plannedStart: '08:00', carer: 'C-1' },
  { ref: 'S-2', leg: 1, on: '2026-03-09', plannedStart: '12:30', carer: 'C-2' },
  { ref: 'S-2', leg: 2, on: '2026-03-09', plannedStart: '12:30', carer: 'C-3' },
  { ref: 'S-3', leg: 1, on: '2026-03-10', plannedStart: '08:00', carer: 'C-1' },
  { ref: 'S-4', leg: 1, on: '2026-03-09', plannedStart: '20:00', carer: 'C-4' },
] as const;

const clock = (start: string, minutes: number): string => {
  const [hours = 0, at = 0] = start.split(':').map(Number);
  const all = hours * 60 + at + minutes;
  return [Math.floor(all / 60), all % 60].map((part) => String(part).padStart(2, '0')).join(':');
};

/** A log and the corrections of it that the provider sent, each with a higher sequence. */
const logs = (
  attendance: (typeof attendances)[number],
  type: FeedLogType,
  minutes: readonly number[],
): FeedLog[] =>
  minutes.map((late, sequence) => ({
    ...{ ...attendance, type, method: 'app', ...(sequence > 0 && { sequence }) },
    at: `${attendance.on}T${clock(attendance.plannedStart, late)}:00Z`,
  }));

const times = (from: number, to: number) =>
  fc.array(fc.integer({ min: from, max: to }), { minLength: 0, maxLength: 3 });

const sent = fc.tuple(...attendances.map(() => fc.tuple(times(-10, 40), times(5, 70)))).map((all) =>
  all.flatMap(([logins, logouts], index) => {
    const attendance = attendances[index] ?? attendances[0];
    return [...logs(attendance, 'log-in', logins), ...logs(attendance, 'log-out', logouts)];
  }),
);

/** Two orders of the same logs, each with some logs sent twice, cut into requests. */
export const interleaved = sent.chain((all) => {
  const order = fc
    .tuple(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.subarray(all),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
    )
    .map(([shuffled, again, sizes]) => requests([...shuffled, ...again], sizes));
  return fc.tuple(order, order);
});

function requests(all: readonly FeedLog[], sizes: readonly number[]): FeedLog[][] {
  const cut: FeedLog[][] = [];
  for (let from = 0; from < all.length;) {
    const size = sizes[cut.length % sizes.length] ?? 1;
    cut.push(all.slice(from, from + size));
    from += size;
  }
  return cut;
}

const at = { now: '2026-03-12T09:00:00.000Z', actor: provider };

const folded = (events: readonly Event[]): WeekState => fold(visitDecider, events);

/** The week after these requests, and after a second person approved what waits. */
export function after(cut: readonly (readonly FeedLog[])[]): {
  readonly state: WeekState;
  readonly events: readonly Event[];
} {
  let events: readonly Event[] = [facts.weekPlanned];
  const send = (name: string, command: object, by: object): void => {
    events = [
      ...events,
      ...given(...events)
        .when(name, command, by)
        .events(),
    ];
  };
  for (const [index, batch] of cut.entries()) {
    const commandId = `01932e1c-0a10-7000-8000-${String(index).padStart(12, '0')}`;
    const of = { packageId: facts.packageId, personId: facts.personId, week: facts.week };
    const request = { providerId: facts.acorn, deliveryId: `d-${index}`, logs: batch };
    send('RecordFeedLogs', { commandId, ...of, ...request }, at);
  }
  // What moves a band, punctuality or continuity waits for a second person, who approves it.
  const waiting = Object.keys(folded(events).proposed);
  for (const correctionId of waiting) {
    const visitId = facts.idOf(facts.monday);
    const approve = { commandId: facts.commandId, visitId, correctionId };
    send('ApproveVisitCorrection', approve, { ...at, actor: facts.broker });
  }
  return { state: folded(events), events };
}
