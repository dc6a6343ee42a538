import { doubleContract } from './double.contract.js';

describe('The protocol double by way of eventstore', () => {
  doubleContract('eventstore');
});
