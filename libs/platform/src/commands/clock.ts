import type { Instant } from '#kernel/time.js';

/** The only source of "now" outside tests; a simulation replaces it. */
export interface Clock {
  readonly simulated: boolean;
  now(): Instant;
}

export const systemClock: Clock = {
  simulated: false,
  now: () => new Date().toISOString(),
};

/** A clock that a simulation moves forward; it never goes back. */
export class SimulatedClock implements Clock {
  readonly simulated = true;

  constructor(private at: Instant) {}

  now(): Instant {
    return this.at;
  }

  advanceTo(at: Instant): void {
    if (at < this.at)
      throw new RangeError(`the simulated clock is at ${this.at}, later than ${at}`);
    this.at = at;
  }
}

/** The clock that the service runs on: the system's, or a simulation's while one is under way. */
export class ServiceClock implements Clock {
  private source: Clock = systemClock;

  get simulated(): boolean {
    return this.source.simulated;
  }

  now(): Instant {
    return this.source.now();
  }

  simulate(clock: SimulatedClock): void {
    this.source = clock;
  }

  resume(): void {
    this.source = systemClock;
  }
}

/** Injection token of the `Clock` that the service runs on. */
export const CLOCK = Symbol('Clock');
