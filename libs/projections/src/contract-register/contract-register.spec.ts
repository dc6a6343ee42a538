import type { FrameworkEvent } from '#brokerage/framework/framework.events.js';
import type { ProviderEvent } from '#brokerage/provider/provider.events.js';
import type {
  ContractTerms,
  ProviderContractEvent,
} from '#brokerage/provider-contract/provider-contract.events.js';
import {
  broker,
  caseSystem,
  contractId,
  otherContractId,
  otherProviderId,
  otherProviderUser,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { contractRegister } from './contract-register.projection.js';
import { ContractRegisterReads } from './contract-register.queries.js';
import { eligibleContracts } from './eligibility.queries.js';
import { standardRateOn } from './contract-register.rules.js';
import type { CareWanted } from './care-wanted.rules.js';

const registered = (id: string, legalName: string, ...tradingNames: string[]): ProviderEvent => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames, cqcLocationIds: [] },
});
const established: FrameworkEvent = {
  type: 'FrameworkEstablished',
  data: {
    ...{ frameworkId: 'f1', name: 'Home care 2017', startsOn: '2017-10-09' },
    endsBefore: '2024-10-09',
    lots: [
      { lot: 'lot-1', name: 'Home care' },
      { lot: 'lot-2', name: 'Night care' },
    ],
  },
};
const opened2019: FrameworkEvent = {
  type: 'FrameworkOpened',
  data: { frameworkId: 'f1', openingId: 'o2', opensOn: '2019-06-10', lots: ['lot-1'] },
};
const extended: FrameworkEvent = {
  type: 'FrameworkExtended',
  data: { frameworkId: 'f1', endsBefore: '2025-10-13', reason: 'no gap' },
};
const contract = (terms: Partial<ContractTerms> = {}): ProviderContractEvent => ({
  type: 'ContractOpened',
  data: {
    ...{ contractId, providerId, type: 'framework', frameworkId: 'f1', patches: [] },
    ...{ startsOn: '2019-06-10', endsBefore: null },
    ...terms,
  },
});
const admitted = (lots: string[], admittedOn: string, id = contractId): ProviderContractEvent => ({
  type: 'ContractAdmitted',
  data: { contractId: id, providerId, frameworkId: 'f1', openingId: 'o2', lots, admittedOn },
});
const rated = (pencePerHour: number, effectiveOn: string): ProviderContractEvent => ({
  type: 'RateCardSet',
  data: {
    ...{ contractId, providerId, effectiveOn },
    rates: [
      { dayKind: 'weekday-day', pencePerHour },
      { dayKind: 'weekday-day', pencePerHour: 9_999, visitMinutes: 30 },
      { dayKind: 'night', pencePerHour: 9_999 },
    ],
  },
});
const contractEnded = (endsBefore: string): ProviderContractEvent => ({
  type: 'ContractEnded',
  data: { contractId, providerId, endsBefore, reason: 'withdrew' },
});
const suspended = (lots: string[], fromOn: string): ProviderEvent => ({
  type: 'ProviderSuspended',
  data: { providerId, suspensionId: 's1', lots, fromOn, reason: 'quality' },
});
const lifted = (fromOn: string): ProviderEvent => ({
  type: 'ProviderSuspensionLifted',
  data: { providerId, suspensionId: 's1', fromOn, reason: 'improved' },
});

const acme = registered(providerId, 'Acme Care Ltd', 'Acme\u00a0at  Home');
const admittedAcme = [acme, established, opened2019, contract(), admitted(['lot-1'], '2019-06-10')];
const given = (...events: readonly SpecEvent[]) => givenEvents(contractRegister).given(...events);
const wanted = { lot: 'lot-1', patch: 'north', startOn: '2023-05-01' };
const eligibleRows = async (events: readonly SpecEvent[], question: Partial<CareWanted> = {}) => {
  const { projector, store } = projectorOver({ 'contract-register': given(...events) });
  return (await eligibleContracts(projector, store, { ...wanted, ...question })).value;
};
const eligible = async (events: readonly SpecEvent[], question: Partial<CareWanted> = {}) =>
  (await eligibleRows(events, question)).map((row) => ({
    providerId: row.providerId,
    contractId: row.contractId,
  }));
const invited = [{ providerId, contractId }];

