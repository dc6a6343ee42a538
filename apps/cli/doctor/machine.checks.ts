import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, warn, type Check } from './checkup.js';

const neededMajor = 24;
const gibibyte = 1024 ** 3;

/** Node, the place where the data lies, and the clock. */
export const machineChecks = (dataDir: string): readonly Check[] => [
  {
    check: 'node',
    run: () => nodeVersion(process.versions.node),
    otherwise: 'Run through npm, which brings its own Node.',
  },
  {
    check: 'data directory',
    run: () => writable(resolve(dataDir)),
    otherwise: 'Let the user of the service write there, or set DATA_DIR to another directory.',
  },
  {
    check: 'disk space',
    run: () => {
      const { bavail, bsize } = statfsSync(existingParent(resolve(dataDir)));
      return diskSpace(bavail * bsize);
    },
    otherwise: 'See whether the disk is mounted.',
  },
  { check: 'time zone', run: timeZone, otherwise: 'Install Node with full time zone data.' },
];

export const nodeVersion = (version: string) =>
  Number(version.split('.')[0]) >= neededMajor
    ? ok(version)
    : fail(version, `Node ${neededMajor} or later is needed; run through npm, which brings it.`);

/** Warns below 5 GiB and fails below 512 MiB: a full disk stops all recording. */
export function diskSpace(freeBytes: number) {
  const found = `${(freeBytes / gibibyte).toFixed(1)} GiB free`;
  if (freeBytes < gibibyte / 2) return fail(found, 'Free space now: recording is about to stop.');
  return freeBytes < 5 * gibibyte ? warn(found, 'Free space soon.') : ok(found);
}

function writable(directory: string) {
  if (!existsSync(directory)) {
    accessSync(existingParent(directory), constants.W_OK);
    return warn(`${directory} does not exist yet`, 'The first start makes it. Else set DATA_DIR.');
  }
  accessSync(directory, constants.R_OK | constants.W_OK);
  return ok(`${directory} is writable`);
}

const existingParent = (path: string): string =>
  existsSync(path) ? path : existingParent(dirname(path));

/** Local times are London's, whatever zone the machine is in. */
function timeZone() {
  const at = new Date('2026-07-01T12:00:00Z');
  const london = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/London' });
  return london.format(at) === '13'
    ? ok('London summer time is known')
    : fail('London summer time is not known', 'Install Node with full time zone data.');
}
