import { hasRole, type Role, type Viewer } from '#kernel/actor.js';

/** Staff of the council who may see every package, provider and contract. */
export const councilRoles = [
  'broker',
  'senior-broker',
  'commissioner',
  'finance',
  'quality-officer',
  'panel-member',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** Who may see how providers compare: never a broker, who would rank by it (S1-13, L1). */
export const comparingRoles = [
  'commissioner',
  'quality-officer',
  'auditor',
] as const satisfies readonly Role[];

/** Who reads what providers ask about any request; an external broker of its own cases alone (S3-4). */
export const questionReaders = [
  'broker',
  'senior-broker',
  'auditor',
] as const satisfies readonly Role[];

/** Who learns how the market answers to requests (S2-19). */
export const marketReaders = [
  'commissioner',
  'quality-officer',
  'senior-broker',
] as const satisfies readonly Role[];

/** Who of them sees each provider's answers beside those of others. */
export const providerComparers = [
  'commissioner',
  'quality-officer',
] as const satisfies readonly Role[];

export const isCouncil = (viewer: Viewer): boolean => hasRole(viewer, ...councilRoles, 'system');

/** Whether a viewer is a user of this provider. */
export const isOfProvider = (viewer: Viewer, providerId: string | null | undefined): boolean =>
  hasRole(viewer, 'provider') &&
  viewer.organisation !== undefined &&
  viewer.organisation === providerId;

/** The same as a filter on a table's provider column; of whoever is no provider's user it finds nothing. */
export const ownProvider = (viewer: Viewer): { providerId: string | [] } => ({
  providerId: (hasRole(viewer, 'provider') && viewer.organisation) || [],
});

/** All for the council, for a provider its own. */
export const visibleByProvider = (viewer: Viewer): { providerId?: string | [] } =>
  isCouncil(viewer) ? {} : ownProvider(viewer);

/** Who clears up what logs leave open: exceptions, and attendances without a plan (X12, X13). */
export const logReaders = [
  'broker',
  'senior-broker',
  'quality-officer',
  'commissioner',
  'finance',
  'auditor',
] as const satisfies readonly Role[];

const readsLogs = (viewer: Viewer): boolean => hasRole(viewer, ...logReaders, 'system');

/** A row about a provider's logs: seen by who clears them up, and by that provider. */
export const seesLogsOf = (viewer: Viewer, providerId: string): boolean =>
  readsLogs(viewer) || isOfProvider(viewer, providerId);

/** The same as a filter on a table's provider column. */
export const visibleLogs = (viewer: Viewer): { providerId?: string | [] } =>
  readsLogs(viewer) ? {} : ownProvider(viewer);

interface Case {
  /** The external broker organisation whose case it is. */
  readonly brokerOrganisation?: string;
}

/** Whether an external broker sees a case: its own organisation's alone (S3-4). */
export const isOwnCase = ({ brokerOrganisation }: Case, viewer: Viewer): boolean =>
  hasRole(viewer, 'external-broker') &&
  brokerOrganisation !== undefined &&
  brokerOrganisation === viewer.organisation;

/** The same as a filter on a table's column of the organisation. */
export const ownCases = (viewer: Viewer): { brokerOrganisation: string | [] } => ({
  brokerOrganisation: (hasRole(viewer, 'external-broker') && viewer.organisation) || [],
});
