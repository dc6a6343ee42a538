import type { PlannedVisit } from '#kernel/schedule.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import {
  awarded,
  broker,
  contractId,
  directPayment,
  ended,
  fellThrough,
  needs,
  packageId,
  personId,
  providerId,
  providerUser,
  referred,
  takenOn,
} from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { councilFigures } from './council-figures.projection.js';
import { CouncilFiguresReads, periodOf, type FiguresWanted } from './council-figures.queries.js';
import { decimal } from './council-figures.rules.js';

const week = '2026-W11';
const today = '2026-03-20T12:00:00.000Z';
const inWeek = { packageId, personId, week };
const holder = { providerId, contractId, contractType: 'framework', patch: 'north' };
const visit = (on: string, carers = 1): PlannedVisit => ({
  ...{ visit: `${on}.1.1`, on, agreedStart: '08:00', startsAt: `${on}T08:00:00.000Z` },
  ...{ minutes: 45, carers, critical: false },
});
const monday = visit('2026-03-09', 2);
const tuesday = visit('2026-03-10');
const weekPlanned = (over: object = {}): SpecEvent => ({
  type: 'WeekPlanned',
  stream: `visitWeek-${packageId}-${week}`,
  data: { ...inWeek, ...holder, visits: [monday, tuesday], ...over },
});
const inStream = (event: VisitEvent): SpecEvent => ({
  ...event,
  stream: `visitWeek-${packageId}-${week}`,
});
const leg = (on: string, number: number, minutes: number) => ({
  ...{ visit: `${on}.1.1`, leg: number, carerId: 'C1', method: 'app' as const },
  inAt: `${on}T08:00:00.000Z`,
  outAt: `${on}T08:${String(minutes).padStart(2, '0')}:00.000Z`,
});
const attended = inStream({
  type: 'VisitsRecorded',
  data: { ...inWeek, providerId, legs: [leg('2026-03-09', 1, 44), leg('2026-03-09', 2, 40)] },
});
const excused = inStream({
  type: 'VisitExcused',
  data: { ...inWeek, visit: tuesday.visit, reason: 'hospital', excusedBy: 'broker' },
});
const withdrawn = inStream({
  type: 'VisitsReplanned',
  data: {
    ...{ ...inWeek, ...holder, added: [], changed: [], withdrawn: [tuesday.visit] },
    because: 'package-ended',
  },
});
const voided = inStream({
  type: 'VisitCorrected',
  data: {
    ...{ ...inWeek, ...leg('2026-03-09', 2, 40), correctionId: 'k1', voided: true },
    ...{ reason: 'sealed', correctedBy: 'a', approvedBy: 'b' },
  },
});

const contractEvents = (endsBefore: string | null, pencePerHour = 2_087): SpecEvent[] => [
  {
    type: 'ProviderRegistered',
    data: { providerId, legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] },
  },
  {
    type: 'FrameworkEstablished',
    data: {
      ...{ frameworkId: 'f1', name: 'F', startsOn: '2017-10-09' },
      ...{ endsBefore: endsBefore ?? '2030-01-01', lots: [{ lot: 'lot-1', name: 'Lot 1' }] },
    },
  },
  {
    type: 'ContractOpened',
    data: {
      ...{ contractId, providerId, type: 'framework', frameworkId: 'f1', patches: [] },
      ...{ startsOn: '2017-10-09', endsBefore: null },
    },
  },
  {
    type: 'ContractAdmitted',
    data: {
      ...{ contractId, providerId, frameworkId: 'f1', openingId: 'o1' },
      ...{ lots: ['lot-1'], admittedOn: '2017-10-09' },
    },
  },
  {
    type: 'RateCardSet',
    data: {
      ...{ contractId, providerId, effectiveOn: '2025-10-13' },
      rates: [
        { dayKind: 'weekday-day', pencePerHour },
        { dayKind: 'night', pencePerHour: 9_999 },
      ],
    },
  },
];

