import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { readConfig } from '#platform/config/config.js';
import { needs, newReference } from '#platform/commands/commands.fixtures.js';
import { RateUpliftApplier } from '#brokerage/rate-uplift/rate-uplift.applier.js';
import type { ProposeRateUplift } from '#brokerage/rate-uplift/rate-uplift.commands.js';
import { contractRegister } from '#projections/contract-register/contract-register.projection.js';
import { jobs } from '#projections/jobs/jobs.projection.js';
import { packages } from '#projections/package/package.projection.js';
import { rateUplifts } from '#projections/rate-uplifts/rate-uplifts.projection.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const author: Actor = { id: 'commissioner-1', roles: ['commissioner'] };
const second: Actor = { id: 'commissioner-2', roles: ['commissioner'] };
const broker: Actor = { id: 'broker-1', roles: ['broker'] };
const source = '0193a000-0000-7000-8000-000000000002';

describe('A rate uplift over many contracts', () => {
  let dataDir: string;
  let service: RunningService;
  let applier: RateUpliftApplier;
  let contractIds: string[];
  let sent = 0;

  const newId = () => deriveId(source, (sent += 1));
  const send = (name: string, fields: object, actor = author) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, { actor });

  async function contracted(legalName: string): Promise<string> {
    const names = { legalName, tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await send('RegisterProvider', names);
    const terms = { providerId, type: 'spot', spotReason: 'Uplift', startsOn: '2025-01-01' };
    const { id: contractId } = await send('OpenContract', terms);
    const rates = [{ dayKind: 'weekday-day', pencePerHour: 2_000 }];
    await send('SetRateCard', { contractId, effectiveOn: '2025-01-01', rates });
    const care = { contractId, providerId, reference: newReference(), needs };
    await send('TakeOnPackage', { ...care, startedOn: '2025-02-03' });
    return contractId;
  }

  beforeEach(async () => {
    sent = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'rate-uplift-'));
    service = await openRuntime(
      readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' }),
      process.stderr,
    );
    service.begin();
    applier = new RateUpliftApplier(service.commands);
    contractIds = [await contracted('Larkspur Care'), await contracted('Willow Care')];
  });
  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  const uplift = (changed: object = {}) =>
    ({
      ...{ commandId: newId(), contracts: { type: 'spot' }, effectiveOn: '2025-04-01' },
      ...{ percentHundredths: 500, reason: 'Inflation.', ...changed },
    }) as ProposeRateUplift;
  const settledReader = async () => {
    await service.readModels.reader(rateUplifts).waitFor(await service.store.head());
    return service.readModels.reader(rateUplifts);
  };
  const cardsOf = async (contractId: string) => {
    const reader = service.readModels.reader(contractRegister);
    await reader.waitFor(await service.store.head());
    return reader.get(author, 'contracts', contractId)?.rateCards;
  };

  it('is previewed with its cost, and stores nothing (X25)', async () => {
    // The live packages come from the read model of packages.
    await service.readModels.reader(packages).waitFor(await service.store.head());
    const head = await service.store.head();
    const preview = await applier.preview(uplift(), { actor: author });
    expect(preview).toMatchObject({ retroactive: true, excluded: [] });
    expect(preview.contracts.map(({ contractId }) => contractId).toSorted()).toEqual(
      contractIds.toSorted(),
    );
    // Two packages of 3½ hours a week at £20.00 and £21.00.
    expect(preview.yearlyPenceBefore).toBe(2 * 365_000);
    expect(preview.yearlyPenceAfter).toBe(2 * 383_250);
    expect(await service.store.head()).toBe(head);
  });

  it('is applied by a job once a second person approves (X25)', async () => {
    const { id: upliftId } = await send('ProposeRateUplift', uplift());
    const row = (await settledReader()).get(author, 'uplifts', upliftId);
    const previewHash = row?.previewHash ?? '';
    const approve = (actor: Actor) =>
      applier.approve({ commandId: newId(), upliftId, previewHash }, { actor });
    await expect(approve(author)).rejects.toMatchObject({ code: 'UpliftApproverIsAuthor' });
    const { jobId, contracts } = await approve(second);
    expect(contracts).toBe(2);
    await service.jobs.idle();
    const reader = service.readModels.reader(jobs);
    await reader.waitFor(await service.store.head());
    expect(reader.get(author, 'jobs', jobId)).toMatchObject({ status: 'finished', done: 2 });
    for (const contractId of contractIds) {
      expect((await cardsOf(contractId))?.at(-1)).toMatchObject({
        ...{ effectiveOn: '2025-04-01', upliftId, retroactive: true },
        rates: [{ pencePerHour: 2_100 }],
      });
    }
    const head = await service.store.head();
    expect(await approve(second)).toMatchObject({ jobId });
    await service.jobs.idle();
    expect(await service.store.head()).toBe(head);
    const after = (await settledReader()).get(author, 'uplifts', upliftId);
    expect(after).toMatchObject({ status: 'approved', jobId, approvedBy: second.id });
    expect((await settledReader()).get(broker, 'uplifts', upliftId)).toBeUndefined();
  });

  it('is stale once a contract has other prices (X25)', async () => {
    const { id: upliftId } = await send('ProposeRateUplift', uplift());
    const previewHash = (await settledReader()).get(author, 'uplifts', upliftId)?.previewHash ?? '';
    const rates = [{ dayKind: 'weekday-day', pencePerHour: 2_050 }];
    const [contractId] = contractIds;
    await send('SetRateCard', { contractId, effectiveOn: '2025-02-01', rates });
    const approval = { commandId: newId(), upliftId, previewHash };
    await expect(applier.approve(approval, { actor: second })).rejects.toMatchObject({
      code: 'UpliftStale',
    });
  });

  it('may name its contracts (X25)', async () => {
    const contracts = { contractIds: contractIds.slice(0, 1) };
    const preview = await applier.preview(uplift({ contracts }), { actor: author });
    expect(preview.contracts).toHaveLength(1);
  });
});
