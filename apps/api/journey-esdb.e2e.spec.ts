import { EventStoreDouble } from '#eventstore/testing/double.js';
import { journeyContract } from './journey.contract.js';
import { StartedApi } from './started-api.js';

describe.each(['eventstore', 'kurrent'])('The journey on EventStoreDB by way of %s', (library) => {
  let double: EventStoreDouble | undefined;

  beforeAll(async () => {
    if (process.env['ESDB_URL'] !== undefined) return;
    double = await EventStoreDouble.start({ library: 'eventstore' });
  });

  afterAll(() => double?.stop());

  journeyContract(() =>
    StartedApi.start({
      environment: {
        STORE: process.env['ESDB_URL'] ?? double?.url ?? '',
        ESDB_CLIENT: library,
      },
    }),
  );
});
