import { newcomerContract } from './newcomer.contract.js';

describe('A newcomer with a small demo council', () => {
  newcomerContract();
});
