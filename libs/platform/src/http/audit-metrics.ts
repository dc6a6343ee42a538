import { Counter, Gauge, type Registry } from 'prom-client';
import { instantMs } from '#kernel/time.js';
import type { Runtime } from '../runtime/runtime.js';

/** What an operator watches of the signed checkpoints; nothing where none are signed. */
export function registerAudit(registry: Registry, runtime: Runtime): void {
  const registers = [registry];
  new Gauge({
    name: 'brokerage_audit_signed_events',
    help: 'Events that the newest signed checkpoint proves.',
    registers,
    collect() {
      this.set(runtime.audit?.last?.size ?? 0);
    },
  });
  new Gauge({
    name: 'brokerage_audit_signed_at_seconds',
    help: 'When the newest checkpoint was signed, in seconds since 1970; 0 while there is none.',
    registers,
    collect() {
      const { time } = runtime.audit?.last ?? {};
      this.set(time === undefined ? 0 : instantMs(time) / 1000);
    },
  });
  new Gauge({
    name: 'brokerage_audit_log_inconsistent',
    help: '1 while the log does not begin with what was signed: it was cut or rewritten.',
    registers,
    collect() {
      this.set(runtime.audit?.inconsistent ? 1 : 0);
    },
  });
  new Counter({
    name: 'brokerage_audit_failures_total',
    help: 'Checkpoints that could not be signed or posted, by code.',
    labelNames: ['code'] as const,
    registers,
    collect() {
      this.reset();
      for (const [code, count] of runtime.audit?.failures ?? []) this.inc({ code }, count);
    },
  });
}
