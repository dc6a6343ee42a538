import type { Leg, VisitEvent } from '#brokerage/visit/visit.events.js';
import { broker, otherProviderUser, providerId, providerUser } from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { visitExceptions } from './visit-exceptions.projection.js';
import { VisitExceptionReads } from './visit-exceptions.queries.js';

const home = '01900000-0000-7000-8000-00000000000a';
const elsewhere = '01900000-0000-7000-8000-00000000000b';
const visit = '2026-03-09.1.1';
const log = (inAt: string, outAt: string | null, more: Partial<Leg> = {}): Leg => ({
  ...{ visit, leg: 1, carerId: 'C-1', method: 'app' },
  ...{ inAt: `2026-03-09T${inAt}:00.000Z`, outAt: outAt && `2026-03-09T${outAt}:00.000Z` },
  ...more,
});
const recorded = (packageId: string, ...legs: readonly Leg[]): VisitEvent => ({
  type: 'VisitsRecorded',
  data: { packageId, personId: `person of ${packageId}`, week: '2026-W11', providerId, legs },
});
const corrected = (packageId: string, was: Leg, now: Leg, voided = false): VisitEvent => ({
  type: 'VisitCorrected',
  data: {
    ...{ packageId, personId: `person of ${packageId}`, week: '2026-W11', voided },
    ...{ visit: now.visit, leg: now.leg, carerId: now.carerId, inAt: now.inAt, outAt: now.outAt },
    ...(now.manualReason && { manualReason: now.manualReason }),
    ...{ correctionId: 'k', reason: 'sealed', correctedBy: 'p' },
    was: { carerId: was.carerId, inAt: was.inAt, outAt: was.outAt, providerId },
  },
});

const given = (...events: readonly SpecEvent[]) => givenEvents(visitExceptions).given(...events);
const listed = (...events: readonly SpecEvent[]) => {
  const { projector } = projectorOver({ 'visit-exceptions': given(...events) });
  const page = new VisitExceptionReads(projector).exceptions(broker, {}, { first: 20 });
  return page.edges.map(({ node }) => node);
};
const reasons = (...events: readonly SpecEvent[]) => listed(...events).map(({ reason }) => reason);

describe('An exception', () => {
  it('is a carer in two homes at once, not one whom no file names (X12)', () => {
    const both = (carerId: string) =>
      reasons(
        recorded(home, log('08:00', '08:30', { carerId })),
        recorded(elsewhere, log('08:10', '08:40', { carerId })),
      );
    expect(both('C-1')).toEqual(['two-homes-at-once', 'two-homes-at-once']);
    expect(both('unknown')).toEqual([]);
  });

  it('is a log without its end, of under a minute, or by hand without a reason (X12)', () => {
    expect(reasons(recorded(home, log('08:00', null)))).toEqual(['no-log-out']);
    expect(reasons(recorded(home, log('08:00', '08:00')))).toEqual(['under-one-minute']);
    const byHand = log('08:00', '08:30', { method: 'manual' });
    expect(reasons(recorded(home, byHand))).toEqual(['manual-without-reason']);
    expect(reasons(recorded(home, { ...byHand, manualReason: 'no-signal' }))).toEqual([]);
    expect(reasons(recorded(home, log('08:00', '08:30')))).toEqual([]);
  });

  it('is none while a leg may be under way: until so many minutes after its log-in (X12)', () => {
    const events = given(
      recorded(home, log('08:00', null)),
      recorded(elsewhere, log('07:00', '07:00')),
    );
    const { projector } = projectorOver({ 'visit-exceptions': events });
    const since = (openSince: string) =>
      new VisitExceptionReads(projector)
        .exceptions(broker, {}, { first: 20 }, openSince)
        .edges.map(({ node }) => node.reason);
    expect(since('2026-03-09T07:59:59.999Z')).toEqual(['under-one-minute']);
    expect(since('2026-03-09T08:00:00.000Z')).toEqual(['under-one-minute', 'no-log-out']);
  });

  it('is its provider’s to correct, and is cleared by the correction (X12)', () => {
    const open = log('08:00', null);
    expect(listed(recorded(home, open))).toMatchObject([{ owner: 'provider', carerRef: 'C-1' }]);
    const fixed = corrected(home, open, log('08:00', '08:30'));
    expect(reasons(recorded(home, open), fixed)).toEqual([]);
    const voided = corrected(home, open, open, true);
    expect(reasons(recorded(home, open), voided)).toEqual([]);
    const short = corrected(home, open, log('08:00', '08:00'));
    expect(reasons(recorded(home, open), short)).toEqual(['under-one-minute']);
  });

  it('by hand is cleared by a reason alone, not by other times (X12)', () => {
    const byHand = log('08:00', '08:30', { method: 'manual' });
    const later = { ...byHand, inAt: '2026-03-09T08:05:00.000Z' };
    expect(reasons(recorded(home, byHand), corrected(home, byHand, later))).toEqual([
      'manual-without-reason',
    ]);
    const said = corrected(home, byHand, { ...later, manualReason: 'no-signal' });
    expect(reasons(recorded(home, byHand), said)).toEqual([]);
  });

  it('is a report of a miss that a log contradicts, which the council clears up (S2-12)', () => {
    const contradicted: VisitEvent = {
      type: 'VisitReportContradicted',
      data: {
        ...{ packageId: home, personId: 'p', week: '2026-W11', visit, providerId, leg: 1 },
        ...{ carerId: 'C-1', loggedInAt: '2026-03-09T08:00:00.000Z' },
        contradictedAt: '2026-03-09T12:00:00.000Z',
      },
    };
    expect(listed(contradicted)).toMatchObject([
      { reason: 'reported-missed-but-logged', owner: 'quality-desk' },
    ]);
  });

  it('is seen by the council and its own provider', () => {
    const key = `${home}.${visit}.1.no-log-out`;
    const folded = given(recorded(home, log('08:00', null)));
    expect(folded.rowSeenBy(providerUser, 'exceptions', key)).toBeDefined();
    expect(folded.rowSeenBy(otherProviderUser, 'exceptions', key)).toBeUndefined();
  });
});

