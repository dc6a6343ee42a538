import { isDeepStrictEqual } from 'node:util';
import { Rejection } from '#kernel/rejection.js';
import { civilDateOf } from '#kernel/time.js';
import type { EventStore } from '#eventstore/event-store.js';
import { momentOn } from '#demo/demo-calendar.js';
import type { DemoCommand } from '#demo/demo-command.js';
import { demoLoad, markYear } from '#demo/demo-load.js';
import { DemoCommandRefused } from '#demo/demo-player.js';
import type { YearPlan } from '#demo/ecm-year/year-plan.js';
import { yearSetUp } from '#demo/ecm-year/year-setup.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { ensure } from './demo.rules.js';
import type { RunningService } from './running-service.js';

const atOnce = 64;

/** Refuses what is no empty log and does not hold this council's own beginning. */
export async function ensureYearFits(
  { store, production, clock }: Pick<RunningService, 'store' | 'production' | 'clock'>,
  plan: YearPlan,
): Promise<void> {
  ensure(!production, 'DemoNotInProduction');
  ensure(plan.request.endsBefore <= civilDateOf(clock.now()), 'DemoDateOutOfRange');
  if ((await demoLoad(store)).state !== 'none')
    ensure(await holdsYear(store, plan), 'DemoAlreadyLoaded');
  else ensure((await store.head()) === 0, 'LogNotEmpty');
}

/** Whether this very council was begun in a log. */
async function holdsYear(store: EventStore, { request }: YearPlan): Promise<boolean> {
  const load = await demoLoad(store);
  if (load.state === 'none') return false;
  const { seed, asOfOn, year } = load.request as typeof load.request & { year?: object };
  const own = { seed, endsBefore: asOfOn, ...year };
  return year !== undefined && isDeepStrictEqual(own, { ...request });
}

/**
 * Sets up the council whose year of files `brokerage demo --ecm-year` writes: policy, framework,
 * providers, terms and packages, by the ordinary commands, until every week up to now is planned.
 * Begun again, it goes on.
 */
export async function setUpYearCouncil(
  service: Pick<RunningService, 'commands' | 'settle' | 'store'>,
  plan: YearPlan,
): Promise<void> {
  const { store } = service;
  if (!(await holdsYear(store, plan))) {
    await markYear({ store, at: momentOn(plan.from, '00:00') }, plan.request);
  }
  for (const step of yearSetUp(plan)) {
    await sideBySide(step, atOnce, (command) => sent(service, command));
  }
  await service.settle();
}

async function sent(
  { commands }: Pick<RunningService, 'commands'>,
  command: DemoCommand,
): Promise<void> {
  try {
    await commands.executeNamed(command.name, command.fields, { actor: command.actor });
  } catch (error) {
    throw error instanceof Rejection ? new DemoCommandRefused(command, error) : error;
  }
}
