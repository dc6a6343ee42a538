import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { Rejection } from '#kernel/rejection.js';
import { projectRoot } from '#platform/config/project-root.js';
import { ecmFormatNames, ecmFormats } from './ecm.formats.js';
import { readRow } from './ecm.rows.js';
import { readEcmTable } from './ecm.table.js';
import { rejectionsCsv } from './ecm.rejections.js';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const samples = ecmFormatNames.map((name) => ({
  format: ecmFormats[name],
  csv: readFileSync(`${projectRoot}docs/samples/visits-${name}.csv`, 'utf8'),
}));

/** Reads it as an import does; `null`: refused with a sentence. Anything else that is thrown is a fault. */
async function read(csv: string, format: (typeof samples)[number]['format']) {
  try {
    const { lines } = await readEcmTable(csv, format);
    const rows = lines.map((line) => readRow(format, line));
    const problems = rows.flatMap((row) => ('problems' in row ? row.problems : []));
    return { lines, rows, again: rejectionsCsv(format, lines, problems) };
  } catch (error) {
    if (error instanceof Rejection && error.message.length > 10) return null;
    throw error;
  }
}

const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('"', '""', ',', ';', '\t', '\r', '\n', '\r\n', '\u0000', '\ufeff', '\u00a0'),
  fc.constantFrom('=1+1', '-1', '31/02/2026', '25:61', '99999999', 'NaN', '2026-13-01', '٣'),
);

describe(`A damaged file (seed ${seed})`, () => {
  it('is read, or refused with a sentence; never a crash, and every row is told of (S1-15)', async () => {
    const tried = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(6), noise), { maxLength: 8 }),
        async ({ csv, format }, damages) => {
          const damaged = damages.reduce((text, [at, gone, put]) => {
            const from = at % (text.length + 1);
            return text.slice(0, from) + put + text.slice(from + gone);
          }, csv);
          const found = await read(damaged, format);
          tried[found ? 'read' : 'refused'] += 1;
          expect(found?.rows.length ?? 0).toBe(found?.lines.length ?? 0);
        },
      ),
      { seed, numRuns: 3_000 },
    );
    expect(Math.min(tried.read, tried.refused)).toBeGreaterThan(100);
  });

  it('is refused when it is any bytes at all (S1-15)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom(...samples),
        async (bytes, of) => {
          expect(await read(Buffer.from(bytes).toString('utf8'), of.format)).toBeNull();
        },
      ),
      { seed, numRuns: 1_000 },
    );
  });

  it('has rejections that are a file of the same form (S1-15)', async () => {
    for (const { csv, format } of samples) {
      const found = await read(csv.replaceAll(/0[23][/-]?/g, '99'), format);
      const lines = found?.again.trim().split('\n') ?? [];
      expect(lines.length).toBeGreaterThan(1);
      expect((await read(found?.again ?? '', format))?.lines.length).toBe(lines.length - 1);
    }
  });
});
