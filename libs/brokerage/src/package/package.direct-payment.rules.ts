import type { DirectPaymentAnswer } from './package.referral.events.js';
import { ensure } from './package.rules.js';

/** Refuses to take silence for an answer: what was not discussed has a reason (S3-8). */
export function ensureAnswered({ outcome, reason }: DirectPaymentAnswer, path: string): void {
  const told = outcome !== 'not-discussed' || (reason ?? '').trim() !== '';
  ensure(told, 'DirectPaymentReasonMissing', { path });
}
