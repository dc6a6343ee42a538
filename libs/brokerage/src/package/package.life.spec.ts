import fc from 'fast-check';
import { addDays, type CivilDate } from '#kernel/time.js';
import { coverOn } from './package.cover.rules.js';
import { acorn } from './package.fixtures.js';
import { happenings, LivedPackage, type Happening } from './package.life.fixtures.js';
import type { PackageEvent } from './package.events.js';

type Kind = 'provider' | 'suspension' | 'gap';
interface Interval {
  readonly kind: Kind;
  readonly id: string;
  readonly from: CivilDate;
  to: CivilDate;
}
const never = '9999-12-31';

/** The days as the events tell them, worked out without the decider: one list of intervals. */
function intervalsOf(events: readonly PackageEvent[]): Interval[] {
  const intervals: Interval[] = [];
  const cutAt = (on: CivilDate) => {
    for (const interval of intervals) if (interval.to > on) interval.to = on;
  };
  const from = (on: CivilDate, kind: Kind, id: string) => {
    cutAt(on);
    intervals.push({ kind, id, from: on, to: never });
  };
  let end: CivilDate = never;
  for (const { type, data } of events) {
    if (type === 'PackageTakenOn') from(data.startedOn, 'provider', data.providerId);
    if (type === 'PackageStarted' && data.startedOn < end) {
      from(data.startedOn, 'provider', data.providerId);
      cutAt(end);
    }
    if (type === 'PackageSuspended') from(data.fromOn, 'suspension', data.suspensionId);
    if (type === 'PackageRestarted') from(data.restartOn, 'provider', data.providerId);
    if (type === 'RestartDeclined') from(data.restartOn, 'provider', data.providerId);
    if (type === 'InterimCoverRecorded' && data.holder) {
      const { providerId } = data.holder;
      const [gap] = intervals.filter((one) => one.from <= data.fromOn && data.fromOn < one.to);
      expect(gap?.kind).toBe('gap');
      intervals.push({ kind: 'provider', id: providerId, from: data.fromOn, to: gap?.to ?? never });
      if (gap) gap.to = data.fromOn;
    }
    if (type === 'PackageEnded') cutAt((end = data.endsBefore));
    if (type === 'DirectPaymentTaken') cutAt((end = data.fromOn));
    if (type === 'GapOpened') {
      if (data.reason === 'returned-without-provider') from(data.fromOn, 'gap', data.gapId);
      else {
        let until = data.fromOn;
        for (let left = providerOn(intervals, until); left; left = providerOn(intervals, until)) {
          const { to } = left;
          left.to = until;
          until = to;
        }
        expect(until > data.fromOn).toBe(true);
        intervals.push({ kind: 'gap', id: data.gapId, from: data.fromOn, to: until });
      }
    }
  }
  return intervals;
}

const providerOn = (intervals: readonly Interval[], on: CivilDate) =>
  intervals.find(({ kind, from, to }) => kind === 'provider' && from <= on && on < to);

/** Each day's alarms, from the events that open and close them alone. */
function alarmsOn(events: readonly PackageEvent[], on: CivilDate) {
  const open = new Map<string, { owner: string; reason: string }>();
  for (const { type, data } of events) {
    if (type === 'GapOpened' && data.fromOn <= on) open.set(data.gapId, data);
  }
  for (const { type, data } of events) {
    if (type === 'GapClosed' && data.closedOn <= on) open.delete(data.gapId);
  }
  return [...open.values()];
}

function startAndEnd(events: readonly PackageEvent[]): [CivilDate, CivilDate] {
  let [start, end] = [never, never];
  for (const { type, data } of events) {
    if (type === 'PackageTakenOn') start = data.startedOn;
    if (type === 'PackageEnded') end = data.endsBefore;
    if (type === 'DirectPaymentTaken') end = data.fromOn;
  }
  return [start, end];
}

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...happenings),
  passes: fc.integer({ min: 0, max: 9 }),
  distance: fc.integer({ min: -12, max: 20 }),
  provider: fc.integer({ min: 0, max: 2 }),
});
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

describe('Each day of a live package', () => {
  it(`has exactly one of a provider, a suspension and an open gap with its owner, whatever happens (seed ${seed}) (S4-14)`, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), (history) => {
        const lived = new LivedPackage();
        for (const each of history) lived.happen(each);
        lived.pass(3);
        for (const { type } of lived.events) seen.add(type);
        const { events, state, today } = lived;
        const intervals = intervalsOf(events);
        const [start, end] = startAndEnd(events);
        const [first, last] = [addDays('2026-03-02', -25), addDays(today, 30)];
        const wrong: unknown[] = [];
        for (let on = start > first ? start : first; on < end && on < last; on = addDays(on, 1)) {
          const holding = intervals.filter(({ from, to }) => from <= on && on < to);
          const [told] = holding;
          const cover = coverOn(state.service, on);
          const alarms = alarmsOn(events, on);
          const right =
            holding.length === 1 &&
            cover?.kind === told?.kind &&
            (cover?.kind !== 'provider' || cover.providerId === told?.id) &&
            alarms.length === (cover?.kind === 'gap' ? 1 : 0) &&
            alarms.every(({ owner, reason }) => owner && reason);
          if (!right) wrong.push({ on, holding, cover, alarms });
        }
        expect(wrong).toEqual([]);
      }),
      { seed, numRuns: 5_000 },
    );
    const wanted = ['PackageSuspended', 'PackageRestarted', 'RestartDeclined', 'PackageHandedBack'];
    for (const type of [...wanted, 'GapOpened', 'GapClosed', 'AwardReversed', 'PackageStarted']) {
      expect(seen).toContain(type);
    }
  });

  it(`has no provider that left before it, once its notice is over (seed ${seed}) (S4-14)`, () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), (history) => {
        const lived = new LivedPackage();
        for (const each of history) lived.happen(each);
        const { handback, cover } = lived.state.service;
        if (!handback || handback.effectiveOn > lived.today) return;
        const after = cover.filter(({ fromOn, value }) => fromOn >= handback.effectiveOn && value);
        expect(after.map(({ value }) => value?.kind)).not.toContain('provider');
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('has the old provider until the day before the first visit of the new one (S4-14)', () => {
    const lived = new LivedPackage();
    const happen = (what: Happening['what'], passes: number, distance: number) => {
      lived.happen({ what, passes, distance, provider: 1 });
    };
    happen('hand-back', 0, 20);
    happen('award', 1, 9);
    happen('first-visit', 12, -2);
    const { service } = lived.state;
    expect(coverOn(service, '2026-03-12')).toMatchObject({ kind: 'provider', providerId: acorn });
    expect(coverOn(service, '2026-03-13')).toMatchObject({ kind: 'provider' });
    expect(coverOn(service, '2026-03-13')).not.toMatchObject({ providerId: acorn });
  });
});

describe('A provider that fails before a pause that was agreed', () => {
  it('leaves a gap before the pause and another one after it (S4-14)', () => {
    const lived = new LivedPackage();
    const happen = (what: Happening['what'], distance: number) => {
      lived.happen({ what, passes: 0, distance, provider: 0 });
    };
    happen('suspend', 5);
    happen('offer-restart', 10);
    happen('accept', 0);
    happen('fail', 2);
    lived.pass(2);
    expect(lived.state.service.gaps).toMatchObject([
      { fromOn: '2026-03-04', closedOn: '2026-03-07' },
      { fromOn: '2026-03-12', closedOn: null },
    ]);
    expect(coverOn(lived.state.service, '2026-03-08')).toMatchObject({ kind: 'suspension' });
  });
});
