import { esdbSecureContract } from './esdb-secure.contract.js';

import.meta.jest.setTimeout(20_000);

describe('A secure EventStoreDB by way of eventstore', () => {
  esdbSecureContract('eventstore');
});