function figures(
  events: readonly SpecEvent[],
  wanted: FiguresWanted = { week, from: '2026-03-01', to: '2026-03-14' },
  contracts = contractEvents(null),
) {
  const projector = {
    'council-figures': givenEvents(councilFigures).given(...events),
    'contract-register': givenEvents(contractRegister).given(...contracts),
  };
  return new CouncilFiguresReads(projectorOver(projector).projector).figures(broker, wanted, today);
}

describe('The council’s figures', () => {
  it('count people, visits and carer minutes of a week as planned (S2-1)', () => {
    expect(figures([takenOn(), weekPlanned()]).planned).toEqual({
      ...{ people: 1, visits: 2, visitMinutes: 90, carerMinutes: 135, carerHours: '2.25' },
    });
  });

  it('count a person with two packages once (S2-1)', () => {
    const other = { packageId: 'p2', visits: [visit('2026-03-11')] };
    const second = { ...weekPlanned(other), stream: `visitWeek-p2-${week}` };
    const { planned } = figures([takenOn(), takenOn({ packageId: 'p2' }), weekPlanned(), second]);
    expect([planned.people, planned.visits]).toEqual([1, 3]);
  });

  it('leave in-house care out (S2-1)', () => {
    const { planned } = figures([takenOn(), weekPlanned({ contractType: 'in-house' })]);
    expect([planned.people, planned.visits]).toEqual([0, 0]);
  });

  it('keep an excused visit planned and drop a withdrawn one (S2-1, S2-14)', () => {
    expect(figures([takenOn(), weekPlanned(), excused]).planned.visits).toBe(2);
    expect(figures([takenOn(), weekPlanned(), withdrawn]).planned.visits).toBe(1);
  });

  it('show what was delivered beside what was planned, by logged minutes (S2-1)', () => {
    const delivered = { people: 1, visits: 1, carerMinutes: 84, carerHours: '1.40' };
    expect(figures([takenOn(), weekPlanned(), attended]).delivered).toEqual(delivered);
    expect(figures([takenOn(), weekPlanned(), attended, voided]).delivered.carerMinutes).toBe(44);
  });

  it('count in the week asked for alone (S2-1)', () => {
    const asked = { week: '2026-W12', from: '2026-03-01', to: '2026-03-14' };
    expect(figures([takenOn(), weekPlanned()], asked).planned.visits).toBe(0);
  });

  it('state hours a week awarded in a period by its weeks of seven days (S1-1)', () => {
    const { awarded: stated, days } = figures([referred(), awarded()]);
    expect(days).toBe(14);
    expect(stated).toMatchObject({ packages: 1, weeklyMinutes: 780, hoursPerWeek: '6.50' });
  });

  it('count an award on the last day of the period and none after it (S1-1)', () => {
    const until = (to: string) =>
      figures([referred(), awarded()], { week, from: '2026-03-01', to }).awarded.packages;
    expect([until('2026-03-03'), until('2026-03-02')]).toEqual([1, 0]);
  });

  it('count an award on the first day of the period and none before it (S1-1)', () => {
    const since = (from: string) =>
      figures([referred(), awarded()], { week, from, to: '2026-03-14' }).awarded.packages;
    expect([since('2026-03-03'), since('2026-03-04')]).toEqual([1, 0]);
  });

  it('count no award that fell through, and none to an in-house team (S1-1)', () => {
    expect(figures([referred(), awarded(), fellThrough()]).awarded.packages).toBe(0);
    const inHouse = awarded({ contractType: 'in-house' });
    expect(figures([referred(), inHouse]).awarded.packages).toBe(0);
  });

  it('count a package that was awarded again once, in the period of each award (S1-1)', () => {
    const again = { offerId: 'o2', weeklyMinutes: 600, awardedAt: '2026-04-10T09:00:00.000Z' };
    const events = [referred(), awarded(), awarded(again)];
    const period = (from: string, to: string) => figures(events, { week, from, to }).awarded;
    expect(period('2026-03-01', '2026-03-31')).toMatchObject({ packages: 1, weeklyMinutes: 780 });
    expect(period('2026-03-01', '2026-04-30')).toMatchObject({ packages: 1, weeklyMinutes: 600 });
  });

  it('never count a package that was taken on as an award (X30)', () => {
    expect(figures([takenOn()]).awarded).toEqual({
      ...{ packages: 0, people: 0, weeklyMinutes: 0, hoursPerWeek: '0.00' },
    });
  });

  it('average over people with the latest plan of a person awarded twice (S1-2)', () => {
    const again = awarded({
      ...{ packageId: 'p2', weeklyMinutes: 600, awardedAt: '2026-03-10T09:00:00.000Z' },
    });
    const { awarded: stated } = figures([
      ...[referred(), awarded(), referred({ packageId: 'p2' }), again],
    ]);
    expect(stated).toMatchObject({ packages: 2, people: 1, hoursPerPerson: '10.0' });
    expect(stated.hoursPerPackage).toBe('11.5');
  });

  it('give no average of no award (S1-2)', () => {
    expect(figures([referred()]).awarded).not.toHaveProperty('hoursPerPerson');
  });

  it('state the share of people at full cost among the week’s people (S3-3)', () => {
    const fullCost = takenOn({ needs: { ...needs, fundingStatus: 'full-cost' } });
    const paying = { people: 1, ofPeople: 1, percent: '100.0' };
    expect(figures([fullCost, weekPlanned()]).fullCost).toEqual(paying);
    const none = { people: 0, ofPeople: 1, percent: '0.0' };
    expect(figures([takenOn(), weekPlanned()]).fullCost).toEqual(none);
  });

  it('report standard weekday daytime rates alone, weighted by weekly hours (S1-14, S2-15)', () => {
    expect(figures([takenOn()]).rates).toEqual({
      ...{ on: '2026-03-15', contracts: 1, averageWeightedBy: 'weekly hours of live packages' },
      ...{ lowestPencePerHour: 2_087, highestPencePerHour: 2_087, averagePencePerHour: 2_087 },
    });
  });

  it('report no rate of a contract that is over on the date (S1-14)', () => {
    const wanted = { week, from: '2026-03-01', to: '2026-03-14' };
    const onLastDay = figures([takenOn()], wanted, contractEvents('2026-03-16'));
    const over = figures([takenOn()], wanted, contractEvents('2026-03-15'));
    expect([onLastDay.rates.contracts, over.rates.contracts]).toEqual([1, 0]);
  });

  it('flag live packages whose contract is past its end, and never stop them (S1-7)', () => {
    const wanted = { week, from: '2026-03-01', to: '2026-03-14' };
    const flagged = (endsBefore: string, ...events: SpecEvent[]) =>
      figures(events, wanted, contractEvents(endsBefore)).packagesNeedingTransition;
    expect(flagged('2026-03-20', takenOn())).toBe(1);
    expect(flagged('2026-03-21', takenOn())).toBe(0);
    expect(flagged('2026-03-20', takenOn(), ended('2026-03-20'))).toBe(0);
    expect(flagged('2026-03-20', takenOn(), directPayment('2026-03-20'))).toBe(0);
  });

  it('are asked by default for the last complete week and the twelve months that end today', () => {
    expect(periodOf({}, '2026-03-22')).toEqual({
      ...{ week: '2026-W11', from: '2025-03-23', to: '2026-03-22' },
    });
    expect(periodOf({}, '2026-03-23').week).toBe('2026-W12');
  });

  it('are nothing that a provider may see', () => {
    const spec = givenEvents(councilFigures).given(takenOn(), weekPlanned());
    expect(spec.rowSeenBy(providerUser, 'care', packageId)).toBeUndefined();
    expect(spec.reader.figures.counter(providerUser, `week/${week}`)).toEqual({});
  });

  it('equal a recount of all rows', () => {
    givenEvents(councilFigures)
      .given(takenOn(), weekPlanned(), attended, voided, withdrawn, excused)
      .recountAgrees();
  });
});

describe('A decimal', () => {
  it.each([
    [1_540_320 * 7, 60 * 365, 2, '492.34'],
    [5, 1_000, 2, '0.01'],
    [4_999, 1_000_000, 2, '0.00'],
    [12, 1, 1, '12.0'],
    [5, 2, 0, '3'],
  ])('%d / %d with %d places is %s', (numerator, denominator, places, text) => {
    expect(decimal(numerator, denominator, places)).toBe(text);
  });
});
