import type { CareNeeds, RequestPack } from './package.events.js';

/** Digits and letters that no one confuses when read aloud. */
const spoken = '23456789CDFGHJKLMNPQRSTVWXYZ';

/** A random request number from server entropy: `R-7F3K-92QD`. It tells nothing about the person. */
export function requestNumberFrom(entropy: string): string {
  let number = BigInt(`0x${entropy}`);
  let text = '';
  for (let index = 0; index < 8; index += 1) {
    text += spoken.charAt(Number(number % BigInt(spoken.length)));
    number /= BigInt(spoken.length);
  }
  return `R-${text.slice(0, 4)}-${text.slice(4)}`;
}

/** The anonymised pack: each field is copied by name, so a new field of the needs stays out (S1-9). */
export const requestPack = (
  needs: CareNeeds,
  requestNumber: string,
  postcodeSector: string | null = null,
): RequestPack => ({
  requestNumber,
  postcodeDistrict: needs.postcodeDistrict,
  ...(postcodeSector !== null && { postcodeSector }),
  patch: needs.patch,
  ageBand: needs.ageBand,
  gender: needs.gender,
  carerGenderNeed: needs.carerGenderNeed,
  schedule: needs.schedule.map((line) => ({
    line: line.line,
    days: line.days,
    start: line.start,
    ...(line.latestStart && { latestStart: line.latestStart }),
    minutes: line.minutes,
    carers: line.carers,
    tasks: line.tasks,
    critical: line.critical,
  })),
  skills: needs.skills,
  languages: needs.languages,
  access: needs.access,
  household: needs.household,
  startOn: needs.startOn,
  ...(needs.durationWeeks && { durationWeeks: needs.durationWeeks }),
});

/**
 * A neutral order: a Fisher-Yates shuffle driven by the seed alone. What is shuffled is first put
 * in the order of the offers' ids, so that neither arrival nor invitation shows through (S1-11).
 */
export function shuffled<Item extends { readonly offerId: string }>(
  items: readonly Item[],
  seed: string,
): Item[] {
  const order = items.toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));
  let state = BigInt(`0x${seed}`) | 1n;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (state * 0x2360ed051fc65da44385df649fccf645n + 1n) & ((1n << 128n) - 1n);
    const other = Number((state >> 64n) % BigInt(last + 1));
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}
