import { hasRole } from '#kernel/actor.js';
import type { Context } from '#kernel/decider.js';
import { instantFrom } from '#kernel/time-offset.js';
import { ensure, type PackageState } from './package.rules.js';
import type { AnswerRestart } from './package.suspension.commands.js';

/** The restart that waits for an answer of the provider in charge. */
export function restartOffered({ stage, service: { restart } }: PackageState) {
  ensure(stage === 'awaiting-restart' && restart, 'RestartNotOffered');
  return restart;
}

/** An answer counts by its receipt, before the close; one that a broker enters has its evidence. */
export function ensureAnsweredInTime(
  { closesAt, offeredAt }: { readonly closesAt: string; readonly offeredAt: string },
  { receivedAt, evidence }: Pick<AnswerRestart, 'receivedAt' | 'evidence'>,
  { actor, now }: Context,
): void {
  const entered = !hasRole(actor, 'provider');
  ensure(entered || !receivedAt, 'ReceiptTimeNotAllowed', { path: 'receivedAt' });
  ensure(!entered || receivedAt, 'ReceiptTimeRequired', { path: 'receivedAt' });
  ensure(!entered || evidence, 'RestartEvidenceRequired', { path: 'evidence' });
  const received = receivedAt ? instantFrom(receivedAt) : now;
  ensure(received, 'InstantUnreadable', { path: 'receivedAt' });
  ensure(received <= now, 'ReceiptTimeInFuture', { path: 'receivedAt' });
  ensure(received >= offeredAt, 'AnswerBeforeRestartOffered', { path: 'receivedAt' });
  ensure(received < closesAt, 'RestartWindowClosed', { path: 'receivedAt' });
}
