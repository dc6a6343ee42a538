import { esdbLibraries } from '#eventstore/esdb/esdb-settings.js';
import { measures } from './esdb-measures.js';

/** One library in a process of its own: both register their messages under the same names. */
const [name, url = '', quick] = process.argv.slice(2);
const library = esdbLibraries.find((each) => each === name);
if (!library) throw new TypeError(`${String(name)} is no library`);
process.stdout.write(JSON.stringify(await measures({ library, url, quick: quick === 'quick' })));
process.exit(0);
