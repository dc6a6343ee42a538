import { ruleBook } from '#kernel/rejection.js';

export const registerImportRules = {
  RegisterDiffers: 'The register says something else.',
  RowRepeated: 'An earlier row of the file says this already.',
  CqcIdTaken: 'Another provider has this CQC id.',
  FrameworkNameUnknown: 'No framework has this name.',
  FrameworkNameAmbiguous: 'Several frameworks have this name.',
  OpeningNotFound: 'The framework has no such opening of these lots.',
  ContractAmbiguous: 'The provider has several such contracts in force on the date.',
  ContractOfAnother: 'This is a contract of another provider.',
  ContractPricedAlready: 'The contract has prices.',
} as const;

export type RegisterImportCode = keyof typeof registerImportRules;

export const ensure: ReturnType<typeof ruleBook<typeof registerImportRules>> =
  ruleBook(registerImportRules);

/** What an import leaves alone: it adds, it never overwrites. */
export const differs = (what: string, known: string | undefined): string =>
  `The register has ${known === undefined || known === '' ? `no ${what}` : `the ${what} ${known}`}. ` +
  'An import never overwrites: mend the cell, or change the register.';
