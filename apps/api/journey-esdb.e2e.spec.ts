import { EventStoreDouble } from '#eventstore/testing/double.js';
import { journeyContract } from './journey.contract.js';
import { StartedApi } from './started-api.js';

/** A real server's log takes one journey: `ESDB_CLIENT` says by way of which library. */
const libraries =
  process.env['ESDB_URL'] === undefined
    ? ['eventstore', 'kurrent']
    : [process.env['ESDB_CLIENT'] ?? 'eventstore'];

describe.each(libraries)('The journey on EventStoreDB by way of %s', (library) => {
  let double: EventStoreDouble | undefined;

  beforeAll(async () => {
    if (process.env['ESDB_URL'] !== undefined) return;
    double = await EventStoreDouble.start({ library: 'eventstore' });
  });

  journeyContract(() =>
    StartedApi.start({
      environment: {
        STORE: process.env['ESDB_URL'] ?? double?.url ?? '',
        ESDB_CLIENT: library,
      },
    }),
  );

  // After the service, which is the contract's to stop.
  afterAll(() => double?.stop());
});

describe('A service on EventStoreDB', () => {
  it('tells how it gets on with the store at /metrics', async () => {
    const double = await EventStoreDouble.start({ library: 'eventstore' });
    const api = await StartedApi.start({ environment: { STORE: double.url } });
    const figure = async (name: string) => {
      const text = await (await api.get('/metrics')).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const deadline = Date.now() + 15_000;
    while ((await figure('brokerage_worker')) !== 1 && Date.now() < deadline) continue;
    expect(await figure('brokerage_worker')).toBe(1);
    expect(await figure('brokerage_store_appends_total')).toBeGreaterThan(0);
    expect(await figure('brokerage_store_append_seconds_total')).toBeGreaterThan(0);
    expect(await figure('brokerage_store_appends_unavailable_total')).toBe(0);
    await api.stop();
    await double.stop();
  }, 60_000);
});
