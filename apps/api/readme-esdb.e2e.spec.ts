import { EventStoreDouble } from '#eventstore/testing/double.js';
import { newcomerContract } from './newcomer.contract.js';

describe('A newcomer with a small demo council on EventStoreDB', () => {
  let double: EventStoreDouble;

  beforeAll(async () => {
    double = await EventStoreDouble.start({ library: 'eventstore' });
  });

  afterAll(() => double.stop());

  newcomerContract(() => ({ STORE: double.url }));
});
