import fc from 'fast-check';
import type { OfferSubmitted } from '../offer/offer.events.js';
import { isOver } from './package.rules.js';
import {
  moves,
  panelMoves,
  secret,
  SourcedPackage,
  type Attempt,
  type SourcedEvent,
} from './package.histories.fixtures.js';
import { broker, chosenBy, seniorBroker } from './package.fixtures.js';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const attemptOf = (of: readonly Attempt['move'][]): fc.Arbitrary<Attempt> =>
  fc.record({
    move: fc.constantFrom(...of),
    passes: fc.constantFrom(0, 0, 0, 1, 30, 700),
    provider: fc.integer({ min: 0, max: 2 }),
    way: fc.integer({ min: 0, max: 5 }),
  });
const history = fc.array(attemptOf(moves), { minLength: 5, maxLength: 45, size: 'max' });

const way = (of: Partial<Attempt> & Pick<Attempt, 'move'>): Attempt => ({
  ...{ passes: 0, provider: 0, way: 4 },
  ...of,
});
/** Each is tried before the random ones, so that every stage is reached whatever the seed. */
const toAward: readonly Attempt[] = [
  way({ move: 'issue', way: 0 }),
  way({ move: 'submit' }),
  way({ move: 'close', passes: 1_441 }),
  way({ move: 'present', way: 1 }),
  way({ move: 'ask-advice' }),
  way({ move: 'read-advice' }),
  way({ move: 'choose' }),
  way({ move: 'award' }),
];
const toStart = [
  ...toAward,
  ...(['accept', 'settle', 'start'] as const).map((move) => way({ move })),
];
const toFallThrough = [
  ...toAward,
  ...(['withdraw', 'accept', 'settle'] as const).map((move) => way({ move })),
];
const straight: [Attempt[]][] = [[toStart], [toFallThrough]];

/** Offers cost 21,000 pence a week and 10.5 more for each way; an estimate 10 more. */
const panelLevelPence = 21_020;
const overLevel: Attempt[] = [
  way({ move: 'open-estimate', way: 5 }),
  way({ move: 'decide' }),
  way({ move: 'issue', way: 0 }),
  way({ move: 'submit' }),
  way({ move: 'close', passes: 1_441 }),
  way({ move: 'present', way: 1 }),
  way({ move: 'choose' }),
  way({ move: 'award' }),
];

/** Folded apart from the deciders: what was approved, and each award beside it. */
function firstOverPanel(events: readonly SourcedEvent[]): string | null {
  const opened = new Map<string, { figure: number; openedBy: string }>();
  const covered = new Map<string, number>();
  for (const { type, data } of events) {
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- only what is judged
    switch (type) {
      case 'PanelCaseOpened':
        opened.set(data.caseId, data);
        break;
      case 'InterimAuthorityGiven':
        covered.set(`interim ${data.caseId}`, opened.get(data.caseId)?.figure ?? 0);
        break;
      case 'PanelCaseWithdrawn':
        covered.delete(`interim ${data.caseId}`);
        break;
      case 'PanelCaseDecided':
        if (data.decidedBy === opened.get(data.caseId)?.openedBy) return 'an own case was decided';
        if (data.standing === 'refused') covered.delete(`interim ${data.caseId}`);
        if (data.standing === 'approved')
          covered.set('approved', opened.get(data.caseId)?.figure ?? 0);
        break;
      case 'PackageAwarded': {
        const pence = data.weeklyCostPence ?? 0;
        if (pence > panelLevelPence && pence > Math.max(0, ...covered.values())) {
          return `an award of ${pence} over what the panel approved`;
        }
        break;
      }
    }
  }
  return null;
}

function lived(attempts: readonly Attempt[], leaky = false): SourcedPackage {
  const sourced = new SourcedPackage(leaky);
  for (const each of attempts) sourced.attempt(each);
  return sourced;
}

interface Told {
  presented: Map<string, number | null>;
  chosen: string | null;
  standing: number;
  closesAt: string;
}

