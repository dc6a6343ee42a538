import { createMemoryStore } from '#eventstore/memory.store.js';
import { idOfKey } from '#kernel/ids.js';
import {
  issueRequest,
  needs,
  newReference,
  Office,
  openMarket,
  userOf,
  type Market,
} from '#platform/commands/commands.fixtures.js';
import type { RequestClosed, RequestIssued } from './package.sourcing.events.js';
import { sectorWithin } from './package.sourcing.facts.js';

let office: Office;
let market: Market;
beforeEach(async () => {
  office = new Office(createMemoryStore());
  market = await openMarket(office);
});

const identity = {
  ...{ name: 'Warden Quillon', bornOn: '1941-02-03', postcode: 'ZZ7 1AB' },
  addressLines: ['12 North Street', 'Examplechester'],
};

async function referred(of: object = {}, who: object = {}) {
  const reference = newReference();
  const { id: packageId } = await office.send('ReferPackage', {
    reference,
    needs: { ...needs, ...of },
  });
  const personId = idOfKey('person', reference.system, reference.personRef);
  await office.send('RecordIdentity', { personId, identity: { ...identity, ...who } });
  return { packageId, personId, reference };
}
const issued = async (packageId: string) =>
  (await office.log.read(`carePackage-${packageId}`)).find(({ type }) => type === 'RequestIssued')
    ?.data as RequestIssued['data'];

describe('A pack, compared with the person’s record', () => {
  it('goes out where it tells nothing: words of the closed lists and the patch’s name are no leak (S1-9)', async () => {
    const { packageId } = await referred({ access: ['warden'] });
    await expect(office.send('IssueRequest', { packageId })).resolves.toBeDefined();
  });

  it.each([
    ['a name as a skill', { skills: ['quillon'] }, 'name'],
    ['an address as the patch', { patch: '12 North Street' }, 'address'],
  ])('is refused for %s, naming the field and no value (S1-9)', async (_, of, field) => {
    const { packageId } = await referred(of);
    const refusal = office.send('IssueRequest', { packageId });
    await expect(refusal).rejects.toMatchObject({ code: 'PackWouldIdentify' });
    await expect(refusal).rejects.toThrow(field);
    await expect(refusal).rejects.not.toThrow(/quillon|12 north/i);
    expect(await issued(packageId)).toBeUndefined();
  });

  it('is refused where it repeats an id of the case system (S1-9)', async () => {
    const reference = { system: 'case-system', personRef: 'qx-zebra', referralRef: 'R-zebra' };
    const { id: packageId } = await office.send('ReferPackage', {
      reference,
      needs: { ...needs, skills: ['qx-zebra'] },
    });
    await expect(office.send('IssueRequest', { packageId })).rejects.toThrow('externalId');
  });

  it('tells the sector of the recorded postcode, if it is in the district (S1-9)', () => {
    expect(sectorWithin({ postcodeDistrict: 'ZZ7' }, 'ZZ7 1AB')).toBe('ZZ7 1');
    expect(sectorWithin({ postcodeDistrict: 'ZZ8' }, 'ZZ7 1AB')).toBeNull();
    expect(sectorWithin({ postcodeDistrict: 'ZZ7' }, undefined)).toBeNull();
  });
});

describe('A request that closes', () => {
  const close = async (packageId: string, requestId: string) => {
    office.later(25 * 60);
    await office.send('CloseRequest', { packageId, requestId });
    const events = await office.log.read(`carePackage-${packageId}`);
    return events.at(-1)?.data as RequestClosed['data'];
  };

  it('names who has neither offered nor declined (S2-19, X6)', async () => {
    const { packageId } = await referred();
    const requestId = await issueRequest(office, packageId);
    const { acorn, birch } = market;
    const decline = { requestId, reason: 'no-staff' };
    await office.send('DeclineRequest', decline, userOf(acorn.providerId));
    const closed = await close(packageId, requestId);
    expect(closed.unanswered).toEqual([birch.providerId]);
  });

  it('is evidence for the next step only when no offer can be accepted (S3-17)', async () => {
    const reason = { route: 'spot', routeReason: 'Nobody on the framework.' };
    const { packageId } = await referred();
    const requestId = await issueRequest(office, packageId);
    const offer = { requestId, startOn: '2026-03-09', times: [{ line: 1, start: '08:00' }] };
    const by = userOf(market.acorn.providerId);
    const { id: offerId } = await office.send('SubmitOffer', offer, by);
    await close(packageId, requestId);
    await expect(office.send('IssueRequest', { packageId, ...reason })).rejects.toMatchObject({
      code: 'AcceptableOfferNotPresented',
    });
    await office.send('WithdrawOffer', { offerId, reason: 'Two carers left.' }, by);
    await expect(office.send('IssueRequest', { packageId, ...reason })).resolves.toBeDefined();
  });
});
