import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { badUsage } from './outcome.js';

/**
 * The text of a file that a spreadsheet wrote: UTF-8, else UTF-16 by its mark, else Windows-1252. A
 * relative path starts where npm was called.
 */
export function readSpreadsheetText(file: string): string {
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  try {
    return textOf(readFileSync(path));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw badUsage(`${path} cannot be read (${code}). Give the path of a CSV file.`);
  }
}

export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
