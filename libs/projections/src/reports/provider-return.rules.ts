import { addDays, firstOfMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';

/** What a provider was asked once, and how it answered in the end. */
export interface InvitationRow {
  readonly requestId: string;
  readonly providerId: string;
  readonly month: Month;
  readonly reply: 'open' | 'accepted' | 'rejected' | 'none';
}

/** A package that a provider was awarded. */
export interface AwardRow {
  readonly providerId: string;
  readonly month: Month;
}

/** A restart after a suspension that was offered to a provider (X17). */
export interface RestartRow extends AwardRow {
  readonly taken?: true;
}

/** Days of care of one package by one provider. */
export interface Spell {
  readonly fromOn: CivilDate;
  readonly endsBefore?: CivilDate;
  readonly handedBack?: true;
}

export interface CareRow {
  readonly packageId: string;
  readonly providerId: string;
  readonly spells: readonly Spell[];
}

/** Counter of a provider's month. */
export const returnKey = (month: Month, providerId: string): string =>
  `return|${month}|${providerId}`;

const replyNames = { accepted: 'accepted', rejected: 'rejected', none: 'noResponse' } as const;

export const invitationCounts = ({ month, providerId, reply }: InvitationRow) => [
  {
    key: returnKey(month, providerId),
    counts: { requests: 1, ...(reply !== 'open' && { [replyNames[reply]]: 1 }) },
  },
];

export const awardCounts = ({ month, providerId }: AwardRow) => [
  { key: returnKey(month, providerId), counts: { awarded: 1 } },
];

/** Taken counts where it was offered, so that no month has more taken than offered. */
export const restartCounts = ({ month, providerId, taken }: RestartRow) => [
  {
    key: returnKey(month, providerId),
    counts: { restartsOffered: 1, ...(taken && { restartsTaken: 1 }) },
  },
];

/** Care from a day on. */
export const begun = (row: CareRow, fromOn: CivilDate, endsBefore?: CivilDate): CareRow => ({
  ...row,
  spells: [...cut(row, fromOn).spells, { fromOn, ...(endsBefore !== undefined && { endsBefore }) }],
});

/** Care up to a day; a spell that would not have begun by then never was. */
export const cut = (row: CareRow, before: CivilDate, handedBack = false): CareRow => ({
  ...row,
  spells: row.spells
    .filter(({ fromOn }) => fromOn < before)
    .map((spell) =>
      spell.endsBefore !== undefined && spell.endsBefore < before
        ? spell
        : { fromOn: spell.fromOn, endsBefore: before, ...(handedBack && { handedBack: true }) },
    ),
});

/** Packages in a month: with care on any day, begun, and ended, of those by handback. */
export function packageCounts(rows: readonly CareRow[], month: Month) {
  const from = firstOfMonth(month);
  const before = firstOfMonth(monthAfter(month, 1));
  const within = (on: CivilDate) => from <= on && on < before;
  const active = rows.filter(({ spells }) =>
    spells.some((each) => each.fromOn < before && (each.endsBefore ?? before) > from),
  );
  const ends = active.flatMap(({ spells }) => {
    const last = spells.at(-1);
    return last?.endsBefore && within(addDays(last.endsBefore, -1)) ? [last] : [];
  });
  return {
    packagesActive: active.length,
    packagesStarted: active.filter(({ spells: [first] }) => first && within(first.fromOn)).length,
    packagesEnded: ends.length,
    packagesHandedBack: ends.filter(({ handedBack }) => handedBack).length,
  };
}
