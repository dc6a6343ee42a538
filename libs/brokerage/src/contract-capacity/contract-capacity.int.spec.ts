import { systemActor } from '#kernel/actor.js';
import { capacityFold, peakFrom, type Holdings } from '#kernel/capacity.js';
import { fold } from '#kernel/decider.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import {
  broker,
  choiceOf,
  commissioner,
  issueRequest,
  needs,
  newReference,
  Office,
  openMarket,
  seniorBroker,
  userOf,
  type Provider,
} from '#platform/commands/commands.fixtures.js';
import { stores } from '#platform/commands/stores.fixtures.js';
import { releaseCapacityWhenCareMoves } from '../policies/release-capacity-when-care-moves.policy.js';

describe.each(stores)('The capacity of a contract on the %s store', (_, open) => {
  let store: EventStore;
  let dispose: () => Promise<void>;
  let office: Office;

  beforeEach(async () => {
    ({ store, dispose } = await open());
    office = new Office(store);
  });
  afterEach(() => dispose());

  const full = { code: 'ContractCapacityReached' };
  const weeklyMinutes = 210;

  async function contracted(terms: object): Promise<Provider> {
    const { acorn } = await openMarket(office);
    const { providerId } = acorn;
    const opened = { providerId, startsOn: '2026-01-01', ...terms };
    const { id: contractId } = await office.send('OpenContract', opened, commissioner);
    office.eligible = [{ providerId, contractId }];
    return { providerId, contractId };
  }
  const spot = (cap: object) => contracted({ type: 'spot', spotReason: 'No one else.', ...cap });

  /** A package whose only offer, of this provider, is chosen. */
  async function chosen({ providerId }: Provider): Promise<{ packageId: string; offerId: string }> {
    const { id: packageId } = await office.send('ReferPackage', {
      ...{ reference: newReference(), needs, directPayment: { outcome: 'not-wanted' } },
    });
    const requestId = await issueRequest(office, packageId);
    const terms = { requestId, startOn: '2026-03-09', times: [{ line: 1, start: '08:15' }] };
    const { id: offerId } = await office.send('SubmitOffer', terms, userOf(providerId));
    office.later(25 * 60);
    await office.send('PresentOffers', { packageId });
    await office.send('ChooseOffer', choiceOf(packageId, offerId));
    return { packageId, offerId };
  }
  async function chosenPackages(provider: Provider, count: number) {
    const packages = [];
    for (let at = 0; at < count; at += 1) packages.push(await chosen(provider));
    return packages;
  }
  const award = ({ packageId }: { packageId: string }, by = office) =>
    by.send('AwardPackage', { packageId });

  async function peakOf({ contractId }: Provider, on = '2026-03-09') {
    const events = await store.read(`contractCapacity-${contractId}`);
    return peakFrom(fold<Holdings>(capacityFold, events).steps, on);
  }
  /** What the policy does about the package's last event, or its last of a type. */
  async function react(packageId: string, type?: string): Promise<void> {
    const events = await store.read(`carePackage-${packageId}`);
    const event = events.findLast((each) => !type || each.type === type) as StoredEvent;
    for (const { name, fields } of releaseCapacityWhenCareMoves.on[event.type]?.(event) ?? []) {
      await office.send(name, fields, systemActor);
    }
  }

  it('is a number of packages that awards do not exceed (S3-11)', async () => {
    const provider = await spot({ maxPackages: 2 });
    const [first, second, third] = await chosenPackages(provider, 3);
    await award(first!);
    await award(second!);
    await expect(award(third!)).rejects.toMatchObject(full);
    expect(await peakOf(provider)).toMatchObject({ packages: 2 });
  });

  it('is a number of carer minutes a week that awards fill and do not exceed (S3-11)', async () => {
    const exactly = await spot({ capacityWeeklyMinutes: 2 * weeklyMinutes });
    const [first, second] = await chosenPackages(exactly, 2);
    await award(first!);
    await award(second!);
    const tooFew = await spot({ capacityWeeklyMinutes: 2 * weeklyMinutes - 1 });
    const [third, fourth] = await chosenPackages(tooFew, 2);
    await award(third!);
    await expect(award(fourth!)).rejects.toMatchObject(full);
  });

  it('is not limited where the contract names none (S3-11)', async () => {
    const provider = await spot({});
    for (const each of await chosenPackages(provider, 2)) await award(each);
    expect(await store.read(`contractCapacity-${provider.contractId}`)).toEqual([]);
  });

  it('goes to as many as there is room for of those who want it at once (S3-11)', async () => {
    const provider = await spot({ maxPackages: 3 });
    const packages = await chosenPackages(provider, 8);
    const nodes = [office, new Office(store)] as const;
    nodes[1].now = office.now;
    const outcomes = await Promise.allSettled(
      packages.map((each, at) => award(each, nodes[at % 2 === 0 ? 0 : 1])),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason as unknown)).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining(full) as object),
    );
    expect(await peakOf(provider)).toMatchObject({ packages: 3 });
  });

  it('has room again from the day after a package’s last one, not before (S3-11)', async () => {
    const provider = await spot({ maxPackages: 1 });
    const [first, second] = await chosenPackages(provider, 2);
    await award(first!);
    await office.send('AcceptOffer', { offerId: first!.offerId });
    await office.send('ConfirmAward', first!);
    const { packageId } = first!;
    await office.send('EndPackage', { packageId, lastDay: '2026-03-09', outcome: 'deceased' });
    await react(packageId);
    // The second one starts on 2026-03-09 too: the first has its last day then.
    await expect(award(second!)).rejects.toMatchObject(full);
    expect(await peakOf(provider, '2026-03-10')).toMatchObject({ packages: 0 });
  });

  it('has room again when an award falls through (S3-11)', async () => {
    const provider = await spot({ maxPackages: 1 });
    const [first, second] = await chosenPackages(provider, 2);
    await award(first!);
    await expect(award(second!)).rejects.toMatchObject(full);
    await office.send('RecordAwardFellThrough', { ...first!, reason: 'No staff.' });
    await react(first!.packageId);
    await award(second!);
    expect(await peakOf(provider)).toMatchObject({ packages: 1 });
  });

  it('has room again when the person takes a direct payment (S3-8)', async () => {
    const provider = await spot({ maxPackages: 1 });
    const [first, second] = await chosenPackages(provider, 2);
    await award(first!);
    const { packageId } = first!;
    await office.send('TakeDirectPayment', { packageId, fromOn: '2026-03-09' });
    await react(packageId);
    await award(second!);
  });

  it('has room again when the provider hands back, and when a started award is reversed (S3-11, X24)', async () => {
    const provider = await spot({ maxPackages: 1 });
    const [first, second, third] = await chosenPackages(provider, 3);
    await award(first!);
    await office.send('AcceptOffer', { offerId: first!.offerId });
    await office.send('ConfirmAward', first!);
    await expect(award(second!)).rejects.toMatchObject(full);
    await office.send('ReverseAward', { ...first!, by: 'provider', reason: 'No carers left.' });
    await react(first!.packageId);
    await award(second!);
    await office.send('AcceptOffer', { offerId: second!.offerId });
    await office.send('ConfirmAward', second!);
    await office.send('RecordFirstVisit', { ...second!, ...provider, deliveredOn: '2026-03-09' });
    await expect(award(third!)).rejects.toMatchObject(full);
    office.now = '2026-03-09T09:00:00.000Z';
    const failure = { cause: 'provider-failure', effectiveOn: '2026-03-09', reason: 'Failed.' };
    await office.send('HandBackPackage', { ...second!, ...failure }, seniorBroker);
    await react(second!.packageId, 'PackageHandedBack');
    await award(third!);
  });

  it('is what interim cover takes, until someone else starts (S4-14, S3-11)', async () => {
    const interim = await spot({ maxPackages: 1 });
    const { birch } = await openMarket(office);
    const left: string[] = [];
    for (const _ of [1, 2]) {
      const taken = { ...birch, reference: newReference(), needs, startedOn: '2026-02-02' };
      const { id: packageId } = await office.send('TakeOnPackage', taken, broker);
      const failure = { cause: 'provider-failure', effectiveOn: '2026-03-02', reason: 'Failed.' };
      await office.send('HandBackPackage', { packageId, ...failure }, seniorBroker);
      await office.send('RecordDirectPaymentDiscussion', {
        ...{ packageId, answer: { outcome: 'not-wanted' } },
      });
      left.push(packageId);
    }
    const [first = '', second = ''] = left;
    const cover = (packageId: string) => {
      const { contractId } = interim;
      const fields = { packageId, cover: 'other-provider', fromOn: '2026-03-02', contractId };
      return office.send('RecordInterimCover', fields, broker);
    };
    await cover(first);
    await expect(cover(second)).rejects.toMatchObject(full);
    office.eligible = [birch];
    const requestId = await issueRequest(office, first);
    const terms = { requestId, startOn: '2026-03-09', times: [{ line: 1, start: '08:15' }] };
    const { id: offerId } = await office.send('SubmitOffer', terms, userOf(birch.providerId));
    office.later(25 * 60);
    await office.send('PresentOffers', { packageId: first });
    await office.send('ChooseOffer', choiceOf(first, offerId));
    await award({ packageId: first });
    await office.send('AcceptOffer', { offerId });
    await office.send('ConfirmAward', { packageId: first, offerId });
    await expect(cover(second)).rejects.toMatchObject(full);
    const start = { packageId: first, ...birch, deliveredOn: '2026-03-09' };
    await office.send('RecordFirstVisit', start, systemActor);
    await react(first, 'PackageStarted');
    expect(await peakOf(interim, '2026-03-09')).toMatchObject({ packages: 0 });
    expect(await peakOf(interim, '2026-03-08')).toMatchObject({ packages: 1 });
  });

  it('is not held by a command that ended before its award was written (S3-11)', async () => {
    const provider = await spot({ maxPackages: 1 });
    const [first, second] = await chosenPackages(provider, 2);
    const ended = new Office(withoutAwards(store));
    ended.now = office.now;
    await expect(award(first!, ended)).rejects.toThrow('the process ended');
    office.later(0.5);
    await expect(award(second!)).rejects.toMatchObject(full);
    office.later(1);
    await award(second!);
    await expect(award(first!)).rejects.toMatchObject(full);
  });

  it('is what a variation takes, and gives back when it ends by itself (X18)', async () => {
    const limit = { capacityWeeklyMinutes: weeklyMinutes + 100 };
    const provider = await contracted({ type: 'in-house', ...limit });
    const taken = { ...provider, reference: newReference(), needs, startedOn: '2026-03-02' };
    const { id: packageId } = await office.send('TakeOnPackage', taken, broker);
    const [line] = needs.schedule;
    const agreement = { task: line?.tasks[0], agreedOn: '2026-03-02' };
    const vary = (minutes: number, lastDay?: string) =>
      office.send('VaryPackage', {
        ...{ packageId, fromOn: '2026-03-09', reason: 'Recovering from a fall.' },
        ...(lastDay ? { kind: 'temporary', lastDay } : { kind: 'permanent' }),
        schedule: [{ ...line, line: 1, minutes, shortVisitAgreement: agreement }],
      });
    await expect(vary(45)).rejects.toMatchObject(full);
    await vary(44, '2026-03-15');
    expect(await peakOf(provider, '2026-03-09')).toMatchObject({ weeklyMinutes: 7 * 44 });
    expect(await peakOf(provider, '2026-03-16')).toMatchObject({ weeklyMinutes });
    const change = { contractId: provider.contractId, reason: 'A carer left.' };
    await office.send(
      'ChangeContractCapacity',
      { ...change, capacityWeeklyMinutes: 60 },
      commissioner,
    );
    await expect(vary(45)).rejects.toMatchObject(full);
    await vary(20);
    expect(await peakOf(provider, '2026-03-09')).toMatchObject({ weeklyMinutes: 140 });
  });

  it('holds the standing book too, which more awards do not join (X30)', async () => {
    const provider = await contracted({ type: 'in-house', capacityWeeklyMinutes: weeklyMinutes });
    const takeOn = () =>
      office.send(
        'TakeOnPackage',
        { ...provider, reference: newReference(), needs, startedOn: '2026-03-02' },
        broker,
      );
    await takeOn();
    await expect(takeOn()).rejects.toMatchObject(full);
    const change = { contractId: provider.contractId, reason: 'A carer joined.' };
    const capacityWeeklyMinutes = 2 * weeklyMinutes;
    await office.send('ChangeContractCapacity', { ...change, capacityWeeklyMinutes }, commissioner);
    await takeOn();
  });
});

/** A store of a process that ends before a package's award is written. */
const withoutAwards = (store: EventStore): EventStore =>
  new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (key !== 'append') {
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return (...append: Parameters<EventStore['append']>) =>
        append[0].startsWith('carePackage')
          ? Promise.reject(new Error('the process ended'))
          : target.append(...append);
    },
  });