/** What the events say, folded apart from the deciders; answers the first thing that is wrong. */
function firstWrong(events: readonly SourcedEvent[]): string | null {
  const requests = new Map<string, Told>();
  const figures = new Map<string, number | null>();
  const received = new Map<string, string>();
  const asked = new Set<string>();
  const offersOf = (id: string): Told => {
    const told = requests.get(id) ?? {
      ...{ presented: new Map<string, number | null>(), chosen: null },
      ...{ standing: 0, closesAt: '' },
    };
    requests.set(id, told);
    return told;
  };
  for (const { type, data } of events) {
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- only what is judged
    switch (type) {
      case 'RequestIssued':
        offersOf(data.requestId).closesAt = data.closesAt;
        break;
      case 'RequestWindowExtended': {
        const told = offersOf(data.requestId);
        if (data.closesAt <= told.closesAt) return 'a window was shortened';
        told.closesAt = data.closesAt;
        break;
      }
      case 'OfferSubmitted':
      case 'OfferAmended': {
        const { closesAt } = offersOf(data.requestId);
        if (data.receivedAt >= closesAt) return 'an offer was received at the close or later';
        figures.set(data.offerId, (data as OfferSubmitted['data']).weeklyCostPence);
        received.set(data.offerId, data.nonCompliance.join());
        break;
      }
      case 'OffersPresented': {
        const told = offersOf(data.requestId);
        told.presented = new Map(data.offers.map((of) => [of.offerId, of.weeklyCostPence]));
        told.chosen = null;
        for (const [offerId, pence] of told.presented) {
          if (figures.get(offerId) !== pence) return 'a presented figure is not the offer’s';
          if (received.get(offerId) !== '') return 'an offer without compliance was presented';
        }
        break;
      }
      case 'OfferChosen':
      case 'OfferChosenByException':
        if (!offersOf(data.requestId).presented.has(data.offerId)) return 'not presented';
        offersOf(data.requestId).chosen = data.offerId;
        break;
      case 'OffersRefused':
        Object.assign(offersOf(data.requestId), { chosen: null, presented: new Map() });
        break;
      case 'PackageAwarded': {
        const told = offersOf(data.requestId);
        told.standing += 1;
        if (told.standing > 1) return 'two awards stand';
        if (told.chosen !== data.offerId) return 'an award without a choice or an exception';
        const pence = told.presented.get(data.offerId);
        if (pence !== data.weeklyCostPence) return 'the awarded figure is not the frozen one';
        break;
      }
      case 'AwardFellThrough':
      case 'AwardReversed':
        offersOf(data.requestId).standing -= 1;
        offersOf(data.requestId).chosen = null;
        break;
      case 'RankingAdviceRequested':
        if (offersOf(data.requestId).presented.size === 0) return 'a ranking before offers';
        if (asked.has(data.requestId)) return 'a ranking was computed twice';
        asked.add(data.requestId);
        break;
      case 'RankingAdviceRead':
        if (!asked.has(data.requestId)) return 'a ranking was read before it was asked for';
        break;
    }
  }
  return null;
}

