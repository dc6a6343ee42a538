import { createMemoryStore } from '#eventstore/memory.store.js';
import {
  choiceOf,
  needs,
  newReference,
  Office,
  openMarket,
  presentedPackage,
  userOf,
} from '#platform/commands/commands.fixtures.js';

let office: Office;

beforeEach(() => {
  office = new Office(createMemoryStore());
});

const reason = 'As agreed.';
/** Acorn's offer, to start on 2026-03-09, chosen. */
async function chosen(lastDay?: string, lot?: string) {
  const market = await openMarket(office, lastDay);
  const sourced = await presentedPackage(office, market, lot);
  await office.send('ChooseOffer', choiceOf(sourced.packageId, sourced.offerOfAcorn));
  const award = () => office.send('AwardPackage', { packageId: sourced.packageId });
  return { ...market, ...sourced, ...market.acorn, award };
}
const awards = expect.objectContaining({ position: expect.any(Number) as number }) as object;

describe('An award, on what other streams hold', () => {
  it('is refused after the offer was withdrawn (X5)', async () => {
    const { award, offerOfAcorn, providerId } = await chosen();
    await office.send('WithdrawOffer', { offerId: offerOfAcorn, reason }, userOf(providerId));
    await expect(award()).rejects.toMatchObject({ code: 'OfferWithdrawn' });
  });

  it('may start on the last day of the contract (X5)', async () => {
    const { award, contractId } = await chosen();
    await office.send('EndContract', { contractId, lastDay: '2026-03-09', reason });
    await expect(award()).resolves.toEqual(awards);
  });

  it('is refused on the day after the last day of the contract (X5)', async () => {
    const { award, contractId } = await chosen();
    await office.send('EndContract', { contractId, lastDay: '2026-03-08', reason });
    await expect(award()).rejects.toMatchObject({ code: 'ContractNotLive' });
  });

  it('may start on the last day of the framework, and after it once that is extended (S1-7)', async () => {
    await expect((await chosen('2026-03-09')).award()).resolves.toEqual(awards);
    const { award, frameworkId } = await chosen('2026-03-08');
    await expect(award()).rejects.toMatchObject({ code: 'ContractNotLive' });
    await office.send('ExtendFramework', { frameworkId, lastDay: '2026-03-09', reason });
    await expect(award()).resolves.toEqual(awards);
  });

  it('is refused to a provider that left before the extension (S1-7)', async () => {
    const { award, frameworkId, contractId } = await chosen('2026-03-08');
    await office.send('EndContract', { contractId, lastDay: '2026-03-01', reason });
    await office.send('ExtendFramework', { frameworkId, lastDay: '2027-03-08', reason });
    await expect(award()).rejects.toMatchObject({ code: 'ContractNotLive' });
  });

  it('needs an admission to the lot of the package (X5)', async () => {
    await expect((await chosen(undefined, 'lot-2')).award()).rejects.toMatchObject({
      code: 'NotAdmittedToLot',
    });
    await expect((await chosen(undefined, 'lot-1')).award()).resolves.toEqual(awards);
  });

  it.each([
    ['all new work from the start date', { fromOn: '2026-03-09' }, false],
    ['all new work from the day after', { fromOn: '2026-03-10' }, true],
    ['its lot', { fromOn: '2026-03-01', lots: ['lot-1'] }, false],
    ['another lot', { fromOn: '2026-03-01', lots: ['lot-2'] }, true],
  ])('to a provider suspended from %s (X7)', async (_, suspension, goes) => {
    const { award, providerId } = await chosen();
    await office.send('SuspendProvider', { providerId, reason, ...suspension });
    await (goes
      ? expect(award()).resolves.toEqual(awards)
      : expect(award()).rejects.toMatchObject({ code: 'ProviderIsSuspended' }));
  });

  it('goes to a provider whose suspension is lifted by the start date (X7)', async () => {
    const { award, providerId } = await chosen();
    const commandId = office.newId();
    await office.send('SuspendProvider', { commandId, providerId, reason, fromOn: '2026-03-01' });
    const suspended = (await office.log.read(`provider-${providerId}`)).at(-1);
    const { suspensionId } = suspended?.data as { suspensionId: string };
    const lift = (fromOn: string) => ({ providerId, suspensionId, reason, fromOn });
    await expect(award()).rejects.toMatchObject({ code: 'ProviderIsSuspended' });
    await office.send('LiftSuspension', lift('2026-03-09'));
    await expect(award()).resolves.toEqual(awards);
  });
});

describe('The presentation, on what the offers’ streams hold', () => {
  it('records the revision to which each reply was read', async () => {
    const market = await openMarket(office);
    const { packageId, offerOfAcorn, offerOfBirch } = await presentedPackage(office, market);
    const presented = (await office.log.read(`carePackage-${packageId}`)).at(-1);
    expect(presented?.metadata.facts).toEqual([
      {
        name: 'replies',
        value: [
          expect.objectContaining({ offerId: offerOfAcorn, revision: 0, weeklyCostPence: 7_350 }),
          expect.objectContaining({ offerId: offerOfBirch, revision: 0, weeklyCostPence: 7_350 }),
        ],
      },
    ]);
  });
});

describe('A package taken on, on what the contract’s stream holds', () => {
  const takeOn = (fields: object) =>
    office.send('TakeOnPackage', {
      ...{ reference: newReference(), needs, startedOn: '2025-11-03', ...fields },
    });

  it('is priced by the card of its start (X30)', async () => {
    const { acorn } = await openMarket(office);
    const { id } = await takeOn(acorn);
    const [takenOn] = await office.log.read(`carePackage-${id}`);
    expect(takenOn?.data).toMatchObject({ contractType: 'framework', weeklyCostPence: 7_350 });
  });

  it('needs a contract of its provider that had begun (X30)', async () => {
    const { acorn, birch } = await openMarket(office);
    const foreign = { providerId: birch.providerId, contractId: acorn.contractId };
    await expect(takeOn(foreign)).rejects.toMatchObject({ code: 'ContractOfAnotherProvider' });
    const early = { ...acorn, startedOn: '2025-10-12' };
    await expect(takeOn(early)).rejects.toMatchObject({ code: 'StartBeforeContract' });
    const unknown = { ...acorn, contractId: office.newId() };
    await expect(takeOn(unknown)).rejects.toMatchObject({ code: 'ContractUnknown' });
  });
});
