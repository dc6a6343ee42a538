import { parseArgs } from 'node:util';
import { EventStoreDouble } from './double.js';

/** Runs a double until it is ended; prints its connection string. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, file: { type: 'string' } },
});
const { port, file } = values;
const double = await EventStoreDouble.start({
  ...{ library: 'eventstore', port: Number(port) },
  ...(file !== undefined && { file }),
});
process.stdout.write(`${double.url}\n`);
process.once('SIGTERM', () => {
  void double.stop();
});
