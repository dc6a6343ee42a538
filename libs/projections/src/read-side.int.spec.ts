import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { idOfKey } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';
import {
  broker,
  contractId,
  issued,
  providerId,
  requestClosed,
  requestId,
} from './care.fixtures.js';
import { contractRegister } from './contract-register/contract-register.projection.js';
import { eligibleContracts } from './contract-register/eligibility.queries.js';
import { deadlines } from './deadlines/deadlines.projection.js';
import { DueDeadlines } from './deadlines/deadlines.queries.js';
import { ReadModelBehind } from './projector/errors.js';
import { ProjectionRunner } from './projector/projection-runner.js';
import { settled, showing } from './read-side.js';

const wanted = { lot: 'lot-1', patch: 'north', startOn: '2026-03-09' };
const admission: readonly Event[] = [
  {
    type: 'ProviderRegistered',
    data: { providerId, legalName: 'Acorn Care', tradingNames: [], cqcLocationIds: [] },
  },
  {
    type: 'FrameworkEstablished',
    data: {
      ...{ frameworkId: 'f1', name: 'Care', startsOn: '2026-01-01', endsBefore: '2027-01-01' },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    },
  },
  {
    type: 'ContractOpened',
    data: {
      ...{ contractId, providerId, type: 'framework', frameworkId: 'f1', patches: [] },
      ...{ startsOn: '2026-01-01', endsBefore: null },
    },
  },
  {
    type: 'ContractAdmitted',
    data: {
      ...{ contractId, providerId, frameworkId: 'f1', openingId: 'o1' },
      ...{ lots: ['lot-1'], admittedOn: '2026-01-01' },
    },
  },
];

describe('A write side that asks the read side', () => {
  const directory = mkdtempSync(join(tmpdir(), 'read-side-'));
  const store = createMemoryStore();
  const runner = new ProjectionRunner(store, [contractRegister, deadlines], { directory });
  let appended = 0;

  const append = async (...events: readonly Event[]): Promise<number> => {
    let position = 0;
    for (const { type, data } of events) {
      const id = idOfKey('read-side', (appended += 1));
      const metadata = {
        commandId: id,
        actor: systemActor,
        recordedAt: '2026-03-02T09:00:00.000Z',
      };
      const event = { id, type, version: 1, data, metadata };
      ({ position } = await store.append(`s-${appended}`, [event], 'none'));
    }
    return position;
  };

  beforeAll(() => runner.start());
  afterAll(async () => {
    await runner.stop();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it('hears of a contract that was admitted a moment before (X5)', async () => {
    expect((await eligibleContracts(runner, store, wanted)).value).toEqual([]);
    const position = await append(...admission);
    const eligible = await eligibleContracts(runner, store, wanted);
    const unpriced = { contractType: 'framework', weeklyCostPence: null };
    expect(eligible).toEqual({ value: [{ providerId, contractId, ...unpriced }], position });
  });

  it('hears of no deadline that an event has cleared a moment before (X4)', async () => {
    const due = new DueDeadlines(runner, store);
    const now = '2026-03-03T10:00:00.000Z';
    await append(issued());
    expect(await due.due(now, shippedPolicy)).toMatchObject([{ fields: { requestId } }]);
    await append(requestClosed);
    expect(await due.due(now, shippedPolicy)).toEqual([]);
  });

  it('does not wait for events that the read model never handles', async () => {
    const head = await append({ type: 'VisitsRecorded', data: {} });
    const asked: number[] = [];
    const behind = {
      asOf: () => ({ position: 0 }),
      waitFor: (position: number) => Promise.resolve(void asked.push(position)),
    };
    expect(await settled(behind, contractRegister, store)).toBe(head);
    expect(asked).toEqual([4]);
  });

  it('refuses a query whose position the log has not reached', async () => {
    const reader = runner.reader(contractRegister);
    await showing(String(await store.head()), reader);
    expect(reader.count(broker, 'contracts')).toBe(1);
    const beyond = reader.waitFor((await store.head()) + 1, 1);
    await expect(beyond).rejects.toThrow(ReadModelBehind);
  });
});
