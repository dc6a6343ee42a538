import type { EventStore } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import { civilDateOf, type CivilDate, type Month } from '#kernel/time.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { registerCategories } from '../past/past-needs.js';
import type { PastMoment } from '../past/past-moments.js';
import { answeredAt } from '../past/past-reads.js';
import type { Projector } from '../read-side.js';
import { KpiRecounts } from './kpi-recount.queries.js';
import { kpi } from './kpi.projection.js';
import { KpiReads } from './kpi.queries.js';

/**
 * What was said of a month at a past moment: its weeks folded anew from the events known then, and
 * judged by the contracts and the policy of then.
 */
export function kpisAt<Answer>(
  source: { readonly projector: Projector; readonly log: EventStore },
  { position, now }: PastMoment,
  month: Month,
  answer: (reads: KpiReads, today: CivilDate) => Answer,
): Promise<Answer> {
  const { projector, log } = source;
  const needs = {
    projections: [kpi, contractRegister, councilPolicy],
    categories: [...registerCategories, 'councilPolicy'],
  };
  const today = civilDateOf(now);
  return answeredAt(source, needs, position, async (past) => {
    const recounts = new KpiRecounts(projector, log, past);
    const question = { month, today, knownUpTo: position };
    return answer(new KpiReads(past, await recounts.figures(systemActor, question)), today);
  });
}
