import { join } from 'node:path';
import { esdbLibraries, esdbSettings } from '#eventstore/esdb/esdb-settings.js';
import { openEsdbStore } from '#eventstore/esdb/esdb.store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { timed } from './harness.js';
import { nextId } from './sample-appends.js';
import { layouts } from './visit-layouts.js';

/** `<library or embedded> <url or directory> <packages>`: visits a second of each layout, as JSON. */
const [kind = '', place = '', packages = '0'] = process.argv.slice(2);
const library = esdbLibraries.find((each) => each === kind);
const rates: Record<string, number> = {};
for (const [index, layout] of layouts.entries()) {
  const store = library
    ? await openEsdbStore(esdbSettings(place, { library }))
    : await openSqliteStore({ file: join(place, String(index), 'events.db') });
  const commands = layout.commandsOver(store);
  const ids = Array.from({ length: Number(packages) }, nextId);
  const play = (packageId: string) => layout.playWeek(commands, packageId, '2026-W06');
  const { seconds } = await timed(() => sideBySide(ids, 64, play));
  rates[layout.name] = (ids.length * 17) / seconds;
  await store.close();
}
process.stdout.write(JSON.stringify(rates));
process.exit(0);
