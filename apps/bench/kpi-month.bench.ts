import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor.js';
import { monthAfter, monthOf } from '#kernel/time.js';
import { planYear } from '#demo/ecm-year/year-plan.js';
import { writeYear } from '#demo/ecm-year/year-directory.js';
import { KpiRecounts } from '#projections/kpi/kpi-recount.queries.js';
import { KpiReads } from '#projections/kpi/kpi.queries.js';
import { Figures, type Comparison } from '../oracle/compare.js';
import { continuitySql, countsSql } from '../oracle/oracle-kpis.js';
import { askOracle } from '../oracle/oracle.js';
import { askedOn, figuresOf, plannedBefore, ProductYear } from '../oracle/product-year.js';
import { atMost, median, shortly, thousands, timed, type Bench, type Verdict } from './harness.js';

const endsBefore = '2026-11-02';

/** A month's KPIs of all providers: stored, counted anew from rows, and by DuckDB on flat tables. */
export const kpiMonthBench: Bench = async ({ directory, quick }) => {
  const numbers = quick ? { weeks: 6, scale: 0.05 } : { weeks: 8, scale: 1 };
  const [year, dataDir] = [join(directory, 'kpi-year'), join(directory, 'kpi-data')];
  const manifest = await writeYear(planYear({ seed: 1, endsBefore, ...numbers }), year);
  const [today, month] = [askedOn(manifest), monthAfter(monthOf(endsBefore), -1)];
  const product = await productFigures(year, dataDir, { today, month });
  const oracle = await askOracle(year, { today, plannedBefore: plannedBefore(manifest) });
  try {
    const bySql = async () => [
      ...(await oracle.ask(countsSql(today, month))),
      ...(await oracle.ask(continuitySql(today, month))),
    ];
    const figures = new Figures();
    figures.product(product.stored);
    figures.oracle(await bySql());
    const duckMs = await medianMs(bySql, 20);
    const { storedMs, recountMs, same, visits } = product;
    return {
      id: 'kpi-month',
      title: 'A month of KPIs',
      text: [
        `${thousands(manifest.visits)} visits of ${thousands(manifest.people)} people and ` +
          `${manifest.providers} providers, imported from files in the forms Abacus and ContrOCC. The month ` +
          `${month} has ${thousands(visits)}. "Stored" reads the counters and judges them; "counted anew" is ` +
          'what `kpiWhatIf` does, from the rows of the weeks, continuity included; DuckDB asks flat tables in ' +
          'memory that an independent reading of the same files has filled.',
      ],
      tables: [
        {
          head: ['a month of all providers', 'ms'],
          rows: [
            ['stored', shortly(storedMs)],
            ['counted anew from rows', shortly(recountMs)],
            ['DuckDB on flat tables', shortly(duckMs)],
          ],
        },
      ],
      verdicts: [
        atMost('a month of KPIs, stored', storedMs, 5, 'ms'),
        atMost('a month of KPIs, counted anew', recountMs / 1000, 1, 's'),
        equality('stored and counted anew', same ? 0 : 1, 'every figure of every provider'),
        equality('stored and DuckDB’s', figures.result().differing, equalOf(figures.result())),
      ],
    };
  } finally {
    oracle.close();
    rmSync(dataDir, { recursive: true });
    rmSync(year, { recursive: true });
  }
};

const equalOf = ({ compared }: Comparison): string => `${thousands(compared)} figures`;

const equality = (what: string, differing: number, of: string): Verdict => ({
  what: `a month of KPIs: ${what}`,
  target: 'equal',
  measured: differing === 0 ? `equal: ${of}` : `${differing} differ`,
  met: differing === 0,
});

async function productFigures(
  year: string,
  dataDir: string,
  { today, month }: { today: string; month: string },
) {
  const product = await ProductYear.open(year, dataDir);
  try {
    await product.importAll();
    await product.approve();
    const { readModels, store } = product.service;
    const [reads, recounts] = [new KpiReads(readModels), new KpiRecounts(readModels, store)];
    const stored = () => reads.providerKpis(systemActor, month, today, undefined).rows;
    const question = { month, today, by: 'provider' as const, providerId: undefined };
    const anew = async () => {
      const figures = await recounts.figures(systemActor, { month, today });
      return reads.kpisOf(figures, question, reads.policyOf(month)).rows;
    };
    const same = JSON.stringify(await anew()) === JSON.stringify(stored());
    return {
      same,
      visits: stored().reduce((sum, { planned }) => sum + planned, 0),
      storedMs: await medianMs(() => Promise.resolve(stored()), 50),
      recountMs: await medianMs(anew, 5),
      stored: stored().flatMap((row) => figuresOf(`${product.keyOf(row)} ${month}`, row)),
    };
  } finally {
    await product.service.close();
  }
}

async function medianMs(work: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push((await timed(work)).seconds * 1000);
  return median(taken);
}
