import { parseArgs } from 'node:util';
import { esdbLibraries } from '../esdb/esdb-settings.js';
import { EventStoreDouble } from './double.js';

/** Runs a double until it is ended; prints its connection string. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    file: { type: 'string' },
    library: { type: 'string', default: 'eventstore' },
  },
});
const { port, file } = values;
const library = esdbLibraries.find((each) => each === values.library) ?? 'eventstore';
const double = await EventStoreDouble.start({
  ...{ library, port: Number(port) },
  ...(file !== undefined && { file }),
});
process.stdout.write(`${double.url}\n`);
process.once('SIGTERM', () => {
  void double.stop();
});
