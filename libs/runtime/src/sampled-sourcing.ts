import type { Actor } from '#kernel/actor.js';
import { deriveId, uuidV7 } from '#kernel/ids.js';
import { instantMs, type Instant } from '#kernel/time.js';
import type { StoredEvent } from '#eventstore/event-store.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

const broker: Actor = { id: 'broker', roles: ['broker'] };
const identity = {
  ...{ name: 'Rosalind Mockford', bornOn: '1939-07-01', postcode: 'ZZ7 2AB' },
  addressLines: ['3 Pinwheel Row', 'Examplechester'],
};

interface Issued {
  readonly packageId: string;
  readonly personId: string;
  readonly requestId: string;
  readonly closesAt: Instant;
  readonly invited: readonly { readonly providerId: string }[];
}

/** Advice on the first request whose offers are before the person, read once. */
export async function sendAdviceCommands(
  log: AsyncIterable<StoredEvent>,
  send: Send,
): Promise<void> {
  const before = new Map<string, string>();
  for await (const { type, data } of log) {
    const { packageId = '', requestId = '' } = data as Partial<Issued>;
    if (type === 'OffersPresented') before.set(packageId, requestId);
    else if (type !== 'OfferSubmitted' && type !== 'RequestDeclined') before.delete(packageId);
  }
  const [requestId] = before.values();
  if (!requestId) throw new Error('no offers are before a person');
  const requestedBy = { name: 'Rosalind Mockford', relationship: 'person' };
  await send('RequestRankingAdvice', { requestId, requestedBy }, broker);
  await send('ReadRankingAdvice', { requestId }, broker);
}

/** A question about the last open request, its answer, and that request called back. */
export async function sendSourcingCommands(
  log: AsyncIterable<StoredEvent>,
  send: Send,
  now: Instant,
): Promise<void> {
  const open = new Map<string, Issued>();
  const recorded = new Set<string>();
  for await (const { type, data } of log) {
    const { packageId, personId } = data as Partial<Issued>;
    if (type === 'IdentityRecorded') recorded.add(personId ?? '');
    if (type === 'RequestIssued') open.set(packageId ?? '', data as Issued);
    else if (type === 'OffersPresented' || type === 'RequestClosed') open.delete(packageId ?? '');
    else if (type === 'ReferralWithdrawn') open.delete(packageId ?? '');
  }
  const request = [...open.values()].findLast(({ closesAt }) => closesAt > now);
  if (!request) throw new Error('no request is open');
  const { requestId, packageId, personId } = request;
  const organisation = request.invited[0]?.providerId ?? '';
  const provider: Actor = { id: `provider:${organisation}`, roles: ['provider'], organisation };
  const commandId = uuidV7(instantMs(now), '0123456789'.repeat(2));
  const question = 'Is there parking at the flats?';
  await send('AskQuestion', { commandId, requestId, question }, provider);
  if (!recorded.has(personId)) await send('RecordIdentity', { personId, identity }, broker);
  const answer = { question, answer: 'There is a car park behind them.' };
  const questionId = deriveId(commandId, 'question');
  await send('AnswerQuestion', { requestId, questionId, ...answer }, broker);
  const note = 'The family asked to wait until the hospital has reported.';
  await send('CancelRequest', { packageId, reason: 'other', note }, broker);
}
