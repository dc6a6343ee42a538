import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor, type Actor } from '#kernel/actor.js';
import { deriveId, uuidV7 } from '#kernel/ids.js';
import { payPeriodOf } from '#kernel/payment-period.js';
import { addDays, instantMs, isoWeekOf, monthOf, type CivilDate } from '#kernel/time.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { VisitsImporter } from '#brokerage/ecm-import/ecm.importer.js';
import { StatementsStarter } from '#brokerage/statement/statement.starter.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import { visitDecider } from '#brokerage/visit/visit.decider.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import { momentOn } from '#demo/demo-calendar.js';
import type { YearManifest } from '#demo/ecm-year/year-directory.js';
import { planYear, type YearPlan } from '#demo/ecm-year/year-plan.js';
import { SimulatedClock } from '#platform/commands/clock.js';
import { readConfig } from '#platform/config/config.js';
import { KpiReads } from '#projections/kpi/kpi.queries.js';
import type { ProviderKpiRow } from '#projections/kpi/kpi.view.js';
import { pay } from '#projections/pay/pay.projection.js';
import { linesOf } from '#projections/statements/statements.queries.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { setUpYearCouncil } from '#runtime/year-council.js';
import type { Figure } from './oracle.js';

const finance: Actor = { id: 'finance', roles: ['finance'] };
const secondFinance: Actor = { id: 'second-finance', roles: ['finance'] };
const quality: Actor = { id: 'quality-officer', roles: ['quality-officer'] };

/** Every statement's period is over by then, and no report is still in time. */
const daysAfter = 63;

export const askedOn = ({ request: { endsBefore } }: Pick<YearManifest, 'request'>): CivilDate =>
  addDays(endsBefore, daysAfter);

/** Visits are planned two weeks beyond the one of that day. */
export const plannedBefore = (manifest: Pick<YearManifest, 'request'>): CivilDate =>
  addDays(askedOn(manifest), 21);

/** The council in the product itself: its files imported, corrections approved, statements prepared. */
export class ProductYear {
  private sent = 0;

  private constructor(
    readonly service: RunningService,
    private readonly directory: string,
    private readonly manifest: YearManifest,
    private readonly plan: YearPlan,
  ) {}

  static async open(directory: string, dataDir: string): Promise<ProductYear> {
    const manifest = JSON.parse(
      readFileSync(join(directory, 'expected.json'), 'utf8'),
    ) as YearManifest;
    const environment = { DATA_DIR: dataDir, DEMO: 'off', NODE_ENV: 'test' };
    const service = await openRuntime(readConfig(environment), process.stderr);
    service.clock.simulate(new SimulatedClock(momentOn(askedOn(manifest), '09:00')));
    service.begin();
    const plan = planYear(manifest.request);
    await setUpYearCouncil(service, plan);
    return new ProductYear(service, directory, manifest, plan);
  }

  /** Sends the files in their order; answers what the product counted and which files differ. */
  async importAll(
    onFile: (done: number, total: number) => void = () => undefined,
    onHalf: () => Promise<void> = () => Promise.resolve(),
  ) {
    const { service, manifest, directory } = this;
    const importer = new VisitsImporter(service.commands);
    const read = (path: string) => readFileSync(join(directory, path), 'utf8');
    const counts: Record<string, number> = {};
    const differing: string[] = [];
    let week = manifest.files[0]?.sentIn;
    for (const [at, told] of manifest.files.entries()) {
      if (told.sentIn !== week) await this.settled();
      week = told.sentIn;
      if (at === Math.floor(manifest.files.length / 2)) await onHalf();
      const { providerId, format, carersPath, expected, path } = told;
      const file = { commandId: this.nextId(), providerId, format, csv: read(path) };
      const carers = carersPath === undefined ? {} : { carersCsv: read(carersPath) };
      const asked = { ...file, ...carers, preview: false };
      const found = (await importer.import(asked, { actor: systemActor })).counts;
      for (const [name, count] of Object.entries({ ...found }))
        counts[name] = (counts[name] ?? 0) + count;
      const { unchanged, ...rest } = found;
      const same = Object.entries(rest).every(
        ([name, count]) => expected[name as keyof typeof expected] === count,
      );
      if (!same || unchanged > 0) differing.push(path);
      await service.jobs.idle();
      onFile(at + 1, manifest.files.length);
    }
    await this.settled();
    return { counts, differing };
  }

  /** A second person approves the corrections that the directory names, where they wait for one. */
  async approve(): Promise<number> {
    const { commands } = this.service;
    const packages = new Map(this.plan.packages.map((one) => [String(one.number), one.packageId]));
    let approved = 0;
    const [, ...rows] = readFileSync(join(this.directory, 'approvals.csv'), 'utf8')
      .trim()
      .split('\n');
    for (const row of rows) {
      const [, visitRef = '', leg] = row.split(',');
      const [number = '', ...rest] = visitRef.split('-');
      const [packageId = '', visit] = [packages.get(number), rest.join('-')];
      const stream = `visitWeek-${packageId}-${isoWeekOf(visit.slice(0, 10))}`;
      const { state } = await commands.reader.folded(visitDecider, stream);
      const waiting = Object.values(state.proposed).find(
        (one) => one.visit === visit && one.leg === Number(leg),
      );
      if (!waiting) continue;
      const { correctionId } = waiting;
      const fields = { visitId: visitIdOf(packageId, visit), correctionId };
      const command = { commandId: this.nextId(), ...fields };
      await commands.executeNamed('ApproveVisitCorrection', command, { actor: quality });
      approved += 1;
    }
    await this.settled();
    return approved;
  }

