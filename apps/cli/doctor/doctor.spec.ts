import { carryOut } from './checkup.js';
import { clock, durableCommit } from './log.checks.js';
import { onServer } from './shared-log.checks.js';
import { diskSpace, nodeVersion } from './machine.checks.js';

const gibibyte = 1024 ** 3;

describe('The doctor', () => {
  it.each([
    ['24.0.0', 'ok'],
    ['23.11.0', 'fail'],
  ])('finds Node %s %s', (version, status) => {
    expect(nodeVersion(version).status).toBe(status);
  });

  it.each([
    [5 * gibibyte, 'ok'],
    [5 * gibibyte - 1, 'warn'],
    [gibibyte / 2, 'warn'],
    [gibibyte / 2 - 1, 'fail'],
  ])('finds %p free bytes %s', (bytes, status) => {
    expect(diskSpace(bytes).status).toBe(status);
  });

  it.each([
    [10, 'ok'],
    [10.1, 'warn'],
  ])('finds a commit of %p ms %s', (medianMs, status) => {
    expect(durableCommit(medianMs).status).toBe(status);
  });

  it.each([
    ['2026-03-02T09:00:00.000Z', 'ok'],
    ['2026-03-02T09:00:00.001Z', 'fail'],
    [undefined, 'ok'],
  ])('compares the clock with a last event of %s', (last, status) => {
    expect(clock('2026-03-02T09:00:00.000Z', last).status).toBe(status);
  });

  it.each([
    ['a-log', 50, 'node-1', 'ok'],
    ['a-log', 50.1, 'node-1', 'warn'],
    ['a-log', 1, null, 'warn'],
    [undefined, 1, null, 'warn'],
  ])(
    'finds %s on EventStoreDB with reads of %p ms and %s at work %s',
    (logId, readMs, worker, status) => {
      const survey = { readMs, worker, sealedEvents: 7, ...(logId && { logId }) };
      expect(onServer(survey).status).toBe(status);
    },
  );

  it('turns a check that cannot be carried out into a failed one with its advice', async () => {
    const run = () => {
      throw new Error('no such disk');
    };
    expect(await carryOut({ check: 'disk', run, otherwise: 'Mount it.' })).toEqual({
      check: 'disk',
      status: 'fail',
      found: 'no such disk',
      advice: 'Mount it.',
    });
  });
});
