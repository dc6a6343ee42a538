import type { CivilDate } from '#kernel/time.js';
import type { Folded } from './offer-sheet.case.rules.js';
import type { ServedRow } from './offer-sheet.tables.projection.js';
import type { Familiarity } from './offer-sheet.view.js';

interface Serving {
  readonly packageId: string;
  readonly personId: string;
  readonly providerId: string;
}

const keyOf = ({ packageId, providerId }: Pick<Serving, 'packageId' | 'providerId'>): string =>
  `${packageId}/${providerId}`;

/** A provider cares from a day on; whoever cared under the package before leaves on that day. */
export function serves(
  { served }: Folded,
  { packageId, personId, providerId }: Serving,
  fromOn: CivilDate,
  endsBefore?: CivilDate,
): void {
  for (const { key, row } of served.find('packageId', packageId)) {
    if (row.providerId !== providerId) served.change(key, () => ended(row, fromOn));
  }
  served.change(keyOf({ packageId, providerId }), (row) => ({
    ...{ packageId, personId, providerId },
    spells: [
      ...(row ? ended(row, fromOn).spells : []),
      { fromOn, ...(endsBefore && { endsBefore }) },
    ],
  }));
}

/** A provider leaves a package on a day. */
export const leaves = (
  { served }: Folded,
  serving: Pick<Serving, 'packageId' | 'providerId'>,
  endsBefore: CivilDate,
): void => served.change(keyOf(serving), (row) => row && ended(row, endsBefore));

/** Nobody cares under a package any more. */
export function leavesAll({ served }: Folded, packageId: string, endsBefore: CivilDate): void {
  for (const { key, row } of served.find('packageId', packageId)) {
    served.change(key, () => ended(row, endsBefore));
  }
}

/** Cut at a day; a spell that would not have begun by then never was. */
const ended = (row: ServedRow, before: CivilDate): ServedRow => ({
  ...row,
  spells: row.spells
    .filter(({ fromOn }) => fromOn < before)
    .map((spell) => ({
      ...spell,
      endsBefore: spell.endsBefore && spell.endsBefore < before ? spell.endsBefore : before,
    })),
});

/** Whether a provider cares for the person on a day, or did before it (S1-12). */
export function familiarityOf(
  rows: readonly ServedRow[],
  providerId: string,
  today: CivilDate,
): Familiarity {
  const spells = rows.filter((row) => row.providerId === providerId).flatMap((row) => row.spells);
  const begun = spells.filter(({ fromOn }) => fromOn <= today);
  if (begun.some(({ endsBefore }) => endsBefore === undefined || today < endsBefore)) {
    return 'cares-now';
  }
  return begun.length > 0 ? 'has-cared' : 'new';
}