describe(`Whatever is tried in whatever order (seed ${seed})`, () => {
  it('one award stands, by a choice or an exception, at the frozen figure; no ranking unasked (X5, X4, S1-11, S1-13)', () => {
    const seen = new Map<string, number>();
    const stages = new Set<string>();
    fc.assert(
      fc.property(history, (attempts) => {
        const sourced = lived(attempts);
        for (const { type } of sourced.events) seen.set(type, (seen.get(type) ?? 0) + 1);
        for (const stage of sourced.stages) stages.add(stage);
        const wrong = firstWrong(sourced.events);
        if (wrong) throw new Error(wrong);
      }),
      { seed, numRuns: 2_000, examples: straight },
    );
    // The histories get somewhere: nothing above holds for want of events.
    for (const type of [
      ...['PackageAwarded', 'AwardConfirmed', 'AwardFellThrough', 'PackageStarted'],
      ...['RankingAdviceRequested', 'RankingAdviceRead', 'OfferWithdrawn', 'RequestCancelled'],
    ]) {
      expect([type, (seen.get(type) ?? 0) > 0]).toEqual([type, true]);
    }
    expect(stages).toContain('live');
  });

  it('no award is dearer than the panel approved, or authority covers; nobody decides an own case (S3-7, X5)', () => {
    let [over, within] = [0, 0];
    const attempts = fc.array(attemptOf(panelMoves), { minLength: 20, maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(attempts, (history) => {
        const sourced = new SourcedPackage(false, panelLevelPence);
        for (const each of history) sourced.attempt(each);
        const wrong = firstOverPanel(sourced.events);
        if (wrong) throw new Error(wrong);
        for (const { type, data } of sourced.events) {
          if (type !== 'PackageAwarded') continue;
          if ((data.weeklyCostPence ?? 0) > panelLevelPence) over += 1;
          else within += 1;
        }
      }),
      { seed, numRuns: 2_000, examples: [[overLevel]] },
    );
    expect(over).toBeGreaterThan(0);
    expect(within).toBeGreaterThan(0);
  });

  it('no pack tells an identity value, whatever was referred (S1-9)', () => {
    const values = ['fernsby', 'ottoline', 'quillfeather', '1941-02-03', 'zz7 1ab'];
    let sent = 0;
    fc.assert(
      fc.property(history, fc.boolean(), (attempts, leaky) => {
        for (const { type, data } of lived(attempts, leaky).events) {
          if (type !== 'RequestIssued') continue;
          sent += 1;
          const told = JSON.stringify(data.pack).toLowerCase();
          expect(values.filter((value) => told.includes(value))).toEqual([]);
        }
      }),
      { seed, numRuns: 500 },
    );
    expect(sent).toBeGreaterThan(100);
    expect(secret.identity?.name).toBe('Ottoline Fernsby');
  });

  it('no stage is a dead end: a command of its own leads on from each that is not over', () => {
    const left = new Set<string>();
    fc.assert(
      fc.property(history, (attempts) => {
        const sourced = new SourcedPackage();
        const checked = new Set<string>();
        for (const each of attempts) {
          sourced.attempt(each);
          const { stage } = sourced.state;
          if (isOver(stage) || checked.has(stage)) continue;
          checked.add(stage);
          left.add(stage);
          if (!leadsOn(sourced)) throw new Error(`nothing leads on from ${stage}`);
        }
      }),
      { seed, numRuns: 1_000, examples: straight },
    );
    expect([...left].sort()).toEqual(Object.keys(waysOn).sort());
  });
});

function leadsOn(sourced: SourcedPackage): boolean {
  const { stage } = sourced.state;
  return (waysOn[stage] ?? []).some((way) => {
    const copy = sourced.copy();
    way(copy);
    return copy.state.stage !== stage;
  });
}

/** What leads on from each stage, without a withdrawal or a direct payment. */
const waysOn: Readonly<Record<string, readonly ((of: SourcedPackage) => unknown)[]>> = {
  'awaiting-request': [(of) => of.issue(4)],
  'request-open': [(of) => of.send('CancelRequest', { reason: 'needs-changed' })],
  'request-closed': [(of) => of.issue(4), (of) => of.present(broker)],
  'offers-presented': [(of) => of.choose(0)],
  'choice-recorded': [(of) => of.award(), (of) => of.present(seniorBroker), refused],
  'award-pending': [(of) => of.settle()],
  'awaiting-start': [
    (of) =>
      of.send('RecordFirstVisit', {
        providerId: of.state.award?.providerId,
        deliveredOn: '2026-03-10',
      }),
  ],
  live: [(of) => of.send('EndPackage', { lastDay: '2026-12-31', outcome: 'deceased' })],
};

function refused(of: SourcedPackage): boolean {
  return of.send('RefuseOffers', { refusedBy: chosenBy, reasons: ['None suits.'] });
}