describe('The contract register', () => {
  it('joins a contract with its provider’s name and its framework’s end (S2-6)', () => {
    const row = given(...admittedAcme, rated(2_087, '2019-06-10')).rowSeenBy(
      broker,
      'contracts',
      contractId,
    );
    expect(row).toMatchObject({
      ...{ providerName: 'Acme Care Ltd', lastDay: '2024-10-08', endsBefore: '2024-10-09' },
      admissions: [{ lots: ['lot-1'], admittedOn: '2019-06-10', openingId: 'o2' }],
      rateCards: [{ effectiveOn: '2019-06-10' }],
    });
  });

  it('gives an extension to every contract that remains (S1-7)', () => {
    given(...admittedAcme, extended)
      .row('contracts', contractId)
      .isLike({ lastDay: '2025-10-12' })
      .row('frameworks', 'f1')
      .isLike({ lastDay: '2025-10-12', extended: true });
  });

  it('gives an extension to no contract that was ended before (S1-7)', () => {
    given(...admittedAcme, contractEnded('2022-01-01'), extended)
      .row('contracts', contractId)
      .isLike({ lastDay: '2021-12-31' });
  });

  it('ends a contract on its own day within an extended framework (S1-7)', () => {
    given(...admittedAcme, extended, contractEnded('2025-01-01'))
      .row('contracts', contractId)
      .isLike({ lastDay: '2024-12-31' });
  });

  it('extends a spot contract by itself (S3-11)', () => {
    const spot = { type: 'spot', endsBefore: '2026-01-01', spotReason: 'no bid' } as const;
    const { frameworkId: _, ...terms } = contract(spot).data as ContractTerms;
    given(acme, { type: 'ContractOpened', data: terms })
      .row('contracts', contractId)
      .isLike({ lastDay: '2025-12-31' })
      .given({
        type: 'ContractExtended',
        data: { contractId, providerId, endsBefore: '2026-07-01', reason: 'still needed' },
      })
      .row('contracts', contractId)
      .isLike({ lastDay: '2026-06-30' });
  });

  it('shows an open-ended arrangement without a last day (S3-11)', () => {
    const terms = { type: 'in-house', capacityWeeklyMinutes: 60_000 } as const;
    const { frameworkId: _, ...inHouse } = contract(terms).data as ContractTerms;
    const row = given(acme, { type: 'ContractOpened', data: inHouse }).rowSeenBy(
      broker,
      'contracts',
      contractId,
    );
    expect(row).toMatchObject({ endsBefore: null, capacityWeeklyMinutes: 60_000 });
    expect(row).not.toHaveProperty('lastDay');
  });

  it('keeps a suspension with the provider and its contracts (X7)', () => {
    const story = given(...admittedAcme, suspended(['lot-1'], '2023-04-01'), lifted('2023-06-01'));
    story.row('contracts', contractId).isLike({
      suspensions: [
        {
          ...{ suspensionId: 's1', lots: ['lot-1'], fromOn: '2023-04-01' },
          ...{ liftedOn: '2023-06-01', reason: 'quality' },
        },
      ],
    });
    expect(story.rowSeenBy(broker, 'providers', providerId)).toMatchObject({
      suspensions: [{ liftedOn: '2023-06-01' }],
    });
  });

  it('finds a provider by a part of any of its names, blanks and case aside (S1-4)', () => {
    const folded = given(...[acme, registered(otherProviderId, 'Birch Homecare')], {
      type: 'ProviderAliasAdded',
      data: { providerId, alias: 'Old Acme' },
    });
    const reads = new ContractRegisterReads(
      projectorOver({ 'contract-register': folded }).projector,
    );
    const found = (name: string) =>
      reads
        .providers(broker, { name: name }, { first: 10 })
        .edges.map(({ node }) => node.providerId);
    expect(found('ACME at home')).toEqual([providerId]);
    expect(found('old\u00a0acme')).toEqual([providerId]);
    expect(found('acme home')).toEqual([]);
    expect(found('care')).toEqual([providerId, otherProviderId]);
  });

  it('is searchable by provider, type, lot and date (S3-10)', () => {
    const second = { contractId: otherContractId, startsOn: '2021-04-01' };
    const folded = given(
      ...admittedAcme,
      ...[contract(second), admitted(['lot-2'], '2021-04-01', otherContractId)],
    );
    const reads = new ContractRegisterReads(
      projectorOver({ 'contract-register': folded }).projector,
    );
    const found = (filter: Parameters<typeof reads.contracts>[1]) =>
      reads.contracts(broker, filter, { first: 10 }).edges.map(({ node }) => node.contractId);
    expect(found({})).toEqual([contractId, otherContractId]);
    expect(found({ providerId: otherProviderId })).toEqual([]);
    expect(found({ type: 'spot' })).toEqual([]);
    expect(found({ lot: 'lot-2' })).toEqual([otherContractId]);
    expect(found({ on: '2021-03-31' })).toEqual([contractId]);
    expect(found({ on: '2024-10-08' })).toHaveLength(2);
    expect(found({ on: '2024-10-09' })).toEqual([]);
    expect(found({ lot: 'lot-2', on: '2021-04-01' })).toEqual([otherContractId]);
  });

  it('finds a lot from the day of its admission on, not one day before (S3-10, S1-5)', () => {
    const folded = given(...admittedAcme, admitted(['lot-1', 'lot-2'], '2020-06-10'));
    const reads = new ContractRegisterReads(
      projectorOver({ 'contract-register': folded }).projector,
    );
    const found = (lot: string, on?: string) =>
      reads.contracts(broker, { lot, on }, { first: 10 }).totalCount;
    expect(found('lot-2')).toBe(1);
    expect(found('lot-2', '2020-06-09')).toBe(0);
    expect(found('lot-2', '2020-06-10')).toBe(1);
    // Its admission to lot 1 began with the first one.
    expect(found('lot-1', '2019-06-10')).toBe(1);
    expect(found('lot-1', '2019-06-09')).toBe(0);
    expect(found('lot-3')).toBe(0);
  });

  it('finds providers by alias, type, lot and date together, and none a day after (S3-10)', () => {
    const alias: ProviderEvent = {
      type: 'ProviderAliasAdded',
      data: { providerId, alias: 'Old\u00a0Acme' },
    };
    const folded = given(...admittedAcme, alias);
    const reads = new ContractRegisterReads(
      projectorOver({ 'contract-register': folded }).projector,
    );
    const all = { name: 'old acme', type: 'framework', lot: 'lot-1', on: '2024-10-08' };
    const found = (changed: object) =>
      reads.providers(broker, { ...all, ...changed }, { first: 10 }).totalCount;
    expect(found({})).toBe(1);
    expect(found({ on: '2024-10-09' })).toBe(0);
    expect(found({ on: '2019-06-10' })).toBe(1);
    expect(found({ on: '2019-06-09' })).toBe(0);
    expect(found({ name: 'older acme' })).toBe(0);
    expect(found({ type: 'spot' })).toBe(0);
    expect(found({ lot: 'lot-2' })).toBe(0);
  });

  it('shows a provider its own contracts alone', () => {
    const folded = given(...admittedAcme);
    expect(folded.rowSeenBy(providerUser, 'contracts', contractId)).toBeDefined();
    expect(folded.rowSeenBy(otherProviderUser, 'contracts', contractId)).toBeUndefined();
    expect(folded.rowSeenBy(caseSystem, 'contracts', contractId)).toBeUndefined();
    expect(folded.reader.count(providerUser, 'contracts')).toBe(1);
    expect(folded.reader.count(otherProviderUser, 'contracts')).toBe(0);
  });
});

