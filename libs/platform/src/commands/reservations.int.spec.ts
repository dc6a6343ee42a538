import { systemActor } from '#kernel/actor.js';
import { StoreUnavailable, type EventStore } from '#eventstore/event-store.js';
import { awardedPackage, needs, newReference, Office, openMarket } from './commands.fixtures.js';
import { stores } from './stores.fixtures.js';
import { Conflict } from './submission.js';

/** A store of a process that ends before a stream of the category is written. */
const endingBefore = (category: string, store: EventStore): EventStore =>
  new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (key !== 'append') {
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return (...append: Parameters<EventStore['append']>) =>
        append[0].startsWith(category)
          ? Promise.reject(new StoreUnavailable('the process ended'))
          : target.append(...append);
    },
  });

const shortTermNeeds = {
  ...needs,
  ...{ serviceLine: 'short-term', purpose: 'reablement', plannedLastDay: needs.startOn },
};

describe.each(stores)('A key on the %s store', (_, open) => {
  let store: EventStore;
  let dispose: () => Promise<void>;
  let office: Office;

  beforeEach(async () => {
    ({ store, dispose } = await open());
    office = new Office(store);
  });
  afterEach(() => dispose());

  const refer = (fields: object = {}) =>
    office.send('ReferPackage', { reference: newReference(), needs, ...fields });

  it('makes a referral of the case system one package (S1-8)', async () => {
    const reference = newReference();
    const { id } = await refer({ reference });
    const again = { reference, needs: shortTermNeeds };
    await expect(refer(again)).rejects.toMatchObject({
      code: 'ReferralAlreadyReceived',
      message: expect.stringContaining(id) as string,
    });
    await expect(refer()).resolves.toMatchObject({ id: expect.any(String) as string });
  });

  it('goes to one of many who want it at once (S1-8)', async () => {
    const reference = newReference();
    const nodes = [office, new Office(store)] as const;
    const referrals = Array.from({ length: 20 }, (__, at) =>
      nodes[at % 2 === 0 ? 0 : 1].send('ReferPackage', { reference, needs }),
    );
    const outcomes = await Promise.allSettled(referrals);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { events } = await office.log.readAll({ filter: { types: ['PackageReferred'] } });
    expect(events).toHaveLength(1);
  });

  it('keeps a second open package of the same person and service line out (X1)', async () => {
    const reference = newReference();
    const { id } = await refer({ reference });
    const second = { ...reference, referralRef: `${reference.referralRef}-2` };
    await expect(refer({ reference: second })).rejects.toMatchObject({
      code: 'OpenPackageExists',
      message: expect.stringContaining(id) as string,
    });
    const shortTerm = { reference: second, needs: shortTermNeeds };
    await expect(refer(shortTerm)).resolves.toMatchObject({ id: expect.any(String) as string });
  });

  it('lets a linked package in, at once after the refusal of an unlinked one (X1)', async () => {
    const reference = newReference();
    const { id } = await refer({ reference });
    const second = { ...reference, referralRef: `${reference.referralRef}-2` };
    await expect(refer({ reference: second })).rejects.toMatchObject({ code: 'OpenPackageExists' });
    const linkedTo = { packageId: id, reason: 'Night visits are bought apart.' };
    await expect(refer({ reference: second, linkedTo })).resolves.toMatchObject({
      id: expect.any(String) as string,
    });
  });

  it('keeps a third package out while a linked one is open (X1)', async () => {
    const reference = newReference();
    const numbered = (at: number) => ({
      ...reference,
      referralRef: `${reference.referralRef}-${at}`,
    });
    const { id: packageId } = await refer({ reference });
    const linkedTo = { packageId, reason: 'Night visits are bought apart.' };
    const { id: linked } = await refer({ reference: numbered(2), linkedTo });
    await office.send('WithdrawReferral', { packageId, reason: 'Family will care.' });
    const [referred] = await office.log.read(`carePackage-${packageId}`);
    const { personId } = referred?.data as { personId: string };
    const release = { personId, serviceLine: 'long-term', packageId };
    await office.send('ReleaseOpenPackage', release, systemActor);
    await expect(refer({ reference: numbered(3) })).rejects.toMatchObject({
      code: 'OpenPackageExists',
      message: expect.stringContaining(linked) as string,
    });
  });

  it('lets nobody in by a link to a package that is not open (X1)', async () => {
    const reference = newReference();
    await refer({ reference });
    const second = { ...reference, referralRef: `${reference.referralRef}-2` };
    const linkedTo = { packageId: newReference().referralRef, reason: 'A guess.' };
    await expect(refer({ reference: second, linkedTo })).rejects.toMatchObject({
      code: 'OpenPackageExists',
    });
  });

  it('is free again once its package is over (X1)', async () => {
    const reference = newReference();
    const { id: packageId } = await refer({ reference });
    await office.send('WithdrawReferral', { packageId, reason: 'Family will care.' });
    const [referred] = await office.log.read(`carePackage-${packageId}`);
    const { personId } = referred?.data as { personId: string };
    const release = { personId, serviceLine: 'long-term', packageId };
    const second = { ...reference, referralRef: `${reference.referralRef}-2` };
    await expect(refer({ reference: second })).rejects.toMatchObject({ code: 'OpenPackageExists' });
    await office.send('ReleaseOpenPackage', release, systemActor);
    await expect(refer({ reference: second })).resolves.toMatchObject({
      id: expect.any(String) as string,
    });
    const head = await store.head();
    await office.send('ReleaseOpenPackage', release, systemActor);
    expect(await store.head()).toBe(head);
  });

  it('names a provider once, whatever the blanks and capitals (S1-4)', async () => {
    const named = (legalName: string) =>
      office.send('RegisterProvider', { legalName, tradingNames: [], cqcLocationIds: [] });
    await named('Acorn Home Care Ltd');
    await expect(named('ACORN\u00a0Home  Care Ltd')).rejects.toMatchObject({
      code: 'ProviderNameTaken',
    });
    await expect(named('Acorn Homecare Ltd')).resolves.toMatchObject({
      id: expect.any(String) as string,
    });
  });

  describe('taken by a process that ended before its package was written', () => {
    const reference = newReference();
    let command: { commandId: string; reference: object; needs: object };

    beforeEach(async () => {
      command = { commandId: office.newId(), reference, needs };
      const ending = new Office(endingBefore('carePackage', store));
      await expect(ending.send('ReferPackage', command)).rejects.toThrow(StoreUnavailable);
    });

    it('is still its own: the same command sent again succeeds', async () => {
      const { id } = await office.send('ReferPackage', command);
      expect(await office.typesIn(`carePackage-${id}`)).toEqual(['PackageReferred']);
    });

    it('is kept for a minute, then taken over', async () => {
      office.now = '2026-03-02T09:00:59.999Z';
      await expect(refer({ reference })).rejects.toThrow(Conflict);
      office.now = '2026-03-02T09:01:00.000Z';
      const { id } = await refer({ reference });
      expect(await office.typesIn(`carePackage-${id}`)).toEqual(['PackageReferred']);
      await expect(office.send('ReferPackage', command)).rejects.toMatchObject({
        code: 'ReferralAlreadyReceived',
      });
    });
  });

  it('leads from a request to its package, so that providers never see the package (S1-9)', async () => {
    const { requestId, packageId } = await awardedPackage(office, await openMarket(office));
    const [key] = await office.log.read(`request-${requestId}`);
    expect(key).toMatchObject({ type: 'KeyReserved', data: { holder: packageId } });
  });
});
