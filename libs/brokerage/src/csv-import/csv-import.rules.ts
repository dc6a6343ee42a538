import { ruleBook } from '#kernel/rejection.js';

/** What refuses a file, or a row of it, whatever the file tells of. */
export const csvImportRules = {
  ImportFileUnreadable: 'The file is no CSV.',
  ImportHeaderWrong: 'The first row of the file names its columns.',
  ImportFileEmpty: 'The file has no row below its header.',
  ImportFileTooLong: 'The file has too many rows.',
  CellMissing: 'This column is needed.',
  CellUnusable: 'The column takes something else.',
  CellsDiffer: 'Rows that belong together say the same.',
  ProviderNameUnknown: 'No registered provider has this name.',
  ProviderNameAmbiguous: 'Several registered providers have this name.',
  ContractNotFound: 'The provider has no such contract in force on the date.',
} as const;

export type CsvImportCode = keyof typeof csvImportRules;

export const ensure: ReturnType<typeof ruleBook<typeof csvImportRules>> = ruleBook(csvImportRules);

/** Why something in a file is not taken, as its office finds it in the spreadsheet. */
export interface ImportProblem {
  /** The row of the spreadsheet; the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
}
