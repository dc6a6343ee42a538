import { journeyContract } from './journey.contract.js';
import { StartedApi } from './started-api.js';

describe('The journey from a referral to the league', () => {
  journeyContract(() => StartedApi.start());
});