describe('A carer in two homes at once', () => {
  const first = recorded(home, log('08:00', '08:30'));

  it('is an exception of both visits (X12)', () => {
    expect(listed(first, recorded(elsewhere, log('08:29', '09:00')))).toMatchObject([
      {
        ...{ packageId: home, reason: 'two-homes-at-once', owner: 'quality-desk' },
        overlaps: [`${elsewhere}.${visit}`],
      },
      { packageId: elsewhere, overlaps: [`${home}.${visit}`] },
    ]);
  });

  it('is none who leaves as the next visit begins (X12)', () => {
    expect(listed(first, recorded(elsewhere, log('08:30', '09:00')))).toEqual([]);
  });

  it('is found whichever log came first, and over midnight (X12)', () => {
    const night = log('23:30', '23:59', {
      inAt: '2026-03-08T23:30:00.000Z',
      outAt: '2026-03-09T00:30:00.000Z',
    });
    const after = recorded(elsewhere, log('00:10', '00:40'));
    expect(listed(recorded(home, night), after)).toHaveLength(2);
    expect(listed(after, recorded(home, night))).toHaveLength(2);
  });

  it('is none of two carers, of one home, or of two providers (X12)', () => {
    const other = recorded(elsewhere, log('08:00', '08:30', { carerId: 'C-2' }));
    expect(listed(first, other)).toEqual([]);
    expect(listed(first, recorded(home, log('08:10', '08:40', { leg: 2 })))).toEqual([]);
    const elsewhereToo = recorded(elsewhere, log('08:00', '08:30'));
    const data = { ...(elsewhereToo.data as object), providerId: 'another' };
    expect(listed(first, { ...elsewhereToo, data })).toEqual([]);
  });

  it('is cleared of both visits when one log is corrected (X12)', () => {
    const wrong = log('08:29', '09:00');
    const right = log('08:30', '09:00');
    const both = [first, recorded(elsewhere, wrong)];
    expect(listed(...both, corrected(elsewhere, wrong, right))).toEqual([]);
    expect(listed(...both, corrected(elsewhere, wrong, wrong, true))).toEqual([]);
    const still = corrected(elsewhere, wrong, log('08:20', '09:00'));
    expect(listed(...both, still)).toHaveLength(2);
  });
});

