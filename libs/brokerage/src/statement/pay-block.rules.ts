import { addDays, daysBetween, mondayOf, type IsoWeek } from '#kernel/time.js';
import type { PayBook, PayContract } from './pay-book.rules.js';
import type { StatedWeek } from './statement.events.js';

/** The hours that blocks bought, paid whether used or not; part of a week by its days (S2-4). */
export function blockWeeks(
  providerId: string,
  weeks: readonly IsoWeek[],
  { contracts }: PayBook,
): StatedWeek[] {
  return Object.values(contracts).flatMap((contract): StatedWeek[] => {
    const { block, contractId } = contract;
    if (!block || contract.providerId !== providerId) return [];
    return weeks.flatMap((week) => {
      const days = daysInForce(contract, week);
      const pence = Math.floor((block.weeklyPence * days * 2 + 7) / 14);
      const line = { line: 'block', paidMinutes: 0, pencePerHour: 0, pence };
      const of = { packageId: null, personId: null, contractId, week };
      return days > 0 ? [{ ...of, lines: [line] }] : [];
    });
  });
}

function daysInForce({ startsOn, endsBefore }: PayContract, week: IsoWeek): number {
  const monday = mondayOf(week);
  const after = addDays(monday, 7);
  const from = startsOn > monday ? startsOn : monday;
  const before = endsBefore !== null && endsBefore < after ? endsBefore : after;
  return Math.max(0, daysBetween(from, before));
}
