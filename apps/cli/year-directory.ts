import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { manifestName, type YearManifest } from '#demo/ecm-year/year-directory.js';
import type { YearFileTold } from '#demo/ecm-year/year-files.js';
import { badUsage } from './outcome.js';

/** A relative path starts where npm was called. */
export const yearPath = (directory: string): string =>
  resolve(process.env['INIT_CWD'] ?? '.', directory);

export const holdsYear = (directory: string): boolean =>
  existsSync(join(yearPath(directory), manifestName));

export function readManifest(directory: string): YearManifest {
  const path = join(yearPath(directory), manifestName);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as YearManifest;
  } catch {
    throw badUsage(`${path} cannot be read. Write the files with brokerage demo --ecm-year.`);
  }
}

/** A file of the year with its text. */
export function readYearFile(directory: string, { path, carersPath }: YearFileTold) {
  const read = (name: string) => readFileSync(join(yearPath(directory), name), 'utf8');
  const csv = read(path);
  return {
    csv,
    contentHash: createHash('sha256').update(csv).digest('hex'),
    ...(carersPath !== undefined && { carersCsv: read(carersPath) }),
  };
}
