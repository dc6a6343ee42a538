import type { EventStore } from '#eventstore/event-store.js';
import {
  awardedPackage,
  broker,
  choiceOf,
  commissioner,
  needs,
  newReference,
  Office,
  openMarket,
  otherBroker,
  otherCommissioner,
  presentedPackage,
  userOf,
} from './commands.fixtures.js';
import { stores } from './stores.fixtures.js';
import { IdempotencyKeyReused } from './submission.js';

const window = { standard: 60, urgent: 30 };

describe.each(stores)('A command on the %s store', (_, open) => {
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

  it('takes effect once, however often it is sent', async () => {
    const command = { commandId: office.newId(), reference: newReference(), needs };
    const first = await office.send('ReferPackage', command);
    office.later(1);
    expect(await office.send('ReferPackage', command)).toEqual(first);
    const sentAtOnce = Array.from({ length: 20 }, () => office.send('ReferPackage', command));
    expect(new Set((await Promise.all(sentAtOnce)).map(({ position }) => position))).toEqual(
      new Set([first.position]),
    );
    expect(await office.typesIn(`carePackage-${first.id}`)).toEqual(['PackageReferred']);
  });

  it('is known again after a restart, at its own position and not the latest', async () => {
    const command = { commandId: office.newId(), reference: newReference(), needs };
    const first = await office.send('ReferPackage', command);
    await office.send('WithdrawReferral', { packageId: first.id, reason: 'Family will care.' });
    expect(await new Office(store).send('ReferPackage', command)).toEqual(first);
  });

  it('is refused with other content or from another person under the same id', async () => {
    const command = { commandId: office.newId(), reference: newReference(), needs };
    await office.send('ReferPackage', command);
    const head = await store.head();
    const other = { ...command, needs: { ...needs, patch: 'south' } };
    await expect(office.send('ReferPackage', other)).rejects.toThrow(IdempotencyKeyReused);
    await expect(office.send('ReferPackage', command, otherBroker)).rejects.toThrow(
      IdempotencyKeyReused,
    );
    expect(await store.head()).toBe(head);
  });

  it('may be sent again under its id once it was refused and mended', async () => {
    const command = { commandId: office.newId(), reference: newReference() };
    const incomplete = { ...needs, schedule: [] };
    await expect(
      office.send('ReferPackage', { ...command, needs: incomplete }),
    ).rejects.toMatchObject({ code: 'ScheduleMissing' });
    expect(await store.head()).toBe(0);
    const { id } = await office.send('ReferPackage', { ...command, needs });
    expect(await office.typesIn(`carePackage-${id}`)).toEqual(['PackageReferred']);
  });

  it('that changes nothing answers the present position and appends nothing', async () => {
    const { id: packageId, position } = await refer();
    await refer();
    const head = await store.head();
    const late = { packageId, requestId: packageId };
    expect(await office.send('CloseRequest', late)).toEqual({ id: packageId, position });
    expect(await store.head()).toBe(head);
  });

  it('keeps all that its decision saw with its first event', async () => {
    const market = await openMarket(office);
    const { packageId, offerOfAcorn } = await presentedPackage(office, market);
    await office.send('ChooseOffer', choiceOf(packageId, offerOfAcorn));
    const commandId = office.newId();
    const submission = { actor: broker, correlationId: 'c0ffee', causationId: 'event-1' };
    await office.send('AwardPackage', { commandId, packageId }, submission);
    const award = (await office.log.read(`carePackage-${packageId}`)).at(-1);
    expect(award?.metadata).toEqual({
      ...{ ...submission, commandId, recordedAt: office.now },
      command: { name: 'AwardPackage', version: 1, fields: { packageId } },
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      entropy: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      facts: [
        {
          ...{ name: 'offer', stream: `offer-${offerOfAcorn}`, revision: 0 },
          value: {
            ...{ standing: true, compliant: true, receivedAt: '2026-03-02T09:00:00.000Z' },
            ...{ startOn: '2026-03-09', times: [{ line: 1, start: '08:15' }] },
          },
        },
        {
          name: 'contract',
          ...{ stream: `providerContract-${market.acorn.contractId}`, revision: 2 },
          value: { type: 'framework', liveOnStart: true, admittedOnStart: true },
        },
        {
          ...{ name: 'framework', stream: `framework-${market.frameworkId}`, revision: 1 },
          value: { endsBefore: '2029-10-13' },
        },
        {
          ...{ name: 'provider', stream: `provider-${market.acorn.providerId}`, revision: 0 },
          value: {
            suspended: false,
            gates: { registration: 'not-checkable', rating: 'passes' },
          },
        },
      ],
      ...{ rules: 1, policyVersion: 0, software: 'care-brokerage@test' },
    });
  });

  it('keeps it once: later events of the same append carry only who and when', async () => {
    const { packageId } = await awardedPackage(office, await openMarket(office));
    office.later(10 * 24 * 60);
    const commandId = office.newId();
    await office.send('ConfirmStart', { commandId, packageId, startedOn: '2026-03-09' });
    const [confirmed, started] = (await office.log.read(`carePackage-${packageId}`)).slice(-2);
    expect([confirmed?.type, started?.type]).toEqual(['StartConfirmed', 'PackageStarted']);
    expect(confirmed?.metadata.command?.name).toBe('ConfirmStart');
    expect(started?.metadata).toEqual({ commandId, actor: broker, recordedAt: office.now });
    const again = { commandId, packageId, startedOn: '2026-03-09' };
    expect(await new Office(store).send('ConfirmStart', again)).toEqual({
      ...{ id: packageId, position: started?.position },
    });
  });

  it('records the version of the council policy in force (S2-10)', async () => {
    const values = { requestWindowMinutes: window };
    const change = { effectiveOn: '2026-03-03', values, reason: 'Faster answers.' };
    await openMarket(office);
    await office.send('ChangePolicy', change, commissioner);
    const [proposed] = await office.log.read('councilPolicy-council');
    const { changeId } = proposed?.data as { changeId: string };
    await office.send('ApprovePolicyChange', { changeId }, otherCommissioner);
    const issueNow = async () => {
      const { id: packageId } = await refer();
      await office.send('IssueRequest', { packageId });
      const issued = (await office.log.read(`carePackage-${packageId}`)).at(-1);
      const { issuedAt, closesAt } = issued?.data as Record<'issuedAt' | 'closesAt', string>;
      const minutes = (Date.parse(closesAt) - Date.parse(issuedAt)) / 60_000;
      return [issued?.metadata.policyVersion, minutes];
    };
    expect(await issueNow()).toEqual([0, 24 * 60]);
    office.later(24 * 60);
    expect(await issueNow()).toEqual([1, 60]);
  });

  it('of a provider’s user finds that provider’s own offer', async () => {
    const market = await openMarket(office);
    const { offerOfAcorn, requestId } = await presentedPackage(office, market);
    const withdraw = { offerId: offerOfAcorn, reason: 'Two carers left.' };
    await expect(
      office.send('WithdrawOffer', withdraw, userOf(market.birch.providerId)),
    ).rejects.toMatchObject({ code: 'OfferForAnotherProvider' });
    const { id } = await office.send('WithdrawOffer', withdraw, userOf(market.acorn.providerId));
    expect(id).toBe(offerOfAcorn);
    expect(requestId).not.toBe(id);
  });
});
