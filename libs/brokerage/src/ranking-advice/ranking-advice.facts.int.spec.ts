import { createMemoryStore } from '#eventstore/memory.store.js';
import {
  broker,
  choiceOf,
  Office,
  openMarket,
  presentedPackage,
  requestedPackage,
} from '#platform/commands/commands.fixtures.js';
import { AdviceReading } from './ranking-advice.queries.js';

let office: Office;
let reading: AdviceReading;
beforeEach(() => {
  office = new Office(createMemoryStore());
  reading = new AdviceReading(office.commands);
});

const requestedBy = { name: 'Ada Fictional', relationship: 'person' };
const asBroker = { actor: broker };

describe('A ranking, on what the package’s stream holds', () => {
  it('is refused before the person asks, though offers are presented, and answered after (S1-13)', async () => {
    const market = await openMarket(office);
    const { requestId, offerOfAcorn, offerOfBirch } = await presentedPackage(office, market);
    const { providerId } = market.birch;
    office.league = [{ providerId, rank: 4, evidencedVisits: 300 }];
    await expect(reading.read(requestId, asBroker)).rejects.toMatchObject({
      code: 'RankingNotAskedFor',
    });
    await office.send('RequestRankingAdvice', { requestId, requestedBy });
    await expect(reading.read(requestId, asBroker)).resolves.toMatchObject({
      ...{ requestId, requestedBy, month: '2026-02' },
      ranking: [
        { offerId: offerOfBirch, rank: 1 },
        { offerId: offerOfAcorn, unrankedBecause: 'Not in the league of this month.' },
      ],
    });
    expect(await office.typesIn(`rankingAdvice-${requestId}`)).toEqual([
      'RankingAdviceRequested',
      'RankingAdviceRead',
    ]);
  });

  it('is not asked for while the request is open, nor after the award (S1-13)', async () => {
    const market = await openMarket(office);
    const { requestId: open } = await requestedPackage(office);
    await expect(
      office.send('RequestRankingAdvice', { requestId: open, requestedBy }),
    ).rejects.toMatchObject({ code: 'OffersNotBeforePerson' });
    const { packageId, requestId, offerOfAcorn } = await presentedPackage(office, market);
    await office.send('ChooseOffer', choiceOf(packageId, offerOfAcorn));
    await office.send('AwardPackage', { packageId });
    await expect(
      office.send('RequestRankingAdvice', { requestId, requestedBy }),
    ).rejects.toMatchObject({ code: 'OffersNotBeforePerson' });
  });

  it('stays what it was when the league changes, and is stored once (S1-13)', async () => {
    const { requestId } = await presentedPackage(office, await openMarket(office));
    await office.send('RequestRankingAdvice', { requestId, requestedBy });
    const first = await reading.read(requestId, asBroker);
    office.later(60 * 24 * 40);
    office.league = [];
    await office.send('RequestRankingAdvice', { requestId, requestedBy });
    expect(await reading.read(requestId, asBroker)).toEqual(first);
  });

  it('keeps the asker’s name sealed in the log (S1-13)', async () => {
    const { requestId } = await presentedPackage(office, await openMarket(office));
    await office.send('RequestRankingAdvice', { requestId, requestedBy });
    const [stored] = await office.store.read(`rankingAdvice-${requestId}`);
    expect(JSON.stringify(stored)).not.toContain('Ada Fictional');
  });

  it('belongs to an external broker’s own case alone (S3-4)', async () => {
    const { requestId } = await presentedPackage(office, await openMarket(office));
    const stranger = { id: 'x', roles: ['external-broker'] as const, organisation: 'elsewhere' };
    await expect(reading.read(requestId, { actor: stranger })).rejects.toMatchObject({
      code: 'RequestUnknown',
    });
  });
});
