import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json; this file runs from `dist/libs/platform/src/config`. */
export const projectRoot = fileURLToPath(new URL('../../../../../', import.meta.url));

const manifest = JSON.parse(readFileSync(`${projectRoot}package.json`, 'utf8')) as {
  name: string;
  version: string;
};

/** Name and version of this software, `care-brokerage 0.1.0`. */
export const software = { name: manifest.name, version: manifest.version };
