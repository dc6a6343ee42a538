import { hasRole, type Viewer } from '#kernel/actor.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { table } from '../projector/definition.js';
import { isOverStage } from '#brokerage/package/package.codes.js';
import { isCouncil, isOfProvider, isOwnCase, ownCases } from '../who-sees.js';
import { awardedProvider, sightOf } from './sight.rules.js';
import type { OfferRow } from './offer-row.rules.js';
import type { PackageRow } from './package-row.rules.js';
import type { HistoryLine } from './package.view.js';

/** A line of history, with whose case it is and which provider may see it. */
interface LineRow extends HistoryLine {
  readonly packageId: string;
  /** Providers that have sight of it. */
  readonly providerIds?: readonly string[];
  readonly brokerOrganisation?: string;
}

const ofProviders = (viewer: Viewer, providerIds: readonly string[]): boolean =>
  providerIds.some((providerId) => isOfProvider(viewer, providerId));

const seesAll = (viewer: Viewer): boolean => isCouncil(viewer) || hasRole(viewer, 'case-system');

/** The tables of the read model `package`. */
export const tables = {
  packages: table<PackageRow>()({
    keepsHistory: true,
    live: { list: 'packages' },
    columns: {
      stage: text((row) => row.stage),
      patch: text((row) => row.needs.patch),
      providerId: optionalText((row) => row.award?.providerId),
      contractId: optionalText((row) => row.award?.contractId),
      personRef: text((row) => row.reference.personRef),
      referralRef: text((row) => row.reference.referralRef),
      receivedAt: text((row) => row.receivedAt),
      startOn: text((row) => row.award?.startOn ?? row.needs.startOn),
      weeklyMinutes: integer((row) => row.weeklyMinutes),
      sight: text((row) => JSON.stringify(sightOf(row))),
      awardedTo: optionalText((row) => awardedProvider(row)),
      servedStage: optionalText((row) => (isOverStage(row.stage) ? row.stage : row.served?.stage)),
      brokerOrganisation: optionalText((row) => row.brokerOrganisation),
    },
    indexes: [
      ...([['receivedAt'], ['startOn'], ['weeklyMinutes'], ['stage', 'receivedAt']] as const),
      ...([['providerId'], ['personRef'], ['referralRef']] as const),
    ],
    visibleTo: (row, viewer) =>
      seesAll(viewer) || ofProviders(viewer, sightOf(row)) || isOwnCase(row, viewer),
    visibleWhere: (viewer) => {
      if (seesAll(viewer)) return {};
      if (hasRole(viewer, 'provider')) return { sight: { has: viewer.organisation ?? '' } };
      return ownCases(viewer);
    },
  }),
  lines: table<LineRow>()({
    columns: { packageId: text((row) => row.packageId) },
    indexes: [['packageId']],
    visibleTo: (row, viewer) =>
      seesAll(viewer) || ofProviders(viewer, row.providerIds ?? []) || isOwnCase(row, viewer),
  }),
  offers: table<OfferRow>()({
    live: { list: 'offers' },
    columns: {
      packageId: text((row) => row.packageId),
      receivedAt: text((row) => row.receivedAt),
    },
    indexes: [['packageId']],
    visibleTo: (row, viewer) =>
      isCouncil(viewer) || isOfProvider(viewer, row.providerId) || isOwnCase(row, viewer),
  }),
  providers: table<{ readonly providerId: string; readonly legalName: string }>()({
    columns: {},
    visibleTo: ({ providerId }, viewer) => isCouncil(viewer) || isOfProvider(viewer, providerId),
  }),
};
