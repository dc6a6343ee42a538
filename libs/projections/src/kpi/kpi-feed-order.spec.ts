import fc from 'fast-check';
import { systemActor } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';
import { after, interleaved } from '#brokerage/visit/visit.feed-order.fixtures.js';
import { pay } from '../pay/pay.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { kpi } from './kpi.projection.js';

const stream = 'visitWeek-of-the-feed';
const stored = (events: readonly Event[]): readonly SpecEvent[] =>
  events.map((event) => ({ ...event, stream }));

/** What KPIs and pay keep of a week, and what it adds to the figures. */
async function keptOf(events: readonly Event[]) {
  const { projector } = projectorOver({
    kpi: givenEvents(kpi).given(...stored(events)),
    pay: givenEvents(pay).given(...stored(events)),
  });
  const judged = projector.reader(kpi);
  return {
    judged: judged.select(systemActor, 'weeks', {}),
    figures: (await judged.figures.recount()).stored,
    paid: projector
      .reader(pay)
      .select(systemActor, 'weeks', {})
      .map(({ visits }) => visits),
  };
}

describe('The same logs of a feed', () => {
  it('in any order, twice and corrected give the same KPIs and the same pay (S1-15, S2-9, S2-16)', async () => {
    await fc.assert(
      fc.asyncProperty(interleaved, async ([one, other]) => {
        const kept = await keptOf(after(one).events);
        expect(kept.judged).toHaveLength(1);
        expect(kept).toEqual(await keptOf(after(other).events));
      }),
      { numRuns: 60 },
    );
  });
});
