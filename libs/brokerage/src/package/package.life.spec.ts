import fc from 'fast-check';
import { addDays } from '#kernel/time.js';
import { alarmsOn, intervalsOf, startAndEnd } from './package.cover.fixtures.js';
import { coverOn } from './package.cover.rules.js';
import { acorn } from './package.fixtures.js';
import { happenings, LivedPackage, type Happening } from './package.life.fixtures.js';

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
