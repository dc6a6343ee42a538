import type { Rejection } from '#kernel/rejection.js';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
} from '#eventstore/event-store.js';
import {
  broker,
  choiceOf,
  Office,
  openMarket,
  otherBroker,
  presentedPackage,
} from './commands.fixtures.js';
import { stores } from './stores.fixtures.js';
import { Conflict } from './submission.js';

describe.each(stores)('Commands that race on the %s store', (_, open) => {
  let store: EventStore;
  let dispose: () => Promise<void>;
  let office: Office;

  beforeEach(async () => {
    ({ store, dispose } = await open());
    office = new Office(store);
  });
  afterEach(() => dispose());

  it('award a package once, to the offer chosen last, whoever comes when (X5)', async () => {
    const { packageId, offerOfAcorn, offerOfBirch } = await presentedPackage(
      office,
      await openMarket(office),
    );
    const nodes = [office, new Office(store)] as const;
    nodes[1].now = office.now;
    const attempts = Array.from({ length: 50 }, async (__, at) => {
      const node = nodes[at % 2 === 0 ? 0 : 1];
      const by = at % 2 === 0 ? broker : otherBroker;
      const offerId = at % 2 === 0 ? offerOfAcorn : offerOfBirch;
      await node.send('ChooseOffer', choiceOf(packageId, offerId), by);
      await node.send('AwardPackage', { packageId }, by);
    });
    const outcomes = await Promise.allSettled(attempts);
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as Error] : [],
    );
    for (const refusal of refusals) {
      const code = (refusal as Rejection).code ?? refusal.name;
      expect(['Conflict', 'PackageNotAwaitingChoice', 'PackageNotAwaitingAward']).toContain(code);
    }
    const events = await office.log.read(`carePackage-${packageId}`);
    const awards = events.filter(({ type }) => type === 'PackageAwarded');
    expect(awards).toHaveLength(1);
    expect(outcomes.length - refusals.length).toBe(1);
    const lastChoice = events.findLast(({ type }) => type === 'OfferChosen');
    expect(events.at(-1)?.type).toBe('PackageAwarded');
    expect(awards[0]?.data).toMatchObject({
      offerId: (lastChoice?.data as { offerId: string }).offerId,
    });
  });

  /** Lets another node change a stream just before some appends to it. */
  const intrudingOn = (category: string, times: number, intrude: () => Promise<unknown>) => {
    let left = times;
    return new Proxy(store, {
      get: (target, key) => {
        if (key !== 'append') {
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        }
        return async (
          stream: string,
          events: readonly NewEvent[],
          expected: ExpectedRevision,
        ): Promise<AppendResult> => {
          if (stream.startsWith(category) && left > 0) {
            left -= 1;
            await intrude();
          }
          return target.append(stream, events, expected);
        };
      },
    });
  };

  const raced = async (losses: number) => {
    const { packageId, offerOfAcorn, offerOfBirch } = await presentedPackage(
      office,
      await openMarket(office),
    );
    await office.send('ChooseOffer', choiceOf(packageId, offerOfAcorn));
    const offers = [offerOfBirch, offerOfAcorn, offerOfBirch];
    const node = new Office(
      intrudingOn('carePackage', losses, () =>
        office.send('ChooseOffer', choiceOf(packageId, offers.pop() ?? '')),
      ),
    );
    node.now = office.now;
    return { packageId, offerOfBirch, award: () => node.send('AwardPackage', { packageId }) };
  };

  it('are decided again on what the other did, twice', async () => {
    const { packageId, award } = await raced(2);
    const { position } = await award();
    const events = await office.log.read(`carePackage-${packageId}`);
    expect(events.at(-1)).toMatchObject({ type: 'PackageAwarded', position });
    const { offerId } = events.findLast(({ type }) => type === 'OfferChosen')?.data as {
      offerId: string;
    };
    expect(events.at(-1)?.data).toMatchObject({ offerId });
    expect(events.at(-1)?.metadata.facts?.[0]?.stream).toBe(`offer-${offerId}`);
  });

  it('are given up after the third lost race, with nothing recorded', async () => {
    const { packageId, award } = await raced(3);
    await expect(award()).rejects.toThrow(Conflict);
    expect(await office.typesIn(`carePackage-${packageId}`)).not.toContain('PackageAwarded');
  });
});
