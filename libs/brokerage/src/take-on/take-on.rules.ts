import { ruleBook } from '#kernel/rejection.js';

export const takeOnRules = {
  TakeOnFileUnreadable: 'The file is no CSV.',
  TakeOnHeaderWrong: 'The first row of the file names its columns.',
  TakeOnFileEmpty: 'The file has no row below its header.',
  TakeOnFileTooLong: 'The file has too many rows.',
  CellMissing: 'This column is needed.',
  CellUnusable: 'The column takes something else.',
  CellsDiffer: 'The rows of one referral say the same of the package.',
  ProviderNameUnknown: 'No registered provider has this name.',
  ProviderNameAmbiguous: 'Several registered providers have this name.',
  ContractNotFound: 'The provider has no such contract in force on the first day of care.',
  ReferralRepeated: 'The person has an earlier row of another referral for this service line.',
} as const;

export type TakeOnCode = keyof typeof takeOnRules;

export const ensure: ReturnType<typeof ruleBook<typeof takeOnRules>> = ruleBook(takeOnRules);

/** Why a package of a file is not taken on, as its office finds it in the spreadsheet. */
export interface TakeOnProblem {
  /** The row of the spreadsheet; the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
}