describe('An eligible contract', () => {
  it('is admitted to the lot on the start date (S1-5)', async () => {
    expect(await eligible(admittedAcme, { startOn: '2019-06-10' })).toEqual(invited);
    const later = [acme, established, contract(), admitted(['lot-1'], '2019-07-01')];
    expect(await eligible(later, { startOn: '2019-07-01' })).toEqual(invited);
    expect(await eligible(later, { startOn: '2019-06-30' })).toEqual([]);
  });

  it('of a provider admitted to Lot 1 only is none for Lot 2 (S1-6)', async () => {
    expect(await eligible(admittedAcme, { lot: 'lot-2' })).toEqual([]);
  });

  it('is in force on its last day, and not on the day after (S1-7)', async () => {
    expect(await eligible(admittedAcme, { startOn: '2024-10-08' })).toEqual(invited);
    expect(await eligible(admittedAcme, { startOn: '2024-10-09' })).toEqual([]);
    expect(await eligible([...admittedAcme, extended], { startOn: '2025-10-12' })).toEqual(invited);
    expect(await eligible([...admittedAcme, extended], { startOn: '2025-10-13' })).toEqual([]);
  });

  it('covers the patch, or all patches when it names none (S2-7)', async () => {
    const ofPatch = (patch: string) => [
      ...[acme, established, contract({ patches: [patch] })],
      admitted(['lot-1'], '2019-06-10'),
    ];
    expect(await eligible(ofPatch('north'))).toEqual(invited);
    expect(await eligible(ofPatch('south'))).toEqual([]);
    expect(await eligible(admittedAcme)).toEqual(invited);
  });

  it('is of a provider that is not suspended then (X7)', async () => {
    const events = [...admittedAcme, suspended([], '2023-04-01'), lifted('2023-06-01')];
    expect(await eligible(events, { startOn: '2023-03-31' })).toEqual(invited);
    expect(await eligible(events, { startOn: '2023-04-01' })).toEqual([]);
    expect(await eligible(events, { startOn: '2023-05-31' })).toEqual([]);
    expect(await eligible(events, { startOn: '2023-06-01' })).toEqual(invited);
  });

  it('may be of a provider that is suspended from another lot (X7)', async () => {
    expect(await eligible([...admittedAcme, suspended(['lot-2'], '2023-04-01')])).toEqual(invited);
    expect(await eligible([...admittedAcme, suspended(['lot-1'], '2023-04-01')])).toEqual([]);
  });

  it('is a framework contract (S3-17)', async () => {
    const { frameworkId: _, ...spot } = contract({ type: 'spot' }).data as ContractTerms;
    expect(await eligible([acme, { type: 'ContractOpened', data: spot }])).toEqual([]);
  });

  it('tells its type and what the care would cost at the prices of the first day (S1-14)', async () => {
    const events = [...admittedAcme, rated(2_087, '2019-06-10'), rated(2_195, '2023-05-02')];
    const line = { line: 1, days: [1, 2], start: '08:00', minutes: 60, carers: 1, critical: false };
    const asked = { ...wanted, schedule: [line] };
    const cost = async (startOn: string) =>
      (await eligibleRows(events, { ...asked, startOn }))[0]?.weeklyCostPence;
    expect(await cost('2023-05-01')).toBe(2 * 2_087);
    expect(await cost('2023-05-02')).toBe(2 * 2_195);
    expect(await eligibleRows(admittedAcme, asked)).toEqual([
      { providerId, contractId, contractType: 'framework', weeklyCostPence: null },
    ]);
  });

  it('is one for each provider, ordered by id', async () => {
    const beta = { providerId: otherProviderId, contractId: otherContractId };
    const second = { contractId: '01900000-0000-7000-8000-0000000000c0', startsOn: '2021-04-01' };
    const events = [
      ...[registered(otherProviderId, 'Birch'), contract(beta)],
      ...[admitted(['lot-1'], '2019-06-10', otherContractId), ...admittedAcme],
      ...[contract(second), admitted(['lot-1'], '2021-04-01', second.contractId)],
    ];
    expect(await eligible(events)).toEqual([{ providerId, contractId: second.contractId }, beta]);
    expect(await eligible(events, { startOn: '2020-01-01' })).toEqual([...invited, beta]);
  });
});

