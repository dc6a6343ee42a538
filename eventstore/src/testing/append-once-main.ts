import { freshStream, sampleEvents } from '../sample-events.js';
import { esdbLibraries, esdbSettings } from '../esdb/esdb-settings.js';
import { openEsdbStore } from '../esdb/esdb.store.js';

/** Appends and reads once on the server that STORE names: for what a process prints while it does. */
const library = esdbLibraries.find((name) => name === process.env['ESDB_CLIENT']);
if (!library) throw new Error('ESDB_CLIENT names the library');
const store = await openEsdbStore(esdbSettings(process.env['STORE'] ?? '', { library }));
const stream = freshStream();
await store.append(stream, sampleEvents(2), 'none');
const read = await store.read(stream);
process.stdout.write(`read ${read.length}\n`);
await store.close();
