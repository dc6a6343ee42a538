import { esdbContract } from './esdb.contract.js';

describe('The EventStoreDB store by way of kurrent', () => {
  esdbContract('kurrent');
});
