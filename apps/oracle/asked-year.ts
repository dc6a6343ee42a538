import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { YearManifest } from '#demo/ecm-year/year-directory.js';
import { Figures, type Comparison } from './compare.js';
import { askOracle, type Figure } from './oracle.js';
import { askedOn, plannedBefore, ProductYear } from './product-year.js';

/** What product and oracle say of the same files. */
export interface AskedYear {
  readonly counts: Readonly<Record<string, number>>;
  readonly oracleCounts: Readonly<Record<string, number>>;
  /** Files of which the product counted other than their manifest tells. */
  readonly differingFiles: readonly string[];
  readonly approved: number;
  readonly kpis: Comparison;
  readonly lines: Comparison;
  readonly pence: number;
  readonly seconds: { readonly product: number; readonly oracle: number };
}

export interface Asking {
  /** Closes statements in the middle, so that what comes later adjusts them (X14). */
  readonly closes?: boolean;
  readonly say?: (what: string, done: number, total: number) => void;
}

/** Imports a written year into the product, in an empty data directory, and asks both. */
export async function askBoth(
  directory: string,
  dataDir: string,
  { closes = false, say = () => undefined }: Asking = {},
): Promise<AskedYear> {
  const manifest = JSON.parse(
    readFileSync(join(directory, 'expected.json'), 'utf8'),
  ) as YearManifest;
  // What is held of a line is told anew by each adjustment; pence add up.
  const isCompared = ({ name }: Figure) => !closes || name === 'pence';
  const [kpis, lines] = [new Figures(), new Figures()];
  const began = performance.now();
  const product = await ProductYear.open(directory, dataDir);
  let found;
  let approved = 0;
  let pence = 0;
  try {
    const onFile = (done: number, total: number): void => {
      say('files', done, total);
    };
    found = await product.importAll(onFile, async () => {
      if (closes) await product.closeFirstHalf();
    });
    approved = await product.approve();
    kpis.product(product.kpis());
    for await (const some of product.lines()) {
      lines.product(some.filter(isCompared));
      for (const { name, value } of some) if (name === 'pence') pence += value;
    }
  } finally {
    await product.service.close();
  }
  const seconds = (performance.now() - began) / 1000;
  const today = askedOn(manifest);
  const oracle = await askOracle(directory, { today, plannedBefore: plannedBefore(manifest) });
  kpis.oracle(oracle.kpis);
  for await (const some of oracle.lines) lines.oracle(some.filter(isCompared));
  oracle.close();
  return {
    ...{ counts: found.counts, oracleCounts: oracle.counts, differingFiles: found.differing },
    ...{ approved, kpis: kpis.result(), lines: lines.result(), pence },
    seconds: { product: seconds, oracle: oracle.seconds },
  };
}
