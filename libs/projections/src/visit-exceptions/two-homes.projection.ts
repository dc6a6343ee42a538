import { overlap, drawersOf, isSameLeg, type Presence } from './carer-day.rules.js';
import { keyOf, listed, presenceOf, type Context, type Logged } from './exception-row.rules.js';
import type { Folded } from './visit-exceptions.tables.projection.js';

/** Nobody makes so many visits in a day: a carer's id that has more names nobody in particular. */
const mostPresences = 200;

/** Puts a leg into its carer's days, and lists it and those it collides with. */
export function enter(folded: Folded, of: Context, log: Logged): void {
  const presence = presenceOf(of, log);
  if (!presence) return;
  for (const drawer of drawersOf(of.providerId, log.carerId, presence)) {
    const { present = [] } = folded.carerDays.get(drawer) ?? {};
    if (present.length >= mostPresences) continue;
    for (const other of present) {
      if (overlap(presence, other)) collide(folded, of, log.carerId, [presence, other]);
    }
    folded.carerDays.change(drawer, () => ({ present: [...present, presence] }));
  }
}

function collide(folded: Folded, of: Context, carerId: string, pair: [Presence, Presence]): void {
  const [later, earlier] = pair;
  for (const [one, other] of [
    [later, earlier],
    [earlier, later],
  ] as const) {
    const { visitId, leg, inAt, outAt } = one;
    const dot = visitId.indexOf('.');
    const own = { ...of, packageId: visitId.slice(0, dot) };
    const log = { visit: visitId.slice(dot + 1), leg, carerId, inAt, outAt };
    folded.exceptions.change(keyOf(visitId, leg, 'two-homes-at-once'), (row) => {
      const before = row ?? listed(own, log, 'two-homes-at-once');
      if (before.overlaps.includes(other.visitId)) return row;
      return { ...before, overlaps: [...before.overlaps, other.visitId] };
    });
  }
}

/** Takes a leg out of its carer's days, and out of what it collided with. */
export function leave(folded: Folded, of: Context, log: Logged): void {
  const presence = presenceOf(of, log);
  if (!presence) return;
  const { visitId, leg } = presence;
  for (const drawer of drawersOf(of.providerId, log.carerId, presence)) {
    folded.carerDays.change(drawer, (row) => {
      const present = row?.present.filter((other) => !isSameLeg(other, presence)) ?? [];
      return present.length > 0 ? { present } : undefined;
    });
  }
  const { exceptions } = folded;
  const { overlaps = [] } = exceptions.get(keyOf(visitId, leg, 'two-homes-at-once')) ?? {};
  exceptions.change(keyOf(visitId, leg, 'two-homes-at-once'), () => undefined);
  for (const other of overlaps) {
    for (const { key, row } of exceptions.find('visitId', other)) {
      if (row.reason !== 'two-homes-at-once') continue;
      const left = row.overlaps.filter((each) => each !== visitId);
      exceptions.change(key, () => (left.length > 0 ? { ...row, overlaps: left } : undefined));
    }
  }
}
