import { specFor } from '#kernel/spec-dsl.js';
import {
  acorn,
  birch,
  cedar,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  personId,
  requestId,
} from '../package/package.fixtures.js';
import { rankingAdviceDecider, type RankingAdviceFacts } from './ranking-advice.decider.js';
import type { RankingAdviceRequested } from './ranking-advice.events.js';
import { rankedOffers } from './ranking-advice.rules.js';

const { given } = specFor(rankingAdviceDecider);
const now = '2026-03-04T09:00:00.000Z';
const requestedBy = { name: 'Ada Fictional', relationship: 'person' };
type Facts = RankingAdviceFacts['RequestRankingAdvice'];
const score = { numerator: '9', denominator: '10' };
const facts: Facts = {
  request: {
    ...{ known: true, awaitsChoice: true, packageId, personId },
    presented: [offerOfBirch, offerOfAcorn].map(({ offerId, providerId }) => ({
      ...{ offerId, providerId },
    })),
  },
  league: {
    ...{ month: '2026-02', method: 'The provider league of 2026-02.', position: 77 },
    rows: [
      { providerId: acorn, rank: 3, score, evidencedVisits: 400 },
      { providerId: birch, rank: 9, score, evidencedVisits: 200 },
    ],
  },
};
const ask = (of: Partial<Facts['request']> = {}, ...events: RankingAdviceRequested[]) =>
  given(...events).when(
    'RequestRankingAdvice',
    { requestId, requestedBy },
    { now, facts: { ...facts, request: { ...facts.request, ...of } } },
  );
const [advice] = ask().events() as [RankingAdviceRequested];
const read = (known: boolean, ...events: RankingAdviceRequested[]) =>
  given(...events).when(
    'ReadRankingAdvice',
    { requestId },
    { now, actor: { id: 'auditor-1', roles: ['auditor'] }, facts: { request: { known } } },
  );

describe('Ranking advice', () => {
  it('is computed from the last full month among the presented offers, and kept with its inputs (S1-13)', () => {
    ask().then({
      type: 'RankingAdviceRequested',
      data: {
        ...{ packageId, personId, requestId, requestedBy, requestedAt: now, month: '2026-02' },
        ...{ method: 'The provider league of 2026-02.', readAtPosition: 77 },
        inputs: facts.league.rows,
        ranking: [
          { offerId: offerOfAcorn.offerId, providerId: acorn, rank: 1 },
          { offerId: offerOfBirch.offerId, providerId: birch, rank: 2 },
        ],
      },
    });
  });

  it('is asked for once offers are before the person, not sooner nor later (S1-13)', () => {
    ask({ awaitsChoice: false }).thenRejected('OffersNotBeforePerson');
    ask({ awaitsChoice: true }).thenLike({ type: 'RankingAdviceRequested' });
    ask({ known: false }).thenRejected('RequestUnknown');
  });

  it('is computed once: asked again it stays as it was (S1-13)', () => {
    ask({}, advice).thenNothing();
    ask({ awaitsChoice: false }, advice).thenNothing();
  });

  it('is read after it was asked for, never before; each reading is kept (S1-13)', () => {
    read(true).thenRejected('RankingNotAskedFor');
    read(true, advice).then({
      type: 'RankingAdviceRead',
      data: { requestId, by: 'auditor-1', roles: ['auditor'], readAt: now },
    });
    read(false, advice).thenRejected('RequestUnknown');
  });
});

describe('The rank of presented offers', () => {
  const offers = [acorn, birch, cedar, 'elder'].map((providerId) => ({
    ...{ providerId, offerId: `offer-${providerId}` },
  }));
  const row = (providerId: string, rank?: number, unrankedBecause?: string) => ({
    ...{ providerId, evidencedVisits: 100 },
    ...(rank !== undefined && { rank }),
    ...(unrankedBecause !== undefined && { unrankedBecause }),
  });
  const ranks = (...rows: ReturnType<typeof row>[]) =>
    rankedOffers(offers, rows).map(({ providerId, rank }) => [providerId, rank]);

  it('is shared by equal scores and counted among them alone (L1, S1-13)', () => {
    expect(ranks(row(acorn, 12), row(birch, 5), row(cedar, 5), row('elder', 20))).toEqual([
      [birch, 1],
      [cedar, 1],
      [acorn, 3],
      ['elder', 4],
    ]);
  });

  it('is missing, with the reason, where the league has none; that is not last (L1, S1-13)', () => {
    const because = 'Fewer than 100 visits with evidence.';
    const ranked = rankedOffers(offers, [row(acorn, 2), row(birch, undefined, because)]);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, null, null, null]);
    expect(ranked[1]).toMatchObject({ providerId: birch, unrankedBecause: because });
    expect(ranked[2]?.unrankedBecause).toBe('Not in the league of this month.');
  });
});
