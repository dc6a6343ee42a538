import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { StoreNetwork } from '#eventstore/event-store.js';
import { registerAudit } from './audit-metrics.js';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';

const latencySeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5];

/** The figures at `/metrics`. Labels hold names from our own code only. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly commands = new Histogram({
    name: 'brokerage_command_seconds',
    help: 'Commands received over the API by name and outcome (accepted, or the code of the refusal).',
    labelNames: ['command', 'outcome'] as const,
    buckets: latencySeconds,
    registers: [this.registry],
  });

  private readonly requests = new Histogram({
    name: 'brokerage_http_request_seconds',
    help: 'Answered HTTP requests.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: latencySeconds,
    registers: [this.registry],
  });

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    collectDefaultMetrics({ register: this.registry });
    this.registerAppends(runtime);
    this.registerProjections(runtime);
    this.registerNetwork(runtime);
    registerAudit(this.registry, runtime);
  }

  commandFinished(command: string, outcome: string, seconds: number): void {
    this.commands.observe({ command, outcome }, seconds);
  }

  requestFinished(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  private registerAppends(runtime: Runtime): void {
    new Counter({
      name: 'brokerage_appended_events_total',
      help: 'Events appended by this process.',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(runtime.appendedEvents());
      },
    });
    new Gauge({
      name: 'brokerage_store_writable',
      help: '1 while the store accepts events.',
      registers: [this.registry],
      collect() {
        this.set(runtime.storeHealth().writable ? 1 : 0);
      },
    });
  }

  private registerProjections(runtime: Runtime): void {
    const options = { labelNames: ['projection'] as const, registers: [this.registry] };
    new Gauge({
      ...options,
      name: 'brokerage_projection_lag_events',
      help: 'Events in the log that the read model does not show yet.',
      collect() {
        for (const { name, lagEvents } of runtime.projections()) {
          this.set({ projection: name }, lagEvents);
        }
      },
    });
    new Gauge({
      ...options,
      name: 'brokerage_projection_stopped',
      help: '1 while an event stops the read model.',
      collect() {
        for (const { name, state } of runtime.projections()) {
          this.set({ projection: name }, state === 'stopped' ? 1 : 0);
        }
      },
    });
  }

  /** The way to a store on another machine; nothing where the store is here. */
  private registerNetwork(runtime: Runtime): void {
    const registers = [this.registry];
    const network = () => runtime.store.network?.();
    for (const [name, help, of] of networkCounters) {
      new Counter({
        ...{ name: `brokerage_store_${name}_total`, help, registers },
        collect() {
          this.reset();
          const counted = network();
          if (counted) this.inc(counted[of]);
        },
      });
    }
    new Gauge({
      name: 'brokerage_worker',
      help: '1 while policies, deadlines and jobs run in this process.',
      registers,
      collect() {
        this.set(runtime.isWorking ? 1 : 0);
      },
    });
    new Counter({
      name: 'brokerage_mail_attempts_total',
      help: 'Attempts of this process to send mail; possible-duplicate: the one before may have left too.',
      labelNames: ['outcome'],
      registers,
      collect() {
        this.reset();
        for (const [outcome, count] of runtime.mailAttempts ?? []) this.inc({ outcome }, count);
      },
    });
    new Gauge({
      name: 'brokerage_chain_sealed_events',
      help: 'Events whose hash the worker has written to the chain of EventStoreDB; 0 elsewhere.',
      registers,
      collect() {
        this.set(runtime.sealedEvents ?? 0);
      },
    });
  }
}

const networkCounters = [
  ['appends', 'Appends that EventStoreDB acknowledged.', 'appended'],
  ['append_seconds', 'Seconds that these took, repeats included.', 'appendSeconds'],
  ['appends_refused', 'Appends at a wrong revision.', 'refused'],
  ['appends_unknown', 'Tries without an answer; each was repeated exactly.', 'unknown'],
  ['appends_unavailable', 'Appends that were given up.', 'unavailable'],
  ['clients_replaced', 'Clients of EventStoreDB that were replaced.', 'replacements'],
  ['resubscriptions', 'Subscriptions that were begun again.', 'resubscriptions'],
] as const satisfies readonly (readonly [string, string, keyof StoreNetwork])[];