describe('A hard need of the person', () => {
  const plan = (needs: object) => ({
    type: 'WeekPlanned' as const,
    data: {
      ...{ packageId: home, personId: 'p', week: '2026-W11', providerId },
      ...{ contractId: 'c', contractType: 'framework', patch: 'north' },
      visits: [
        {
          ...{ visit, on: '2026-03-09', agreedStart: '08:00', minutes: 30, carers: 1 },
          ...{ startsAt: '2026-03-09T08:00:00.000Z', critical: false, ...needs },
        },
      ],
    },
  });
  const register = (gender?: 'female' | 'male') => ({
    type: 'CarersRegistered' as const,
    data: {
      providerId,
      carers: [{ carerRef: 'C-1', activeFrom: '2026-01-01', ...(gender && { gender }) }],
    },
  });
  const checks = (...events: readonly SpecEvent[]) => {
    const { projector } = projectorOver({ 'visit-exceptions': given(...events) });
    return new VisitExceptionReads(projector)
      .genderChecks(broker, `${home}.${visit}`)
      .map(({ outcome }) => outcome);
  };
  const late = { latestStart: '09:00' };
  const female = { carerGender: 'female' };

  it('for a time is broken by a log-in in a later minute than the latest (X2)', () => {
    const at = (inAt: string) => log('08:00', '10:00', { inAt: `2026-03-09T${inAt}.000Z` });
    expect(reasons(plan(late), recorded(home, at('09:00:59')))).toEqual([]);
    expect(listed(plan(late), recorded(home, at('09:01:00')))).toMatchObject([
      { reason: 'too-late-an-hour', owner: 'quality-desk' },
    ]);
    expect(reasons(plan({}), recorded(home, at('09:01:00')))).toEqual([]);
  });

  it('for a time gives way to a later time agreed for the visit (X2)', () => {
    const agreed = plan({ ...late, agreedStart: '09:30' });
    expect(reasons(agreed, recorded(home, log('09:30', '10:00')))).toEqual([]);
    expect(reasons(agreed, recorded(home, log('09:31', '10:00')))).toEqual(['too-late-an-hour']);
  });

  it('for carers of one gender is broken by another, as the register has it (X2)', () => {
    const came = recorded(home, log('08:00', '08:30'));
    expect(reasons(plan(female), register('male'), came)).toEqual(['carer-of-another-gender']);
    expect(reasons(plan(female), register('female'), came)).toEqual([]);
    expect(checks(plan(female), register('female'), came)).toEqual(['kept']);
  });

  it('cannot be checked while the register holds no gender, and is when it does (X2)', () => {
    const came = recorded(home, log('08:00', '08:30'));
    expect(reasons(plan(female), register(), came)).toEqual([]);
    expect(checks(plan(female), register(), came)).toEqual(['not-checkable']);
    const told = [plan(female), came, register('male')] as const;
    expect(checks(...told)).toEqual(['broken']);
    expect(reasons(...told)).toEqual(['carer-of-another-gender']);
    expect(reasons(...told, register('female'))).toEqual([]);
  });

  it('is compared anew when the log is corrected (X2)', () => {
    const wrong = log('09:30', '10:00');
    const right = log('08:30', '09:00');
    const found = [plan(late), recorded(home, wrong)] as const;
    expect(reasons(...found)).toEqual(['too-late-an-hour']);
    expect(reasons(...found, corrected(home, wrong, right))).toEqual([]);
  });
});

describe('What people do about an exception', () => {
  const open = recorded(home, log('08:00', null));
  const exceptionId = `${home}.${visit}.1.no-log-out`;
  const of = { exceptionId, packageId: home, providerId };
  const taken = {
    type: 'VisitExceptionTaken' as const,
    data: { ...of, takenBy: 'quality-1', takenAt: '2026-03-10T09:00:00.000Z' },
  };
  const closed = {
    type: 'VisitExceptionClosed' as const,
    data: {
      ...{ ...of, outcome: 'explained', closedBy: 'quality-1' },
      closedAt: '2026-03-10T10:00:00.000Z',
    },
  };

  it('stands beside it; closed ones are listed where they are asked for (X12)', () => {
    expect(listed(open, taken)).toMatchObject([{ exceptionId, takenBy: 'quality-1' }]);
    expect(listed(open, taken, closed)).toEqual([]);
    const { projector } = projectorOver({ 'visit-exceptions': given(open, closed) });
    const all = new VisitExceptionReads(projector);
    expect(all.exceptions(broker, { closed: true }, { first: 5 }).edges).toHaveLength(1);
  });
});
