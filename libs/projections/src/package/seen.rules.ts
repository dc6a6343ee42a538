import type { Viewer } from '#kernel/actor.js';
import type { CivilDate } from '#kernel/time.js';
import { responsibleOn } from './cover-row.rules.js';
import type { PackageRow } from './package-row.rules.js';
import type { Package, PackagesFilter } from './package.view.js';
import { asServed, awardedProvider } from './sight.rules.js';

/** A package as it is shown on a day. */
export type PackageToday = Omit<Package, 'asOf' | 'history' | 'needsTransition'>;

export function withToday(row: PackageRow, today: CivilDate): PackageToday {
  const {
    service: _,
    served: __,
    gap,
    providerNames: ___,
    brokerOrganisation: ____,
    ...same
  } = row;
  const responsible = responsibleOn(row, today);
  const open = gap && (gap.closedOn === undefined || gap.closedOn > today);
  return {
    ...same,
    ...(responsible && { responsible }),
    ...(open && { openGap: gapOf(gap) }),
    temporaryVariations: row.temporaryVariations.filter(({ lastDay }) => lastDay >= today),
  };
}

const gapOf = ({ gapId, fromOn, reason, owner }: NonNullable<PackageRow['gap']>) => ({
  ...{ gapId, fromOn, reason, owner },
});

/**
 * What a provider sees of its own package, for its own days: not how it was found, nor any other offer
 * (S1-12), nor who pays, who sent the person, and which provider was or will be there (S4-14).
 */
export function forProvider(row: PackageRow, providerId: string, today: CivilDate): PackageToday {
  const awarded = awardedProvider(row) === providerId;
  const seen = withToday(awarded ? row : asServed(row), today);
  const { request: _, chosenOfferId: __, origin: ___, directPaymentOutcome: ____, ...own } = seen;
  const { openGap: _____, responsible, startedOn: ______, ...shown } = own;
  const { fundingStatus: _______, ...needs } = shown.needs;
  const startedOn = row.service.cover.find(
    ({ value }) => value?.kind === 'provider' && value.providerId === providerId,
  )?.fromOn;
  const fromOn = startedOn ?? shown.award?.startOn ?? today;
  return {
    ...shown,
    ...{ needs, funding: [], offersPutForward: [], missing: [], draftSchedule: [] },
    routesAsked: [],
    temporaryVariations: seen.temporaryVariations.filter(({ lastDay }) => lastDay >= fromOn),
    ...(startedOn !== undefined && { startedOn }),
    ...(responsible?.providerId === providerId && { responsible }),
  };
}

/**
 * The packages that a provider asks for, by what it sees of them: a filter tells no more than the list.
 */
export function ofProvider(viewer: Viewer, { stage, providerId, ...filter }: PackagesFilter) {
  const own = viewer.organisation ?? '';
  const none = providerId !== undefined && providerId !== own;
  if (!none && stage === undefined) return { filter };
  const seenStage = 'CASE WHEN "awardedTo" IS ? THEN "stage" ELSE "servedStage" END';
  return {
    filter,
    where: none ? '0' : `${seenStage} IN (SELECT value FROM json_each(?))`,
    params: none ? [] : [own, JSON.stringify(stage)],
  };
}
