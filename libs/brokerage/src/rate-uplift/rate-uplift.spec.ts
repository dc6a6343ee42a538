import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { deriveId } from '#kernel/ids.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import type { Rate } from '../provider-contract/provider-contract.events.js';
import {
  commandId,
  contractId,
  frameworkContract,
  providerId,
} from '../provider-contract/provider-contract.fixtures.js';
import { rateUpliftDecider } from './rate-uplift.decider.js';
import type { RateUpliftEvent } from './rate-uplift.events.js';
import { upliftedPence, yearlyPence, type UpliftCandidate } from './rate-uplift.rules.js';

const author: Actor = { id: 'commissioner-1', roles: ['commissioner'] };
const second: Actor = { id: 'commissioner-2', roles: ['commissioner'] };
const upliftId = deriveId(commandId, 'rateUplift');
const daytime: Rate = { dayKind: 'weekday-day', pencePerHour: 2_087 };
const weekend: Rate = { dayKind: 'weekend', pencePerHour: 2_200 };
const candidate: UpliftCandidate = {
  ...{ contractId, providerId, hasLaterCard: false },
  card: { effectiveOn: '2025-04-01', rates: [daytime, weekend] },
  care: [{ dayKind: 'weekday-day', visitMinutes: 60, weeklyMinutes: 420 }],
};
const proposal = {
  ...{ commandId, contracts: {}, effectiveOn: '2026-04-01', reason: 'Inflation.' },
  percentHundredths: 425,
};
const propose = (changed: object = {}, candidates: readonly UpliftCandidate[] = [candidate]) =>
  specFor(rateUpliftDecider)
    .given()
    .when(
      'ProposeRateUplift',
      { ...proposal, ...changed },
      { actor: author, facts: { candidates } },
    );
const proposed = propose().events() as RateUpliftEvent[];
const [first] = proposed;
const previewHash = first?.type === 'RateUpliftProposed' ? first.data.previewHash : '';

describe('A rate uplift', () => {
  it('raises each price by a percentage, rounded half-up once (X25)', () => {
    propose().thenLike({
      type: 'RateUpliftProposed',
      data: {
        contracts: [
          {
            uplifted: [
              { dayKind: 'weekday-day', pencePerHour: 2_176 }, // 2175.70
              { dayKind: 'weekend', pencePerHour: 2_294 }, // 2293.50
            ],
          },
        ],
      },
    });
    expect(upliftedPence(2_000, 2)).toBe(2_000); // 2000.40
    expect(upliftedPence(2_500, 2)).toBe(2_501); // 2500.50
    expect(upliftedPence(2_499, 2)).toBe(2_499); // 2499.4998
  });

  it('sets new prices where a contract has them, and leaves the others (X25)', () => {
    const newRates = [
      { dayKind: 'weekend', pencePerHour: 2_400 },
      { dayKind: 'night', pencePerHour: 3_000 },
    ];
    propose({ percentHundredths: undefined, newRates }).thenLike({
      type: 'RateUpliftProposed',
      data: { contracts: [{ uplifted: [daytime, { ...weekend, pencePerHour: 2_400 }] }] },
    });
  });

  it('says either a percentage or new prices, each above nothing and once (X25)', () => {
    const none = { percentHundredths: undefined };
    propose(none).thenRejected('UpliftChangesNothing');
    propose({ newRates: [weekend] }).thenRejected('UpliftChangesNothing');
    const free = { ...weekend, pencePerHour: 0 };
    propose({ ...none, newRates: [free] }).thenRejected('RateNotPositive');
    propose({ ...none, newRates: [weekend, weekend] }).thenRejected('RateRepeated');
  });

  it('tells what the live care costs a year before and after (X25)', () => {
    // Seven hours a week: 7 × 2,087 × 365 / 7 and 7 × 2,176 × 365 / 7.
    const [before, after] = [2_087 * 365, 2_176 * 365];
    propose().thenLike({
      type: 'RateUpliftProposed',
      data: { yearlyPenceBefore: before, yearlyPenceAfter: after },
    });
    const minute = [{ dayKind: 'weekday-day', visitMinutes: 15, weeklyMinutes: 1 }] as const;
    expect(yearlyPence([{ ...daytime, pencePerHour: 1 }], minute)).toBe(1); // 365 / 420
    expect(yearlyPence([daytime], [])).toBe(0);
  });

  it('leaves out contracts without prices, or with prices agreed from its date on (X25)', () => {
    const priced = { ...candidate, contractId: providerId };
    const excluded = (changed: Partial<UpliftCandidate>, because: string) =>
      propose({}, [priced, { ...candidate, ...changed }]).thenLike({
        type: 'RateUpliftProposed',
        data: { contracts: [{ contractId: providerId }], excluded: [{ contractId, because }] },
      });
    excluded({ card: null }, 'no-rate-card');
    excluded({ hasLaterCard: true }, 'later-rate-card');
    propose({}, [{ ...candidate, card: null }]).thenRejected('UpliftHasNoContracts');
  });

  it('is for 500 contracts at most (X25)', () => {
    const many = (count: number) => Array.from({ length: count }, () => candidate);
    propose({}, many(500)).thenLike({ type: 'RateUpliftProposed' });
    propose({}, many(501)).thenRejected('UpliftTooLarge');
  });

  it('is retroactive when its date is past, and not today (X25)', () => {
    const from = (effectiveOn: string, retroactive: boolean) =>
      propose({ effectiveOn }).thenLike({ type: 'RateUpliftProposed', data: { retroactive } });
    from('2026-03-01', true);
    from('2026-03-02', false);
    propose({ effectiveOn: '2026-02-30' }).thenRejected('DateDoesNotExist');
  });
});