  /** The key that a directory's files have of a provider. */
  keyOf({ providerId }: Pick<ProviderKpiRow, 'providerId'>): string {
    return this.plan.providers.find((one) => one.providerId === providerId)?.key ?? '';
  }

  /** By provider and month. */
  kpis(): Figure[] {
    const { from } = this.plan;
    const months = new Set<string>();
    for (let on = from; on < plannedBefore(this.manifest); on = addDays(on, 1)) {
      months.add(monthOf(on));
    }
    const reads = new KpiReads(this.service.readModels);
    return [...months].flatMap((month) =>
      reads
        .providerKpis(systemActor, month, askedOn(this.manifest), undefined)
        .rows.flatMap((row) => figuresOf(`${this.keyOf(row)} ${month}`, row)),
    );
  }

  /** Closes the statements of the first half as they are by now: what comes later adjusts others (X14). */
  async closeFirstHalf(): Promise<void> {
    const { from, request, providers } = this.plan;
    const half = addDays(from, 7 * Math.floor(request.weeks / 2));
    for (const periodStartsOn of periodsBetween(from, half)) {
      await this.prepareStatements(periodStartsOn);
      for (const { providerId } of providers) {
        const statementId = statementIdOf(providerId, periodStartsOn);
        for (const name of ['ApproveStatement', 'CloseStatement']) {
          const command = { commandId: this.nextId(), statementId };
          await this.service.commands.executeNamed(name, command, { actor: secondFinance });
        }
      }
    }
    await this.settled();
  }

  /** Prepares a statement for each period and provider, and answers every line of it. */
  async *lines(): AsyncGenerator<readonly Figure[]> {
    const { request, providers, packages, from } = this.plan;
    const people = new Map(packages.map((one) => [one.packageId, one.reference.personRef]));
    // A period behind the last week has what corrects the others.
    for (const periodStartsOn of periodsBetween(from, addDays(request.endsBefore, 7))) {
      await this.prepareStatements(periodStartsOn);
      const reader = this.service.readModels.reader(pay);
      await reader.waitFor(await this.service.store.head(), 60_000);
      for (const { providerId } of providers) {
        const lines = linesOf(reader, finance, statementIdOf(providerId, periodStartsOn));
        yield lines.flatMap(({ lineKey, packageId = '', pence, heldMinutes = 0 }) => {
          // `<packageId>.<date>.<line>.<ordinal>/<leg>`
          const [on, line, rest] = lineKey.slice(packageId.length + 1).split('.');
          const key = `${people.get(packageId)} ${on} ${line}/${rest?.split('/')[1]}`;
          return [
            { key, name: 'pence', value: pence },
            { key, name: 'held', value: heldMinutes },
          ];
        });
      }
    }
  }

  private async prepareStatements(periodStartsOn: CivilDate): Promise<void> {
    const command = { commandId: this.nextId(), periodStartsOn };
    await new StatementsStarter(this.service.commands).start(command, { actor: finance });
    await this.service.jobs.idle();
  }

  private async settled(): Promise<void> {
    await this.service.settle();
    await this.service.readModels.caughtUp();
    // What the read models wake up may fall due only now.
    await this.service.settle();
    await this.service.readModels.caughtUp();
  }

  private nextId(): string {
    const at = uuidV7(instantMs(this.service.clock.now()), '');
    return deriveId(at, 'oracle', (this.sent += 1));
  }
}

/** The first days of the periods of pay that hold days of a span. */
function periodsBetween(from: CivilDate, before: CivilDate): CivilDate[] {
  const starts: CivilDate[] = [];
  let { startsOn, endsBefore } = payPeriodOf(from, shippedPolicy.pay);
  for (; startsOn < before; { startsOn, endsBefore } = payPeriodOf(endsBefore, shippedPolicy.pay)) {
    starts.push(startsOn);
  }
  return starts;
}

/** A row's counts and shares by the names that both sides use. */
export const figuresOf = (key: string, row: ProviderKpiRow): Figure[] =>
  Object.entries({
    ...{ planned: row.planned, excused: row.excused, required: row.required },
    ...{ attended: row.attended, partiallyAttended: row.partiallyAttended, missed: row.missed },
    missedReportedByProvider: row.missedReportedByProvider,
    ...{ missedDetected: row.missedDetected, missedUnreported: row.missedUnreported },
    startedStandard: row.punctualityStandard.required,
    onTimeStandard: row.punctualityStandard.kept,
    startedCritical: row.punctualityCritical.required,
    onTimeCritical: row.punctualityCritical.kept,
    asExpected: row.asExpected.kept,
    ...{ doubleHanded: row.doubleHandedKept.required, doubleHandedKept: row.doubleHandedKept.kept },
    longVisits: row.longVisits.kept,
    ...{ windows: row.continuity.required, kept: row.continuity.kept },
  }).map(([name, value]) => ({ key, name, value }));
