import { createMemoryStore } from '#eventstore/memory.store.js';
import {
  awardedPackage,
  choiceOf,
  commissioner,
  needs,
  newReference,
  Office,
  openMarket,
  otherCommissioner,
  presentedPackage,
  type Market,
} from '#platform/commands/commands.fixtures.js';
import type { WeekPlanned } from './visit.events.js';

let office: Office;
let market: Market;

beforeEach(async () => {
  office = new Office(createMemoryStore());
  market = await openMarket(office);
  const change = {
    effectiveOn: '2026-03-02',
    values: { ecmGoLiveOn: '2026-03-09' },
    reason: 'Go.',
  };
  await office.send('ChangePolicy', change, commissioner);
  const [proposed] = await office.log.read('councilPolicy-council');
  const { changeId } = proposed?.data as { changeId: string };
  await office.send('ApprovePolicyChange', { changeId }, otherCommissioner);
});

async function weekOf(packageId: string, week: string): Promise<WeekPlanned['data'] | undefined> {
  await office.send('PlanWeek', { packageId, week });
  const [planned] = await office.log.read(`visitWeek-${packageId}-${week}`);
  return planned?.data as WeekPlanned['data'] | undefined;
}

describe('A week, on what the package’s stream holds', () => {
  it('is planned with the agreed starts of the award, from its start date on (S1-12)', async () => {
    const { packageId } = await awardedPackage(office, market);
    const week = await weekOf(packageId, '2026-W11');
    expect(week).toMatchObject({ ...market.acorn, contractType: 'framework', patch: 'north' });
    expect(week?.visits).toHaveLength(7);
    expect(week?.visits.every(({ agreedStart }) => agreedStart === '08:15')).toBe(true);
  });

  it('is not planned before the award is confirmed', async () => {
    const { packageId, offerOfAcorn } = await presentedPackage(office, market);
    await office.send('ChooseOffer', choiceOf(packageId, offerOfAcorn));
    expect(await weekOf(packageId, '2026-W11')).toBeUndefined();
    await office.send('AwardPackage', { packageId });
    expect(await weekOf(packageId, '2026-W11')).toBeUndefined();
  });

  it('of a package taken on is planned from the go-live date (X30)', async () => {
    const takeOn = { reference: newReference(), needs, startedOn: '2025-11-03', ...market.acorn };
    const { id } = await office.send('TakeOnPackage', takeOn);
    expect((await weekOf(id, '2026-W10'))?.visits).toEqual([]);
    expect((await weekOf(id, '2026-W11'))?.visits).toHaveLength(7);
  });

  it('loses the days after the end of the package, or from its direct payment on (X20)', async () => {
    const { packageId } = await awardedPackage(office, market);
    await weekOf(packageId, '2026-W11');
    await office.send('TakeDirectPayment', { packageId, fromOn: '2026-03-14' });
    await office.send('ReplanWeek', { packageId, week: '2026-W11' });
    const replanned = (await office.log.read(`visitWeek-${packageId}-2026-W11`)).at(-1);
    expect(replanned?.data).toMatchObject({ withdrawn: ['2026-03-14.1.1', '2026-03-15.1.1'] });
  });

  it('is still planned up to the first day of a direct payment (S3-8)', async () => {
    const { packageId } = await awardedPackage(office, market);
    await office.send('TakeDirectPayment', { packageId, fromOn: '2026-03-11' });
    const visits = (await weekOf(packageId, '2026-W11'))?.visits;
    expect(visits?.map(({ on }) => on)).toEqual(['2026-03-09', '2026-03-10']);
  });
});
