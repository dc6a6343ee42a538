import type { CivilDate, Instant } from '#kernel/time.js';
import type { EventStore } from '#eventstore/event-store.js';
import { demoLoad } from '#demo/demo-load.js';
import { earliestAsOfOn } from '#demo/demo-calendar.js';
import { planDemoCouncil, type DemoRequest } from '#demo/demo-plan.js';
import type { Config } from '#platform/config/config.js';
import { ensure } from './demo.rules.js';

const usualSeed = 1;

export interface DemoToLoad {
  readonly request: DemoRequest;
  /** How far an interrupted simulation came; policies go on at that time, not today. */
  readonly reachedAt?: Instant;
}

/**
 * The demo council that a start is to load: a new one into an empty log where the configuration
 * wants it, or the rest of one that was interrupted. `undefined`: nothing is to be loaded.
 */
export async function demoToLoad(
  config: Config,
  store: EventStore,
  today: CivilDate,
): Promise<DemoToLoad | undefined> {
  const load = await demoLoad(store);
  if (load.state === 'loading') return load;
  const wanted = config.demo !== 'off' && load.state === 'none' && (await store.head()) === 0;
  if (!wanted) return undefined;
  const scale = config.demo === 'small' ? 'small' : 'full';
  return { request: { seed: usualSeed, asOfOn: today, scale } };
}

/**
 * Refuses a demo council that an operator asks for where none may be loaded, or that cannot be made.
 */
export async function ensureDemoFits(
  request: DemoRequest,
  config: Config,
  store: EventStore,
  today: CivilDate,
): Promise<void> {
  ensure(!config.production, 'DemoNotInProduction');
  ensure(!(await holdsDemo(store)), 'DemoAlreadyLoaded');
  ensure((await store.head()) === 0, 'LogNotEmpty');
  const { asOfOn } = request;
  const message = `A demo council stands on a day from ${earliestAsOfOn} to today.`;
  const known = asOfOn >= earliestAsOfOn && asOfOn <= today;
  ensure(known, 'DemoDateOutOfRange', { path: 'asOfOn', message });
  try {
    planDemoCouncil(request);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    ensure(false, 'DemoFiguresCannotBeMet', { path: 'seed' });
  }
}

/** Whether a log was filled with a demo council, wholly or in part; production refuses it. */
export const holdsDemo = async (store: EventStore): Promise<boolean> =>
  (await demoLoad(store)).state !== 'none';
