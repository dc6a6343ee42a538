import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { categoryOf, type Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import { civilDateOf, isoWeekOf, monthAfter, monthOf, weekAfter } from '#kernel/time.js';
import { awaitingCare } from '#projections/awaiting-care/awaiting-care.projection.js';
import { contractRegister } from '#projections/contract-register/contract-register.projection.js';
import { councilFigures } from '#projections/council-figures/council-figures.projection.js';
import { CouncilFiguresReads } from '#projections/council-figures/council-figures.queries.js';
import { councilPolicy } from '#projections/council-policy/council-policy.projection.js';
import { kpi } from '#projections/kpi/kpi.projection.js';
import { kpisAt } from '#projections/kpi/kpi-past.queries.js';
import { KpiReads } from '#projections/kpi/kpi.queries.js';
import { packages } from '#projections/package/package.projection.js';
import { needsOfCouncilFigures, needsOfMonth } from '#projections/past/past-needs.js';
import { answeredAt, type PastNeeds } from '#projections/past/past-reads.js';
import { pay } from '#projections/pay/pay.projection.js';
import type { AnyProjection } from '#projections/projector/definition.js';
import { PastProjector } from '#projections/projector/past-projector.js';
import { providerLeague } from '#projections/provider-league/provider-league.queries.js';
import type { Projector } from '#projections/read-side.js';
import { foldedGolden, type FoldedLog } from './golden-run.js';
import { goldenLogs } from './golden-logs.js';

const moments = 12;

/** Tables that answer as of a past moment from the history of their rows. */
const histories: readonly (readonly [AnyProjection, string])[] = [
  [awaitingCare, 'waiting'],
  [packages, 'packages'],
  [pay, 'statements'],
  [pay, 'stated'],
];

describe('What was answered at a past moment (X21)', () => {
  let directory: string;
  let folded: FoldedLog;
  let categories: readonly string[];
  let positions: readonly Position[];
  const pastOf = (position: Position, some: readonly AnyProjection[]) =>
    PastProjector.at(folded.log, position, some, { categories, streams: [] });
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  /** What needs only part of the log must give what the whole log up to the position gives. */
  async function sameAsWhole(
    position: Position,
    needs: PastNeeds,
    answer: (past: Projector) => { readonly asOf: unknown },
  ): Promise<void> {
    const told = (past: Projector) => plain({ ...answer(past), asOf: null });
    const past = await pastOf(position, needs.projections);
    const expected = told(past);
    past.close();
    const { runner: projector, log } = folded;
    expect(await answeredAt({ projector, log }, needs, position, told)).toEqual(expected);
  }

  const momentOf = async (position: Position): Promise<string> =>
    (await folded.log.at(position))?.metadata.recordedAt ?? '';

  beforeAll(async () => {
    const [[, golden] = []] = goldenLogs();
    if (!golden) throw new Error('there is no golden log');
    directory = mkdtempSync(join(tmpdir(), 'as-of-'));
    folded = await foldedGolden(golden, directory);
    const found = new Set<string>();
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await folded.log.readAll({ after });
      for (const { stream } of page.events) found.add(categoryOf(stream));
      ({ upTo: after, caughtUp } = page);
    }
    categories = [...found];
    const head = await folded.log.head();
    positions = Array.from({ length: moments }, (_, at) => Math.ceil((head * (at + 1)) / moments));
  }, 120_000);
  afterAll(async () => {
    await folded.close();
    rmSync(directory, { recursive: true });
  });

  it.each(histories.map(([projection, name]) => [projection.name, name, projection] as const))(
    'is in %s what the table %s of a read model folded up to then holds',
    async (_, name, projection) => {
      let rows = 0;
      for (const position of positions) {
        const past = await pastOf(position, [projection]);
        const expected = past.reader(projection).select(systemActor, name);
        past.close();
        const reader = folded.runner.reader(projection);
        expect(reader.select(systemActor, name, { asOf: position })).toEqual(expected);
        rows += expected.length;
      }
      expect(rows).toBeGreaterThan(0);
    },
    60_000,
  );

  it('is for KPIs and the league what the whole log up to then gives', async () => {
    for (const position of positions) {
      const today = civilDateOf(await momentOf(position));
      const month = monthAfter(monthOf(today), -1);
      const kpis = (reads: KpiReads) =>
        reads.providerKpis(systemActor, month, today, undefined).rows;
      const league = (reads: KpiReads) => providerLeague(reads, systemActor, month, today).rows;
      const both = (reads: KpiReads) => plain([kpis(reads), league(reads)]);
      const past = await pastOf(position, needsOfMonth(month).projections);
      const expected = both(new KpiReads(past));
      past.close();
      const { runner: projector, log } = folded;
      const moment = { position, now: await momentOf(position) };
      expect(await kpisAt({ projector, log }, moment, month, both)).toEqual(expected);
      const released = await answeredAt({ projector, log }, needsOfMonth(month), position, (some) =>
        both(new KpiReads(some)),
      );
      expect(released).toEqual(expected);
    }
  }, 60_000);

  it('is for the council’s figures what the whole log up to then gives', async () => {
    for (const position of positions) {
      const now = await momentOf(position);
      const week = weekAfter(isoWeekOf(civilDateOf(now)), -1);
      await sameAsWhole(position, needsOfCouncilFigures(week), (past) =>
        new CouncilFiguresReads(past).figures(systemActor, { week }, now),
      );
    }
  }, 60_000);

  it('is at the end of the log what read models hold now', async () => {
    const head = await folded.log.head();
    const now = await momentOf(head);
    const today = civilDateOf(now);
    const month = monthAfter(monthOf(today), -1);
    const past = await pastOf(head, [kpi, contractRegister, councilPolicy, councilFigures]);
    const kpis = (projector: Projector) =>
      new KpiReads(projector).providerKpis(systemActor, month, today, undefined).rows;
    expect(kpis(folded.runner)).toEqual(kpis(past));
    const figures = (projector: Projector) =>
      plain({ ...new CouncilFiguresReads(projector).figures(systemActor, {}, now), asOf: null });
    expect(figures(folded.runner)).toEqual(figures(past));
    past.close();
  }, 60_000);
});
