import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planYear, type YearPlan } from '#demo/ecm-year/year-plan.js';
import { writeYear, type YearManifest } from '#demo/ecm-year/year-directory.js';
import { SeededRandom } from '#demo/seeded-random.js';
import type { Actor } from '#kernel/actor.js';
import { weeksFrom, isoWeekOf, addDays } from '#kernel/time.js';
import { visitDecider } from '#brokerage/visit/visit.decider.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import type { Figure } from './oracle.js';
import { ProductYear } from './product-year.js';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const request = { seed: 11, endsBefore: '2026-04-13', weeks: 3, scale: 0.03 };
const quality: Actor = { id: 'quality-officer', roles: ['quality-officer'] };

interface Told {
  readonly kpis: readonly Figure[];
  readonly lines: readonly Figure[];
  readonly decided: number;
}

/** All that waits for a second person is decided: whether it waited depends on what came first. */
async function decideAll({ service }: ProductYear, { packages, from }: YearPlan): Promise<number> {
  const weeks = weeksFrom(isoWeekOf(from), isoWeekOf(addDays(request.endsBefore, -1)));
  let decided = 0;
  const send = async (name: string, fields: object) => {
    decided += 1;
    const commandId = `01a20000-0000-7000-8000-${String(decided).padStart(12, '0')}`;
    await service.commands.executeNamed(name, { commandId, ...fields }, { actor: quality });
  };
  for (const { packageId } of packages) {
    for (const week of weeks) {
      const { state } = await service.commands.reader.folded(
        visitDecider,
        `visitWeek-${packageId}-${week}`,
      );
      for (const { correctionId, visit } of Object.values(state.proposed)) {
        await send('ApproveVisitCorrection', {
          visitId: visitIdOf(packageId, visit),
          correctionId,
        });
      }
      for (const { visit, excuseClaim } of Object.values(state.visits)) {
        if (excuseClaim) await send('AcceptExcuse', { visitId: visitIdOf(packageId, visit) });
      }
    }
  }
  return decided;
}

describe(`The same files in another order (seed ${seed})`, () => {
  let directory: string;
  const plan = planYear(request);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'order-'));
    await writeYear(plan, join(directory, 'year'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** What the council says once all files came in an order, and all that waited was decided. */
  async function told(order: (manifest: YearManifest) => YearManifest['files']): Promise<Told> {
    const folder = mkdtempSync(join(directory, 'run-'));
    const year = join(folder, 'year');
    cpSync(join(directory, 'year'), year, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(year, 'expected.json'), 'utf8')) as YearManifest;
    // A register of carers comes with its provider's first file, whichever that is (formats.md).
    const carers = Object.fromEntries(
      manifest.files.flatMap(({ providerId, carersPath }) =>
        carersPath === undefined ? [] : [[providerId, carersPath]],
      ),
    );
    const files = order(manifest).map((file) => {
      const carersPath = carers[file.providerId];
      return carersPath === undefined ? file : { ...file, carersPath };
    });
    writeFileSync(join(year, 'expected.json'), JSON.stringify({ ...manifest, files }));
    const product = await ProductYear.open(year, join(folder, 'data'));
    try {
      await product.importAll();
      const decided = await decideAll(product, plan);
      await product.service.settle();
      await product.service.readModels.caughtUp();
      const lines: Figure[] = [];
      for await (const some of product.lines()) lines.push(...some);
      return { kpis: sorted(product.kpis()), lines: sorted(lines), decided };
    } finally {
      await product.service.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('gives the same KPIs and the same pay, line by line (S1-15, X11, X13)', async () => {
    const first = await told(({ files }) => files);
    expect(first.kpis.length).toBeGreaterThan(100);
    expect(first.lines.length).toBeGreaterThan(1_000);
    expect(first.decided).toBeGreaterThan(0);
    const orders: ((manifest: YearManifest) => YearManifest['files'])[] = [
      ({ files }) => files.toReversed(),
      ...[1, 2, 3, 4].map((at) => ({ files }: YearManifest) => {
        const random = new SeededRandom(seed, 'order', at);
        const drawn = files.map((file) => ({ file, place: random.int(0, 1_000_000) }));
        return drawn.toSorted((a, b) => a.place - b.place).map(({ file }) => file);
      }),
    ];
    for (const order of orders) {
      const { kpis, lines } = await told(order);
      expect(kpis).toEqual(first.kpis);
      expect(lines).toEqual(first.lines);
    }
  }, 120_000);
});

const sorted = (figures: readonly Figure[]): Figure[] =>
  figures.toSorted((a, b) => {
    const [x, y] = [`${a.key} ${a.name}`, `${b.key} ${b.name}`];
    return x < y ? -1 : x > y ? 1 : 0;
  });
