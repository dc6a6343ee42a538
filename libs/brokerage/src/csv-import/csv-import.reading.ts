import type { CellReader } from './csv-import.cells.js';
import type { Columns } from './csv-import.columns.js';
import type { CsvImportCode, ImportProblem } from './csv-import.rules.js';
import type { TableRow } from './csv-import.table.js';

/** Reads the cells of rows that belong together and gathers everything that is wrong with them. */
export class CellReading<Name extends string> {
  readonly problems: ImportProblem[] = [];

  constructor(
    private readonly columns: Columns<Name>,
    protected readonly rows: readonly [TableRow<Name>, ...TableRow<Name>[]],
  ) {}

  /** A cell of the first row. */
  protected said<Value>(column: Name, read: CellReader<Value>, otherwise: NoInfer<Value>): Value {
    return this.cell(this.rows[0], column, read) ?? otherwise;
  }

  /** A cell of the first row that may be empty. */
  protected perhaps<Value>(column: Name, read: CellReader<Value>): Value | undefined {
    return this.cell(this.rows[0], column, read);
  }

  protected cell<Value>(
    { row, cells: texts }: TableRow<Name>,
    column: Name,
    read: CellReader<Value>,
  ): Value | undefined {
    const text = texts[column];
    const { needed, takes } = this.columns[column];
    if (text === '') {
      if (needed) this.wrong(row, column, 'CellMissing', `It is empty; it takes ${takes}.`);
      return undefined;
    }
    const value = read(text);
    if (value === undefined) {
      this.wrong(row, column, 'CellUnusable', `It takes ${takes}; ${JSON.stringify(text)} is not.`);
    }
    return value;
  }

  /** Whether the first row tells of something in these columns; then it tells all of it. */
  protected needsAll(columns: readonly Name[]): boolean {
    const [{ row, cells: texts }] = this.rows;
    const missing = columns.filter((column) => texts[column] === '');
    if (missing.length === columns.length) return false;
    for (const column of missing) {
      const { takes } = this.columns[column];
      const others = columns.filter((other) => other !== column).join(', ');
      const reason = `It goes with ${others}; it takes ${takes}.`;
      this.wrong(row, column, 'CellMissing', reason);
    }
    return true;
  }

  /** What is told once stands in the first row; later rows repeat it or leave it empty. */
  protected compareRows(columns: readonly Name[], sentence: string): void {
    const [first] = this.rows;
    for (const column of columns) {
      for (const { row, cells: texts } of this.rows) {
        const text = texts[column];
        if (text === '' || text === first.cells[column]) continue;
        const reason = `${sentence} Row ${first.row} says something else.`;
        this.wrong(row, column, 'CellsDiffer', reason);
      }
    }
  }

  protected wrong(row: number, column: Name, code: CsvImportCode, reason: string): void {
    this.problems.push({ row, column, code, reason });
  }
}
