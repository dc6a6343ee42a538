import { hasRole, type Role, type Viewer } from '#kernel/actor.js';
import type { CivilDate, Instant, LocalTime } from '#kernel/time.js';
import { text } from '../projector/columns.js';
import { table } from '../projector/definition.js';
import type { PackRow } from '../requests/pack-row.rules.js';
import { isOwnCase } from '../who-sees.js';

/** Who may see an offer sheet of any case; an external broker sees its own (S3-4), a provider none. */
export const sheetReaders = [
  'broker',
  'senior-broker',
  'commissioner',
  'quality-officer',
  'auditor',
] as const satisfies readonly Role[];

/** An offer as it was put before the person. */
export interface PresentedRow {
  readonly offerId: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly startOn: CivilDate;
  readonly times: readonly { readonly line: number; readonly start: LocalTime }[];
  readonly weeklyCostPence: number | null;
  readonly stands: boolean;
}

/** A request with the offers in the order in which the person sees them. */
export interface SheetRow {
  readonly requestId: string;
  readonly packageId: string;
  readonly personId: string;
  readonly issuedAt: Instant;
  readonly closesAt: Instant;
  readonly pack: PackRow;
  readonly presentedAt?: Instant;
  readonly offers: readonly PresentedRow[];
  readonly brokerOrganisation?: string;
}

/** What a package says of its person's funding and of whose case it is. */
export interface CaseRow {
  readonly packageId: string;
  readonly personId: string;
  readonly fundingStatus?: string;
  readonly brokerOrganisation?: string;
}

/** Days on which a provider cared for a person under a package; the last end is open while it does. */
export interface ServedRow {
  readonly personId: string;
  readonly providerId: string;
  readonly packageId: string;
  readonly spells: readonly { readonly fromOn: CivilDate; readonly endsBefore?: CivilDate }[];
}

const serviceAlone = (_: unknown, viewer: Viewer): boolean => hasRole(viewer, 'system');

/** The tables of the read model `offer-sheet`. */
export const tables = {
  sheets: table<SheetRow>()({
    columns: { packageId: text((row) => row.packageId) },
    visibleTo: (row, viewer) =>
      hasRole(viewer, ...sheetReaders, 'system') || isOwnCase(row, viewer),
  }),
  cases: table<CaseRow>()({ columns: {}, visibleTo: serviceAlone }),
  served: table<ServedRow>()({
    columns: {
      personId: text((row) => row.personId),
      packageId: text((row) => row.packageId),
    },
    indexes: [['personId'], ['packageId']],
    visibleTo: serviceAlone,
  }),
  providers: table<{ readonly providerId: string; readonly legalName: string }>()({
    columns: {},
    visibleTo: serviceAlone,
  }),
};
