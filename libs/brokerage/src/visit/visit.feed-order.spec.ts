import fc from 'fast-check';
import type { VisitEvent } from './visit.events.js';
import { after, interleaved } from './visit.feed-order.fixtures.js';
import type { WeekState } from './visit.state.rules.js';

/** What counts: who was where, from when to when. Which record said so may differ. */
const told = ({ visits, unallocated, feed }: WeekState) => ({
  legs: Object.values(visits).flatMap(({ legs }) =>
    legs
      .map(({ visit, leg, carerId, inAt, outAt, ref }) => ({
        visit,
        leg,
        carerId,
        inAt,
        outAt,
        ref,
      }))
      .toSorted((a, b) => a.leg - b.leg),
  ),
  unallocated: Object.entries(unallocated).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  feed,
});

describe('The same logs of a feed', () => {
  it('in any order, twice and in any requests give the same state (S1-15, X11)', () => {
    fc.assert(
      fc.property(interleaved, ([one, other]) => {
        expect(told(after(one).state)).toEqual(told(after(other).state));
      }),
      { numRuns: 400 },
    );
  });

  it('never wait for a second person unless a log was corrected (X11)', () => {
    const uncorrected = interleaved.map(([order]) =>
      order.map((batch) => batch.filter(({ sequence }) => sequence === undefined)),
    );
    fc.assert(
      fc.property(uncorrected, (order) => {
        const types = after(order.filter(({ length }) => length > 0)).events.map(
          ({ type }) => type,
        );
        expect(types).not.toContain('VisitCorrectionProposed');
      }),
      { numRuns: 200 },
    );
  });

  it('leave as many legs as attendances were logged in at (S1-15)', () => {
    fc.assert(
      fc.property(interleaved, ([order]) => {
        const { state, events } = after(order);
        const logins = new Set(
          order
            .flat()
            .flatMap(({ type, ref, leg }) => (type === 'log-in' ? [`${ref}/${leg}`] : [])),
        );
        const legs = Object.values(state.visits).flatMap((visit) => visit.legs);
        expect(legs.length + Object.keys(state.unallocated).length).toBe(logins.size);
        const recorded = (events as readonly VisitEvent[]).flatMap(({ type, data }) =>
          type === 'VisitsRecorded' ? data.legs : [],
        );
        expect(recorded).toHaveLength(legs.length);
      }),
      { numRuns: 100 },
    );
  });
});
