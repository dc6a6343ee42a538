import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { councilIn } from '#runtime/sampled-council.js';
import { knownValuesOf } from './known-values.js';

/** Plays the sampled council into a data directory, in a process of its own: twice as fast as in a test. */
const [, , dataDir = ''] = process.argv;
const known = knownValuesOf(await councilIn(dataDir));
writeFileSync(join(dataDir, 'known-values.json'), JSON.stringify([...known]));
