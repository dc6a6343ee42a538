import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planYear } from '#demo/ecm-year/year-plan.js';
import { writeYear } from '#demo/ecm-year/year-directory.js';
import { askBoth, type AskedYear } from './asked-year.js';
import type { Comparison } from './compare.js';

/** `npm run oracle`: a year of files, in the product and in SQL of its own; exit code 1 when they differ. */
const { values } = parseArgs({
  options: {
    weeks: { type: 'string', default: '52' },
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    'ends-before': { type: 'string', default: '2026-11-23' },
    closes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(
    'npm run oracle -- [--weeks 52] [--scale 1] [--seed 1] [--ends-before 2026-11-23] [--closes]\n',
  );
  process.exit(0);
}

const told = (what: string, { compared, differing, differences }: Comparison): string =>
  [
    `${what}: ${compared.toLocaleString('en-GB')} compared, ${differing} differ`,
    ...differences.map(
      ({ name, key, product, oracle }) =>
        `  ${name} of ${key}: product ${product}, oracle ${oracle}`,
    ),
  ].join('\n');

function report(found: AskedYear): boolean {
  const { counts, oracleCounts, differingFiles, approved, kpis, lines, pence, seconds } = found;
  const names = ['read', 'new', 'updated', 'unallocated', 'rejected'];
  const rows = names.filter((name) => counts[name] !== oracleCounts[name]);
  process.stdout.write(
    [
      `${oracleCounts['visits']?.toLocaleString('en-GB')} planned visits`,
      `rows: ${names.map((name) => `${name} ${counts[name]?.toLocaleString('en-GB')}`).join(', ')}`,
      ...rows.map((name) => `  ${name}: product ${counts[name]}, oracle ${oracleCounts[name]}`),
      ...differingFiles.slice(0, 20).map((path) => `  ${path} differs from its manifest`),
      `corrections approved: ${approved}`,
      told('KPI figures by provider and month', kpis),
      told('pay lines (pence, held minutes)', lines),
      `pay: £${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`,
      `product ${seconds.product.toFixed(0)} s, oracle ${seconds.oracle.toFixed(1)} s`,
      '',
    ].join('\n'),
  );
  return rows.length + differingFiles.length + kpis.differing + lines.differing === 0;
}

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'oracle-'));
try {
  const { weeks, scale, seed, 'ends-before': endsBefore } = values;
  const numbers = { seed: Number(seed), weeks: Number(weeks), scale: Number(scale) };
  const year = join(directory, 'year');
  await writeYear(planYear({ ...numbers, endsBefore }), year);
  let shownAt = 0;
  const say = (what: string, done: number, total: number): void => {
    if (done < total && done - shownAt < total / 20) return;
    shownAt = done;
    process.stderr.write(`${done} of ${total} ${what}\n`);
  };
  const found = await askBoth(year, join(directory, 'data'), { closes: values.closes, say });
  process.exitCode = report(found) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
