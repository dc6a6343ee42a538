import type { TableFolds } from '../projector/definition.js';
import type { CaseRow, tables } from './offer-sheet.tables.projection.js';

export type Folded = TableFolds<typeof tables>;

interface Received {
  readonly packageId: string;
  readonly personId: string;
  readonly origin?: { readonly brokerOrganisation?: string };
}

export const caseRow = (
  { packageId, personId, origin }: Received,
  fundingStatus: string | undefined,
): CaseRow => ({
  ...{ packageId, personId },
  ...(fundingStatus && { fundingStatus }),
  ...(origin?.brokerOrganisation && { brokerOrganisation: origin.brokerOrganisation }),
});

export const funded = (
  { cases }: Folded,
  packageId: string,
  fundingStatus: string | undefined,
): void =>
  cases.change(packageId, (row) => row && { ...row, ...(fundingStatus && { fundingStatus }) });

export const named = ({ providers }: Folded, providerId: string): string =>
  providers.get(providerId)?.legalName ?? 'a provider';
