import { parse } from 'csv-parse/sync';
import { date } from '../csv-import/csv-import.cells.js';
import { plainName } from '../provider/provider.rules.js';
import type { CarerInput } from '../carer-register/carer-register.commands.js';
import { carer } from './ecm.cells.js';
import { ensure } from './ecm.rules.js';

const titles = { carerRef: 'carerid', activeFrom: 'activefrom', lastDay: 'activeto' } as const;

/** Who may appear in the file of visits. Names in it are never read. */
export function readCarers(csv: string): readonly CarerInput[] {
  const [header = [], ...records] = parse(csv, { bom: true, relax_column_count: true });
  const at = header.map((title) =>
    plainName(title)
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  );
  const [ref, from, to] = [titles.carerRef, titles.activeFrom, titles.lastDay].map((title) =>
    at.indexOf(title),
  ) as [number, number, number];
  ensure(ref >= 0 && from >= 0, 'EcmHeaderWrong', {
    message: 'The file of carers lacks CarerID or ActiveFrom. See docs/formats.md.',
  });
  return records
    .map((cells, index) => ({ cells: cells.map((cell) => plainName(cell)), row: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ cells, row }) => {
      const [carerRef, activeFrom] = [carer(cells[ref] ?? ''), date(cells[from] ?? '')];
      const lastDay = date(cells[to] ?? '');
      ensure(carerRef && activeFrom, 'EcmHeaderWrong', {
        message: `Row ${row} of the file of carers has no readable CarerID or ActiveFrom. Mend it and send both files again.`,
      });
      return { carerRef, activeFrom, ...(lastDay && { lastDay }) };
    });
}
