import { createMemoryStore } from '#eventstore/memory.store.js';
import {
  choiceOf,
  issueRequest,
  Office,
  openMarket,
  otherBroker,
  presentedPackage,
  requestedPackage,
  userOf,
} from '#platform/commands/commands.fixtures.js';

let office: Office;

beforeEach(() => {
  office = new Office(createMemoryStore());
});

const terms = { startOn: '2026-03-09', times: [{ line: 1, start: '08:15' }] };

describe('An offer, on what the package’s stream holds', () => {
  it('is the same one, whoever brings it (S1-10)', async () => {
    const { acorn } = await openMarket(office);
    const { requestId } = await requestedPackage(office);
    const { providerId } = acorn;
    const { id } = await office.send('SubmitOffer', { requestId, ...terms }, userOf(providerId));
    const entered = { requestId, providerId, ...terms, receivedAt: office.now, evidence: 'mail' };
    await expect(office.send('SubmitOffer', entered)).rejects.toMatchObject({
      code: 'OfferAlreadySubmitted',
    });
    const change = { offerId: id, ...terms, receivedAt: office.now, evidence: 'phone note' };
    await expect(office.send('AmendOffer', change, otherBroker)).resolves.toMatchObject({ id });
  });

  it('tells a provider nothing of the others that were invited (S1-9)', async () => {
    const { acorn } = await openMarket(office);
    const { requestId } = await requestedPackage(office);
    const by = userOf(acorn.providerId);
    const { id } = await office.send('SubmitOffer', { requestId, ...terms }, by);
    const [submitted] = await office.log.read(`offer-${id}`);
    expect(submitted?.metadata.facts?.[0]?.value).toMatchObject({ invited: [acorn] });
  });

  it('is refused to a provider that was not invited (X7)', async () => {
    const { acorn, birch } = await openMarket(office);
    office.eligible = [birch];
    const { requestId } = await requestedPackage(office);
    const offer = { requestId, ...terms };
    await expect(office.send('SubmitOffer', offer, userOf(acorn.providerId))).rejects.toMatchObject(
      { code: 'ProviderNotInvited' },
    );
    await expect(
      office.send('SubmitOffer', offer, userOf(birch.providerId)),
    ).resolves.toBeDefined();
  });

  it('answers the present request, not one before it or one that never was', async () => {
    const market = await openMarket(office);
    const { packageId, requestId } = await presentedPackage(office, market);
    const { chosenBy, reasons } = choiceOf(packageId, '');
    await office.send('RefuseOffers', { packageId, refusedBy: chosenBy, reasons });
    const next = await issueRequest(office, packageId);
    const by = userOf(market.acorn.providerId);
    const unknown = { code: 'RequestUnknown' };
    await expect(office.send('SubmitOffer', { requestId, ...terms }, by)).rejects.toMatchObject(
      unknown,
    );
    await expect(
      office.send('SubmitOffer', { requestId: office.newId(), ...terms }, by),
    ).rejects.toMatchObject(unknown);
    await expect(
      office.send('SubmitOffer', { requestId: next, ...terms }, by),
    ).resolves.toBeDefined();
  });

  it('found after the presentation is entered by a senior broker, and presented again (S1-10)', async () => {
    const { acorn, birch } = await openMarket(office);
    const { packageId, requestId } = await requestedPackage(office);
    const receivedAt = office.now;
    await office.send('SubmitOffer', { requestId, ...terms }, userOf(acorn.providerId));
    office.later(25 * 60);
    await office.send('PresentOffers', { packageId });
    const found = {
      requestId,
      providerId: birch.providerId,
      ...terms,
      receivedAt,
      evidence: 'mail',
    };
    const senior = { id: 'senior-1', roles: ['senior-broker'] } as const;
    const late = { code: 'OffersAlreadyPresented' };
    await expect(office.send('SubmitOffer', found)).rejects.toMatchObject(late);
    await office.send('SubmitOffer', found, senior);
    await expect(office.send('PresentOffers', { packageId })).rejects.toMatchObject(late);
    await office.send('PresentOffers', { packageId }, senior);
    const again = (await office.log.read(`carePackage-${packageId}`)).at(-1);
    expect((again?.data as { offers: unknown[] }).offers).toHaveLength(2);
  });
});
