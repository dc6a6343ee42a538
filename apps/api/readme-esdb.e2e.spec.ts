import { EventStoreDouble } from '#eventstore/testing/double.js';
import { newcomerContract } from './newcomer.contract.js';

describe('A newcomer with a small demo council on EventStoreDB', () => {
  let double: EventStoreDouble;

  beforeAll(async () => {
    double = await EventStoreDouble.start({ library: 'eventstore' });
  });

  newcomerContract(() => ({ STORE: double.url }));

  // After the service, which is the contract's to stop.
  afterAll(() => double.stop());
});
