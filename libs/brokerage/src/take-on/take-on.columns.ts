import { aDate, aTime, oneOf, someOf, type Column } from '../csv-import/csv-import.columns.js';
import * as codes from '../package/package.codes.js';
import { contractTypes } from '../provider-contract/provider-contract.events.js';

/** A column of a take-on file. */
export interface TakeOnColumn extends Column {
  /** Needed in the first row of a package, or in each row of a visit. */
  readonly needed: boolean;
  /** Whether it tells of the package (once) or of a visit (each row). */
  readonly of: 'package' | 'visit';
}

const needed = (of: TakeOnColumn['of'], takes: string): TakeOnColumn => ({
  needed: true,
  of,
  takes,
});
const optional = (of: TakeOnColumn['of'], takes: string): TakeOnColumn => ({
  needed: false,
  of,
  takes,
});

const reference = 'a reference of letters, digits, - and /';

export const takeOnColumns = {
  system: needed('package', 'the name of the case system, of letters, digits, - and _'),
  person_ref: needed('package', `the person's ${reference.slice(2)}`),
  referral_ref: needed('package', `${reference}; rows of one referral are one package`),
  provider: needed(
    'package',
    'the legal, trading or other name of a registered provider, or its id',
  ),
  contract: optional('package', 'the id of a contract; else it is found by provider and type'),
  contract_type: optional('package', `${oneOf(contractTypes)}; framework when empty`),
  started_on: needed('package', `the first day of care: ${aDate}`),
  service_line: needed('package', oneOf(codes.serviceLines)),
  lot: needed('package', 'the lot of the framework, of small letters, digits and -'),
  funding_status: needed('package', oneOf(codes.fundingStatuses)),
  postcode_district: needed('package', 'the outward part of a postcode, ZZ7'),
  patch: needed('package', 'the name of a patch'),
  age_band: needed('package', oneOf(codes.ageBands)),
  gender: needed('package', oneOf(codes.genders)),
  carer_gender_need: optional('package', `${oneOf(codes.carerGenderNeeds)}; any when empty`),
  skills: optional('package', 'codes of skills that carers need, with ; between'),
  languages: optional('package', 'ISO 639 codes of languages, with ; between'),
  access: optional('package', someOf(codes.accessFlags)),
  household: optional('package', someOf(codes.householdFlags)),
  days: needed('visit', 'days such as Mon;Wed;Fri, Mon-Fri or daily'),
  start: needed('visit', `${aTime}: the agreed start`),
  latest_start: optional('visit', `${aTime}: a start later than this breaks a hard need`),
  minutes: needed('visit', 'a whole number of minutes from 1 to 1439'),
  carers: needed('visit', 'a whole number from 1 to 4'),
  tasks: needed('visit', someOf(codes.tasks)),
  critical: needed('visit', 'yes or no'),
  critical_reason: optional('visit', `${oneOf(codes.criticalReasons)}; of a critical visit`),
} as const satisfies Readonly<Record<string, TakeOnColumn>>;

export type ColumnName = keyof typeof takeOnColumns;

export const columnNames = Object.keys(takeOnColumns) as ColumnName[];

export const columnOf = (name: ColumnName): TakeOnColumn => takeOnColumns[name];
