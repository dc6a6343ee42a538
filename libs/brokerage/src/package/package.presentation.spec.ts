import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awarded,
  broker,
  cedar,
  choseAcorn,
  closesAt,
  issued,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  presented,
  referred,
  requestId,
  seniorBroker,
  userOf,
} from './package.fixtures.js';
import type { Reply } from './package.presentation.decider.js';

const { given } = specFor(packageDecider);
const justBefore = '2026-03-03T08:59:59.999Z';

describe('The presentation of offers', () => {
  const offer = (of: typeof offerOfAcorn, changed: Partial<Reply> = {}): Reply => ({
    ...{ ...of, status: 'offered', nonCompliance: [], revision: 0 },
    ...changed,
  });
  const declined = offer(
    { ...offerOfAcorn, providerId: cedar, offerId: cedar },
    { status: 'declined' },
  );
  const present = (
    replies: readonly Reply[],
    of: { now?: string; events?: readonly PackageEvent[]; actor?: Actor } = {},
  ) =>
    given(referred, ...(of.events ?? [issued])).when(
      'PresentOffers',
      { packageId },
      { now: of.now ?? closesAt, facts: { replies }, actor: of.actor ?? broker },
    );
  const both = [offer(offerOfAcorn), offer(offerOfBirch)];

  it('gives all compliant offers to the person, in the order of a recorded seed (S1-11)', () => {
    present(both).thenLike({
      type: 'OffersPresented',
      data: { requestId, seed: '00112233445566778899aabbccddeeff', nonCompliant: [] },
    });
    const [event] = present(both).events() as (typeof presented)[];
    expect(event?.data.offers).toEqual(expect.arrayContaining([offerOfAcorn, offerOfBirch]));
    expect(event?.data.offers).toHaveLength(2);
    expect(present(both.toReversed()).events()).toEqual([event]);
  });

  it('waits for the close, or for a reply of every invited provider (S1-11)', () => {
    present(both, { now: justBefore }).thenRejected('OffersNotReady');
    present([...both, declined], { now: justBefore }).thenLike({ type: 'OffersPresented' });
    present(both, { now: closesAt }).thenLike({ type: 'OffersPresented' });
  });

  it('puts a single offer to the person all the same (S1-11)', () => {
    present([offer(offerOfAcorn), declined]).thenLike({
      type: 'OffersPresented',
      data: { offers: [offerOfAcorn] },
    });
  });

  it('keeps an offer that breaks a hard need apart with its reason (X2)', () => {
    const reasons = ['later-than-latest-start:1'];
    present([offer(offerOfAcorn), offer(offerOfBirch, { nonCompliance: reasons })]).thenLike({
      type: 'OffersPresented',
      data: {
        offers: [offerOfAcorn],
        nonCompliant: [{ offerId: offerOfBirch.offerId, reasons }],
      },
    });
  });

  it('has at least one compliant standing offer (S1-11)', () => {
    const broken = { nonCompliance: ['later-than-latest-start:1'] };
    present([offer(offerOfAcorn, { status: 'withdrawn' }), declined]).thenRejected(
      'NoOfferToPresent',
    );
    present([offer(offerOfAcorn, broken)]).thenRejected('NoOfferToPresent');
    present([]).thenRejected('NoOfferToPresent');
  });

  it('is repeated by a senior broker alone, and the person chooses anew (S1-10)', () => {
    const after = { events: [issued, presented, choseAcorn] };
    present(both, after).thenRejected('OffersAlreadyPresented');
    present(both, { ...after, actor: userOf(acorn) }).thenRejected('OffersAlreadyPresented');
    const again = present(both, { ...after, actor: seniorBroker }).events() as PackageEvent[];
    given(referred, ...after.events, ...again)
      .when('AwardPackage', { packageId }, { facts: { offer: {}, contract: {}, provider: {} } })
      .thenRejected('PackageNotAwaitingAward');
  });

  it('belongs to a request', () => {
    present(both, { events: [] }).thenRejected('RequestNotOpen');
    present(both, { events: [...awarded], actor: seniorBroker }).thenRejected('RequestNotOpen');
  });
});
