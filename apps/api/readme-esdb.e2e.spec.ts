import { EventStoreDouble } from '#eventstore/testing/double.js';
import { newcomerContract } from './newcomer.contract.js';

describe('A newcomer with a small demo council on EventStoreDB', () => {
  /** A server that holds nothing; else a double. */
  const server = process.env['ESDB_URL'];
  let double: EventStoreDouble | undefined;

  beforeAll(async () => {
    if (server !== undefined) return;
    double = await EventStoreDouble.start({ library: 'eventstore' });
  });

  newcomerContract(() => ({ STORE: server ?? double?.url ?? '' }));

  // After the service, which is the contract's to stop.
  afterAll(() => double?.stop());
});
