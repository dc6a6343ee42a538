import { hasRole, type Actor } from '#kernel/actor.js';
import type { Context } from '#kernel/decider.js';
import { instantFrom } from '#kernel/time-offset.js';
import type { Instant } from '#kernel/time.js';
import { ensure, type RequestTerms } from './offer.rules.js';

/** Lateness is judged by receipt: exactly the close is late (X4, S1-10). */
export function receiptOf(
  stated: string | undefined,
  { actor, now, facts }: Context<{ readonly request: RequestTerms }>,
): Instant {
  const { request } = facts;
  const entered = !hasRole(actor, 'provider');
  ensure(!entered || stated, 'ReceiptTimeRequired', { path: 'receivedAt' });
  ensure(entered || !stated, 'ReceiptTimeNotAllowed', { path: 'receivedAt' });
  const receivedAt = stated ? instantFrom(stated) : now;
  ensure(receivedAt, 'InstantUnreadable', { path: 'receivedAt' });
  ensure(receivedAt <= now, 'ReceiptTimeInFuture', { path: 'receivedAt' });
  ensure(receivedAt >= request.issuedAt, 'ResponseBeforeRequest', { path: 'receivedAt' });
  ensure(receivedAt < request.closesAt, 'ResponseWindowClosed', { path: 'receivedAt' });
  ensure(request.isCurrent && takesReplies(request.stage, actor), 'OffersAlreadyPresented');
  return receivedAt;
}

/** Once offers are presented, a senior broker alone enters a reply, to present them again (S1-10). */
const takesReplies = (stage: string, actor: Actor): boolean => {
  if (stage === 'request-open' || stage === 'request-closed') return true;
  const presented = stage === 'offers-presented' || stage === 'choice-recorded';
  return presented && hasRole(actor, 'senior-broker');
};