describe('The approval of a rate uplift', () => {
  const approve = (
    { actor = second, seen = previewHash, now = previewHash },
    ...events: readonly RateUpliftEvent[]
  ) =>
    specFor(rateUpliftDecider)
      .given(...events)
      .when(
        'ApproveRateUplift',
        { upliftId, previewHash: seen },
        { actor, facts: { preview: { hash: now } } },
      );
  const approved = approve({}, ...proposed).events() as RateUpliftEvent[];
  const other = '0'.repeat(32);

  it('is another person’s than the author’s (X25)', () => {
    approve({}, ...proposed).thenLike({
      type: 'RateUpliftApproved',
      data: { upliftId, approvedBy: 'commissioner-2' },
    });
    approve({ actor: author }, ...proposed).thenRejected('UpliftApproverIsAuthor');
  });

  it('is of what the approver has seen and what still holds (X25)', () => {
    approve({ seen: other }, ...proposed).thenRejected('UpliftStale');
    approve({ now: other }, ...proposed).thenRejected('UpliftStale');
  });

  it('comes once; sent again by the same person it changes nothing (X25)', () => {
    approve({}, ...proposed, ...approved).thenNothing();
    const third = { actor: { ...second, id: 'commissioner-3' } };
    approve(third, ...proposed, ...approved).thenRejected('UpliftAlreadyDecided');
    approve({}).thenRejected('UpliftUnknown');
  });

  it('is no longer possible after a rejection, nor the other way round (X25)', () => {
    const reject = (...events: readonly RateUpliftEvent[]) =>
      specFor(rateUpliftDecider)
        .given(...events)
        .when('RejectRateUplift', { upliftId, reason: 'Too dear.' }, { actor: author });
    const rejected = reject(...proposed).events() as RateUpliftEvent[];
    approve({}, ...proposed, ...rejected).thenRejected('UpliftAlreadyDecided');
    reject(...proposed, ...approved).thenRejected('UpliftAlreadyDecided');
    reject().thenRejected('UpliftUnknown');
  });
});

describe('An uplift applied to a contract', () => {
  const card = {
    type: 'RateCardSet' as const,
    data: { contractId, providerId, effectiveOn: '2025-04-01', rates: [daytime] },
  };
  const apply = (effectiveOn: string, replaces: string, ...events: readonly (typeof card)[]) =>
    specFor(providerContractDecider)
      .given(frameworkContract, ...events)
      .when('ApplyRateUplift', {
        ...{ contractId, upliftId, effectiveOn, replaces },
        rates: [{ ...daytime, pencePerHour: 2_176 }],
      });

  it('sets its rate card, marked when the date is past (X25)', () => {
    const data = { upliftId, rates: [{ pencePerHour: 2_176 }] };
    apply('2026-03-01', '2025-04-01', card).thenLike({
      type: 'RateCardSet',
      data: { ...data, retroactive: true },
    });
    const [today] = apply('2026-03-02', '2025-04-01', card).events();
    expect(today?.data).not.toHaveProperty('retroactive');
  });

  it('replaces the prices that were uplifted alone (X25)', () => {
    const later = { ...card, data: { ...card.data, effectiveOn: '2025-10-01' } };
    apply('2026-04-01', '2025-04-01', card, later).thenRejected('RateCardChanged');
    apply('2025-10-01', '2025-04-01', card, later).thenRejected('RateCardNotLater');
    apply('2026-04-01', '2025-10-01', card, later).thenLike({ type: 'RateCardSet' });
  });
});
