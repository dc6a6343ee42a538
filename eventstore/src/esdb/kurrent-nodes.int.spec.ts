import { esdbNodesContract } from './esdb-nodes.contract.js';

import.meta.jest.setTimeout(40_000);

describe('Nodes of EventStoreDB by way of kurrent', () => {
  esdbNodesContract('kurrent');
});
