import { specFor } from '#kernel/spec-dsl.js';
import { deriveId } from '#kernel/ids.js';
import { blockShare, type BlockVisit, type Tenancy } from './block.rules.js';
import { providerContractDecider } from './provider-contract.decider.js';
import type { ProviderContractEvent } from './provider-contract.events.js';
import {
  blockContract,
  commandId,
  contractId,
  frameworkContract,
  providerId,
} from './provider-contract.fixtures.js';

const { given } = specFor(providerContractDecider);
const packageId = '01932e1c-0000-7000-8000-00000000d001';
const personId = '01932e1c-0000-7000-8000-00000000e001';
const tenancyId = deriveId(commandId, 'tenancy');
const movedIn: ProviderContractEvent = {
  type: 'TenantMovedIn',
  data: { contractId, providerId, tenancyId, packageId, personId, fromOn: '2026-02-02' },
};
const movedOut: ProviderContractEvent = {
  type: 'TenantMovedOut',
  data: { contractId, providerId, tenancyId, endsBefore: '2026-05-01' },
};

describe('A tenant of a block contract', () => {
  const moveIn = (
    { fromOn = '2026-02-02', known = true },
    ...events: readonly ProviderContractEvent[]
  ) =>
    given(...events).when(
      'MoveTenantIn',
      { commandId, contractId, packageId, fromOn },
      { facts: { package: { known, personId } } },
    );

  it('is the person of a package, from a day on (S2-4)', () => {
    moveIn({}, blockContract).then(movedIn);
    moveIn({ known: false }, blockContract).thenRejected('TenantPackageUnknown');
    moveIn({}, frameworkContract).thenRejected('NotABlockContract');
    moveIn({}).thenRejected('ContractUnknown');
  });

  it('moves in while the contract is in force (S2-4)', () => {
    moveIn({ fromOn: '2025-12-31' }, blockContract).thenRejected('TenancyOutsideContract');
    moveIn({ fromOn: '2026-01-01' }, blockContract).thenLike({ type: 'TenantMovedIn' });
    moveIn({ fromOn: '2026-02-30' }, blockContract).thenRejected('DateDoesNotExist');
  });

  it('lives there once at a time, and may come back (S2-4)', () => {
    moveIn({ fromOn: '2026-03-01' }, blockContract, movedIn).thenRejected('AlreadyTenant');
    moveIn({ fromOn: '2026-01-15' }, blockContract, movedIn).thenRejected('AlreadyTenant');
    const left = [blockContract, movedIn, movedOut];
    moveIn({ fromOn: '2026-04-30' }, ...left).thenRejected('AlreadyTenant');
    moveIn({ fromOn: '2026-05-01' }, ...left).thenLike({ type: 'TenantMovedIn' });
  });

  it('moves out once, on or after the day of moving in (S2-4)', () => {
    const moveOut = (lastDay: string, ...events: readonly ProviderContractEvent[]) =>
      given(blockContract, ...events).when('MoveTenantOut', { contractId, tenancyId, lastDay });
    moveOut('2026-04-30', movedIn).then(movedOut);
    moveOut('2026-02-01', movedIn).thenRejected('TenancyEndsBeforeItStarts');
    moveOut('2026-02-02', movedIn).thenLike({
      type: 'TenantMovedOut',
      data: { endsBefore: '2026-02-03' },
    });
    moveOut('2026-02-30', movedIn).thenRejected('DateDoesNotExist');
    moveOut('2026-04-30').thenRejected('TenancyUnknown');
    moveOut('2026-04-30', movedIn, movedOut).thenRejected('TenancyEnded');
  });
});

describe('The share of a block in a visit', () => {
  const tenancies: Tenancy[] = [
    { tenancyId, personId, fromOn: '2026-02-02', endsBefore: '2026-05-01' },
  ];
  const { block } = blockContract.data;
  const terms = { windows: block?.windows ?? [], weeklyMinutes: 600, tenancies };
  const lunch: BlockVisit = { personId, on: '2026-03-02', start: '12:30', carerMinutes: 60 };
  const share = (changed: Partial<BlockVisit>, usedMinutes = 0) =>
    blockShare({ ...lunch, ...changed }, terms, usedMinutes);
  const all = { blockMinutes: 60, paidMinutes: 0 };
  const none = { blockMinutes: 0, paidMinutes: 60 };

  it('is all of a tenant’s visit that starts in a window (S2-4)', () => {
    expect(share({ start: '12:00' })).toEqual(all);
    expect(share({ start: '13:59' })).toEqual(all);
    expect(share({ start: '11:59' })).toEqual(none);
    expect(share({ start: '14:00' })).toEqual(none);
    expect(share({ start: '23:30' })).toEqual(all);
  });

  it('is nothing of a visit to another person, or outside the tenancy (S2-4)', () => {
    expect(share({ personId: packageId })).toEqual(none);
    expect(share({ on: '2026-02-01' })).toEqual(none);
    expect(share({ on: '2026-02-02' })).toEqual(all);
    expect(share({ on: '2026-04-30' })).toEqual(all);
    expect(share({ on: '2026-05-01' })).toEqual(none);
  });

  it('goes as far as the hours bought for the week; the rest is paid by the visit (S2-4)', () => {
    expect(share({}, 540)).toEqual(all);
    expect(share({}, 541)).toEqual({ blockMinutes: 59, paidMinutes: 1 });
    expect(share({}, 600)).toEqual(none);
    expect(share({}, 700)).toEqual(none);
  });
});
