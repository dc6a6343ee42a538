import { doubleContract } from './double.contract.js';

describe('The protocol double by way of kurrent', () => {
  doubleContract('kurrent');
});
