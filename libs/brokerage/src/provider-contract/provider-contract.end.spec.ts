import { specFor } from '#kernel/spec-dsl.js';
import type { FrameworkTerms } from './admission.rules.js';
import { providerContractDecider } from './provider-contract.decider.js';
import type { ContractEnded, ProviderContractEvent } from './provider-contract.events.js';
import {
  contractId,
  framework,
  frameworkContract,
  providerId,
  spotContract,
} from './provider-contract.fixtures.js';
import { contractEndsBefore, contractIsLive, isAdmitted } from './provider-contract.rules.js';

const { given } = specFor(providerContractDecider);
const reason = 'The provider withdrew.';
const ended: ContractEnded = {
  type: 'ContractEnded',
  data: { contractId, providerId, endsBefore: '2020-04-01', reason },
};
const endedSpot: ContractEnded = {
  ...ended,
  data: { ...ended.data, endsBefore: '2026-07-01' },
};
const end = (
  lastDay: string,
  of: FrameworkTerms | null,
  ...events: readonly ProviderContractEvent[]
) =>
  given(...events).when(
    'EndContract',
    { contractId, lastDay, reason },
    { facts: { framework: of } },
  );

describe('The end of a contract', () => {
  it('is its last day, kept as the next day (S1-7)', () => {
    end('2020-03-31', framework, frameworkContract).then(ended);
  });

  it('lies between its first day and the end agreed before (S1-7)', () => {
    end('2017-10-08', framework, frameworkContract).thenRejected('ContractEndsBeforeItStarts');
    end('2017-10-09', framework, frameworkContract).thenLike({
      type: 'ContractEnded',
    });
    end('2021-10-08', framework, frameworkContract).thenLike({
      type: 'ContractEnded',
    });
    end('2021-10-09', framework, frameworkContract).thenRejected('ContractAlreadyEnded');
    end('2026-12-31', null, spotContract).thenLike({ type: 'ContractEnded' });
    end('2027-01-01', null, spotContract).thenRejected('ContractAlreadyEnded');
  });

  it('comes once, to a contract that exists, on a real date', () => {
    end('2020-02-01', framework, frameworkContract, ended).thenRejected('ContractAlreadyEnded');
    end('2020-02-01', framework).thenRejected('ContractUnknown');
    end('2019-02-29', framework, frameworkContract).thenRejected('DateDoesNotExist');
  });
});

describe('The extension of a contract', () => {
  const extend = (lastDay: string, ...events: readonly ProviderContractEvent[]) =>
    given(...events).when('ExtendContract', {
      contractId,
      lastDay,
      reason: 'Still needed.',
    });

  it('is later than the end it replaces (S1-7)', () => {
    extend('2026-12-31', spotContract).thenRejected('ExtensionNotLater');
    extend('2027-01-01', spotContract).then({
      type: 'ContractExtended',
      data: {
        contractId,
        providerId,
        endsBefore: '2027-01-02',
        reason: 'Still needed.',
      },
    });
  });

  it('of a framework contract is its framework’s alone (S1-7)', () => {
    extend('2025-10-12', frameworkContract).thenRejected('FrameworkContractExtendsWithFramework');
  });

  it('needs a last day to move, on a real date, of a contract not ended', () => {
    const open = {
      ...spotContract,
      data: { ...spotContract.data, endsBefore: null },
    };
    extend('2027-12-31', open).thenRejected('ContractHasNoEnd');
    extend('2027-02-29', spotContract).thenRejected('DateDoesNotExist');
    extend('2027-12-31', spotContract, endedSpot).thenRejected('ContractAlreadyEnded');
    extend('2027-12-31').thenRejected('ContractUnknown');
  });
});

describe('A contract in force', () => {
  const contract = {
    ...({
      contractId,
      type: 'framework',
      startsOn: '2017-10-09',
      endsBefore: null,
    } as const),
    endedBefore: null,
    admissions: [{ lots: ['lot-1'], admittedOn: '2019-06-10' }],
  };
  const agreed = '2021-10-09';
  const extended = '2025-10-13';

  it('lives through its last day, and care cannot start the day after (S1-7)', () => {
    expect(contractIsLive(contract, extended, '2025-10-12')).toBe(true);
    expect(contractIsLive(contract, extended, '2025-10-13')).toBe(false);
  });

  it('lives from its first day', () => {
    expect(contractIsLive(contract, extended, '2017-10-08')).toBe(false);
    expect(contractIsLive(contract, extended, '2017-10-09')).toBe(true);
  });

  it('is reached by the framework’s extension when the provider remains (S1-7)', () => {
    expect(contractEndsBefore(contract, agreed)).toBe('2021-10-09');
    expect(contractEndsBefore(contract, extended)).toBe('2025-10-13');
  });

  it('is not reached by the extension when the provider had withdrawn (S1-7)', () => {
    const withdrawn = { ...contract, endedBefore: '2020-04-01' };
    expect(contractEndsBefore(withdrawn, extended)).toBe('2020-04-01');
    const onTheAgreedEnd = { ...contract, endedBefore: agreed };
    expect(contractEndsBefore(onTheAgreedEnd, extended)).toBe('2021-10-09');
  });

  it('of another type ends by its own dates', () => {
    const spot = {
      ...contract,
      type: 'spot',
      endsBefore: '2027-01-01',
    } as const;
    expect(contractEndsBefore(spot, extended)).toBe('2027-01-01');
    expect(contractEndsBefore({ ...spot, endsBefore: null }, null)).toBeNull();
    expect(contractEndsBefore({ ...spot, endedBefore: '2026-07-01' }, null)).toBe('2026-07-01');
    expect(contractIsLive({ ...spot, endsBefore: null }, null, '2099-01-01')).toBe(true);
  });

  it('is admitted to a lot from its admission on, and to no other (S1-5)', () => {
    expect(isAdmitted(contract, 'lot-1', '2019-06-09')).toBe(false);
    expect(isAdmitted(contract, 'lot-1', '2019-06-10')).toBe(true);
    expect(isAdmitted(contract, 'lot-2', '2019-06-10')).toBe(false);
  });
});
