import type { EventStore } from '#eventstore/event-store.js';
import { Rejection } from '#kernel/rejection.js';
import type { Instant } from '#kernel/time.js';
import { SimulatedClock, type ServiceClock } from '#platform/commands/clock.js';
import type { Commands } from '#platform/commands/commands.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { momentOn } from './demo-calendar.js';
import type { DemoCommand } from './demo-command.js';
import { demoLoad, markLoaded, markStarted } from './demo-load.js';
import { DemoMoments, type DemoMoment } from './demo-moments.js';
import type { DemoPlan } from './demo-plan.js';

/** What a demo council is played on: the running service, as far as the player needs it. */
export interface DemoStage {
  readonly store: EventStore;
  readonly commands: Pick<Commands, 'executeNamed'>;
  readonly clock: Pick<ServiceClock, 'simulate' | 'resume'>;
  /** Resolves when policies and deadlines have nothing left to do at the clock's time. */
  settle(): Promise<void>;
}

export interface DemoPlayed {
  /** Whole percent of the simulated work. */
  readonly percent: number;
  readonly visits: number;
  readonly commands: number;
  readonly simulatedAt: Instant;
}

/** A planned command was refused: the plan and the rules disagree. */
export class DemoCommandRefused extends Error {
  override readonly name = 'DemoCommandRefused';
  constructor({ name, at, fields }: DemoCommand, cause: Error) {
    super(`${name} at ${at} was refused: ${cause.message} ${JSON.stringify(fields)}`, { cause });
  }
}

const atOnce = 64;

/**
 * Plays a plan on a service under a simulated clock, moment by moment. What was interrupted goes on
 * where it stopped; a council that is loaded is left alone. The service's clock resumes only when
 * all is loaded: after an abort or an error it stays in the simulation.
 *
 * @throws RangeError when the log holds another council, half-loaded
 */
export async function playDemoCouncil(
  plan: DemoPlan,
  service: DemoStage,
  onProgress: (played: DemoPlayed) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { calendar, seed, asOfOn, scale } = plan;
  const load = await demoLoad(service.store);
  if (load.state === 'loaded') return;
  const begins = momentOn(calendar.setUpOn, '07:30');
  const clock = new SimulatedClock(load.state === 'loading' ? load.reachedAt : begins);
  service.clock.simulate(clock);
  if (load.state === 'loading') {
    const { request } = load;
    const same = request.seed === seed && request.asOfOn === asOfOn && request.scale === scale;
    if (!same) throw new RangeError('another demo council is half-loaded in this log');
  } else {
    await markStarted({ store: service.store, at: begins }, { seed, asOfOn, scale });
  }
  await playMoments(plan, service, { clock, onProgress, signal });
  await markLoaded({ store: service.store, at: calendar.endsAt });
  service.clock.resume();
}

export interface Playing {
  /** Moments that it has passed are taken as played. */
  readonly clock: SimulatedClock;
  readonly onProgress?: (played: DemoPlayed) => void;
  readonly signal?: AbortSignal;
}

/** Plays all moments from the clock's on. Commands that were played before take no effect again. */
export async function playMoments(
  plan: DemoPlan,
  service: DemoStage,
  { clock, onProgress, signal }: Playing,
): Promise<void> {
  const moments = new DemoMoments(plan);
  const work = moments.estimate;
  let [commands, visits] = [0, 0];
  for (const moment of moments) {
    signal?.throwIfAborted();
    commands += moment.commands.length;
    for (const command of moment.commands) visits += command.visits ?? 0;
    if (moment.at < clock.now()) continue;
    clock.advanceTo(moment.at);
    await playMoment(moment, service, signal);
    const percent = Math.min(99, Math.floor((100 * commands) / work));
    onProgress?.({ percent, visits, commands, simulatedAt: moment.at });
  }
  onProgress?.({ percent: 100, visits, commands, simulatedAt: clock.now() });
}

async function playMoment(
  { commands, settles }: DemoMoment,
  service: DemoStage,
  signal: AbortSignal | undefined,
): Promise<void> {
  await sideBySide(commands, atOnce, async (command) => {
    signal?.throwIfAborted();
    await playCommand(command, service);
  });
  if (settles) await service.settle();
}

async function playCommand(command: DemoCommand, { commands }: DemoStage): Promise<void> {
  const { name, fields, actor, mayBeRefused } = command;
  try {
    await commands.executeNamed(name, fields, { actor });
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    if (!mayBeRefused) throw new DemoCommandRefused(command, error);
  }
}
