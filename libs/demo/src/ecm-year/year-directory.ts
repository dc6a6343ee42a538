import { stringify } from 'csv-stringify/sync';
import { mkdirSync, renameSync, rmSync, writeFileSync, existsSync, appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WantedLine } from '../demo-needs.js';
import { yearFiles, type YearCounts, type YearFileTold } from './year-files.js';
import type { YearPackage, YearPlan } from './year-plan.js';
import type { YearProvider } from './year-providers.js';
import type { YearRequest } from './year-request.js';

export const manifestName = 'expected.json';

/** What a directory of files holds, and what becomes of it (`expected.json`). */
export interface YearManifest {
  readonly request: YearRequest;
  readonly people: number;
  readonly providers: number;
  /** Planned visits of all weeks. */
  readonly visits: number;
  readonly expected: YearCounts;
  /** In the order in which they are sent. */
  readonly files: readonly YearFileTold[];
}

/**
 * Writes all files of a year, the plan and the terms beside them. The directory appears when it is
 * whole; a week at a time is in memory.
 */
export async function writeYear(
  plan: YearPlan,
  directory: string,
  onWeek: (done: number, total: number, rows: number) => void = () => undefined,
): Promise<YearManifest> {
  if (existsSync(directory)) throw new RangeError(`${directory} is there already`);
  const part = `${directory}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(part, path)), { recursive: true });
    writeFileSync(join(part, path), text);
  };
  for (const [name, text] of Object.entries(planFiles(plan))) put(name, text);
  const files: YearFileTold[] = [];
  let [expected, visits, weeks]: [YearCounts, number, number] = [none, 0, 0];
  put('approvals.csv', 'provider,visit_ref,leg\n');
  for (const week of yearFiles(plan)) {
    for (const { told, csv, carersCsv } of week.files) {
      put(told.path, csv);
      if (told.carersPath !== undefined && carersCsv !== undefined) put(told.carersPath, carersCsv);
      files.push(told);
      expected = plus(expected, told.expected);
    }
    const approvals = week.approvals.map((one) => `${one.provider},${one.visitRef},${one.leg}\n`);
    appendFileSync(join(part, 'approvals.csv'), approvals.join(''));
    [visits, weeks] = [visits + week.visits, weeks + 1];
    onWeek(weeks, plan.request.weeks, expected.read);
    await nextTurn();
  }
  const { request, packages, providers } = plan;
  const counted = { people: packages.length, providers: providers.length, visits, expected };
  const manifest = { request, ...counted, files };
  put(manifestName, `${JSON.stringify(manifest, undefined, 1)}\n`);
  renameSync(part, directory);
  return manifest;
}

const none: YearCounts = { read: 0, new: 0, updated: 0, unallocated: 0, rejected: 0 };

const plus = (a: YearCounts, b: YearCounts): YearCounts => ({
  read: a.read + b.read,
  new: a.new + b.new,
  updated: a.updated + b.updated,
  unallocated: a.unallocated + b.unallocated,
  rejected: a.rejected + b.rejected,
});

/** What the files are read against, in the published forms: the plan, the prices, the terms. */
function planFiles({ packages, providers }: YearPlan): Readonly<Record<string, string>> {
  return {
    'take-on.csv': stringify(packages.flatMap(takeOnRows), { header: true }),
    'register-rates.csv': stringify(providers.flatMap(rateRows), {
      ...{ header: true, columns: rateColumns },
    }),
    'payment-terms.json': `${JSON.stringify(
      Object.fromEntries(providers.map(({ legalName, terms }) => [legalName, terms.payment ?? {}])),
      ...[undefined, 1],
    )}\n`,
    'providers.csv': stringify(
      providers.map(({ key, legalName, format, clock }) => ({ key, legalName, format, clock })),
      { header: true },
    ),
  };
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

const takeOnRows = ({ reference, needs, provider, startedOn }: YearPackage) =>
  needs.schedule.map((line: WantedLine) => ({
    ...{ system: reference.system, person_ref: reference.personRef },
    ...{ referral_ref: reference.referralRef, provider: provider.legalName },
    ...{ contract_type: 'framework', started_on: startedOn, service_line: needs.serviceLine },
    ...{ lot: needs.lot, funding_status: needs.fundingStatus },
    ...{ postcode_district: needs.postcodeDistrict, patch: needs.patch, age_band: needs.ageBand },
    ...{ gender: needs.gender, carer_gender_need: needs.carerGenderNeed },
    ...{ skills: (needs.skills ?? []).join(';'), languages: (needs.languages ?? []).join(';') },
    ...{ access: (needs.access ?? []).join(';'), household: (needs.household ?? []).join(';') },
    ...{ days: line.days.map((day) => dayNames[day - 1]).join(';'), start: line.start },
    ...{ minutes: line.minutes, carers: line.carers, tasks: line.tasks.join(';') },
    critical: yesOrNo(line.critical),
    critical_reason: line.criticalReason ?? '',
  }));

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const rateColumns = [
  ...['provider', 'effective_on', 'day_kind', 'rate', 'visit_minutes'],
  ...['day_from', 'evening_from', 'night_from'],
];

const rateRows = ({ legalName, terms }: YearProvider) =>
  terms.cards.flatMap(({ effectiveOn, rates, hours }) =>
    rates.map(({ dayKind, pencePerHour, visitMinutes }) => ({
      ...{ provider: legalName, effective_on: effectiveOn, day_kind: dayKind },
      rate: (pencePerHour / 100).toFixed(2),
      visit_minutes: visitMinutes ?? '',
      ...{ day_from: hours?.dayFrom ?? '', evening_from: hours?.eveningFrom ?? '' },
      night_from: hours?.nightFrom ?? '',
    })),
  );
