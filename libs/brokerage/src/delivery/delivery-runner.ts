import type { EventStore } from '#eventstore/event-store.js';
import { LeaseLost } from '#eventstore/lease.js';
import { Rejection } from '#kernel/rejection.js';
import { instantMs } from '#kernel/time.js';
import { pause } from '#platform/jobs/child-sender.js';
import { StreamWorks } from '#platform/jobs/stream-works.js';
import { DeliveryAttempts, type DeliveryAttemptsOptions } from './delivery-attempts.js';
import { deliveryDecider } from './delivery.decider.js';
import type { DeliveryEvent } from './delivery.events.js';
import { isOver, type DeliveryState } from './delivery.rules.js';
import { deliverySlice, deliveryStream } from './delivery.slice.js';

export interface DeliveryRunnerOptions extends DeliveryAttemptsOptions {
  readonly store: EventStore;
}

const atOnce = 8;
/** A wait for the next attempt looks at the clock this often: simulated time may jump. */
const lookAgainMs = 5_000;

/** Sends what is prepared, a few at a time, until each delivery is over. */
export class DeliveryRunner {
  private readonly works: StreamWorks;
  private readonly attempts: DeliveryAttempts;
  private sending = 0;
  private readonly turns: (() => void)[] = [];

  constructor(private readonly options: DeliveryRunnerOptions) {
    this.works = new StreamWorks({
      ...{ store: options.store, checkpointName: 'deliveries/runner' },
      category: deliverySlice.category,
      types: ['DeliveryPrepared', 'DeliveryReopened'] satisfies DeliveryEvent['type'][],
      carryOut: (deliveryId, signal) => this.carryOut(deliveryId, signal),
    });
    this.attempts = new DeliveryAttempts(options, this.works.stopped);
  }

  /** Takes up what is not over, and what is prepared from now on. */
  begin(): void {
    this.works.begin();
  }

  /** Resolves once everything that was prepared up to now is over. */
  idle(): Promise<void> {
    return this.works.idle();
  }

  /** Stops after the mail that is leaving; the rest goes on at the next start. */
  async close(): Promise<void> {
    const closed = this.works.close();
    for (const turn of this.turns.splice(0)) turn();
    await closed;
  }

  private async carryOut(deliveryId: string, signal: AbortSignal): Promise<void> {
    const { commands } = this.options;
    while (!signal.aborted) {
      try {
        const { state } = await commands.reader.folded(deliveryDecider, deliveryStream(deliveryId));
        if (!state.prepared || isOver(state)) return;
        const early = this.earlyMs(state);
        if (early > 0) await pause(Math.min(early, lookAgainMs), signal);
        else await this.inTurn(() => this.attempts.next(state), signal);
      } catch (error) {
        if (error instanceof LeaseLost) this.works.halt();
        if (signal.aborted) return;
        // Refused: another worker has begun it, and the next look shows how far that one is.
        await pause(error instanceof Rejection ? lookAgainMs : 1_000, signal);
      }
    }
  }

  private earlyMs({ status, retryAt }: DeliveryState): number {
    if (status !== 'waiting' || retryAt === null) return 0;
    return instantMs(retryAt) - instantMs(this.options.clock.now());
  }

  private async inTurn(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (this.sending >= atOnce) await new Promise<void>((resolve) => this.turns.push(resolve));
    else this.sending += 1;
    try {
      if (!signal.aborted) await work();
    } finally {
      const next = this.turns.shift();
      if (next) next();
      else this.sending -= 1;
    }
  }
}
