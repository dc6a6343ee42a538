import { esdbFaultsContract } from './esdb-faults.contract.js';

import.meta.jest.setTimeout(40_000);

describe('Faults of EventStoreDB by way of kurrent', () => {
  esdbFaultsContract('kurrent');
});
