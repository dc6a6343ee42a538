import { aDate, aTime, oneOf, type Columns } from '../csv-import/csv-import.columns.js';
import {
  contractTypes,
  dayKinds,
  volumePeriods,
} from '../provider-contract/provider-contract.events.js';

const needed = (takes: string) => ({ needed: true, takes });
const optional = (takes: string) => ({ needed: false, takes });

const aSum = 'pounds and pence, 20.87';
const cqcId = '1- and 5 to 12 digits';
const aProvider = 'the legal, trading or other name of a registered provider, or its id';

export const providerColumns = {
  legal_name: needed('the legal name of the provider'),
  trading_names: optional('names that others may share, with ; between'),
  aliases: optional('other names that are its own, with ; between'),
  cqc_provider_id: optional(`an id of the Care Quality Commission: ${cqcId}`),
  cqc_location_ids: optional(`ids of locations, each ${cqcId}, with ; between`),
} as const satisfies Columns<string>;

export const contractColumns = {
  provider: needed(aProvider),
  type: needed(oneOf(contractTypes)),
  starts_on: needed(`the first day: ${aDate}`),
  last_day: optional(`the last day, inclusive: ${aDate}; a framework contract has none of its own`),
  framework: optional('the name of a framework, or its id; needed by a framework contract'),
  lots: optional('lots that this row admits to, of small letters, digits and -, with ; between'),
  opened_on: optional(
    `the day of the opening: ${aDate}; the latest that offered the lots when empty`,
  ),
  admitted_on: optional(`the first day of the admission: ${aDate}; the first day when empty`),
  patches: optional('names of patches, with ; between; the whole city when empty'),
  spot_reason: optional('the reason of a spot contract'),
  capacity_weekly_minutes: optional('a whole number of carer minutes a week; needed in-house'),
  max_packages: optional('a whole number: the packages that a spot contract holds at once'),
  scheme: optional('the name of the scheme of a block contract'),
  windows: optional('windows of a block such as lunch 12:00-14:00; night 22:00-07:00'),
  bought_weekly_minutes: optional('a whole number of carer minutes a week that a block buys'),
  weekly_price: optional(`what a block costs a week: ${aSum}`),
  period: optional(`${oneOf(volumePeriods)}: of a cost-and-volume contract`),
  minimum_price: optional(`what is paid in each period at least: ${aSum}`),
  tiers: optional('prices an hour above so many carer minutes of a period: 0=21.50; 60000=20.75'),
  kpi_set: optional('the name of its set of KPIs'),
  notice_days: optional('a whole number: the days of notice of a handback'),
} as const satisfies Columns<string>;

export const rateColumns = {
  provider: needed(aProvider),
  contract: optional('the id of a contract; else it is found by provider and type'),
  contract_type: optional(`${oneOf(contractTypes)}; framework when empty`),
  effective_on: needed(`the first day of the prices: ${aDate}`),
  day_kind: needed(oneOf(dayKinds)),
  rate: needed(`the price of an hour: ${aSum}`),
  visit_minutes: optional(
    'a whole number: the visit length that it prices; every length when empty',
  ),
  day_from: optional(`${aTime}: when the day begins; the usual hours when all three are empty`),
  evening_from: optional(`${aTime}: when the evening begins`),
  night_from: optional(`${aTime}: when the night begins`),
} as const satisfies Columns<string>;
