import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { badUsage } from './outcome.js';

/**
 * Where rejections go: emptied at once, so that a path that cannot be written stops the command before
 * it starts, and rejections of an earlier file do not stay. A relative path starts where npm was called.
 */
export function rejectionsFile(file: string | undefined): (csv: string) => void {
  if (file === undefined) return () => undefined;
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  const keep = (csv: string): void => {
    try {
      writeFileSync(path, csv);
    } catch (error) {
      const { code = 'not writable' } = error as NodeJS.ErrnoException;
      throw badUsage(`${path} cannot be written (${code}). Give another path for the rejections.`);
    }
  };
  keep('');
  return keep;
}