describe('A framework', () => {
  it('is contracted with each provider separately: the end of one contract is not another’s (S2-6)', async () => {
    const otherContract = '01932e1c-0a00-7000-8000-00000000c0f2';
    const otherProvider = '01932e1c-0a00-7000-8000-00000000b0f2';
    const two = [
      ...admittedAcme,
      registered(otherProvider, 'Birch Care Ltd'),
      contract({ contractId: otherContract, providerId: otherProvider }),
      { ...admitted(['lot-1'], '2019-06-10', otherContract) },
    ];
    expect(await eligible(two)).toHaveLength(2);
    const left = await eligible([...two, contractEnded('2023-05-01')]);
    expect(left.map(({ contractId: id }) => id)).toEqual([otherContract]);
  });
});

describe('The standard rate of a contract', () => {
  const row = (...events: readonly SpecEvent[]) =>
    given(...admittedAcme, ...events).rowSeenBy(broker, 'contracts', contractId);
  const rateOn = (date: string) => {
    const found = row(rated(2_087, '2019-06-10'), rated(2_195, '2023-04-01'));
    return found && standardRateOn(found, date);
  };

  it('is the weekday daytime rate for every visit length (S1-14)', () => {
    expect(rateOn('2023-03-31')).toBe(2_087);
    expect(rateOn('2023-04-01')).toBe(2_195);
  });

  it('is none where the contract is not in force (S1-14)', () => {
    expect(rateOn('2024-10-08')).toBe(2_195);
    expect(rateOn('2024-10-09')).toBeNull();
    expect(rateOn('2019-06-09')).toBeNull();
  });
});
