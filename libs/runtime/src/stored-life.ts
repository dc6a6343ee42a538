import type { Actor } from '#kernel/actor.js';
import { addDays, addMinutes, type Instant } from '#kernel/time.js';
import type { PackageState } from '#brokerage/package/package.rules.js';
import { packageDecider } from '#brokerage/package/package.decider.js';
import type { RunningService } from './running-service.js';

const broker: Actor = { id: 'broker', roles: ['broker'] };
const system: Actor = { id: 'system', roles: ['system'] };

type Reader = RunningService['commands']['reader'];
type Send = (name: string, fields: object, actor: Actor, at?: Instant) => Promise<unknown>;

/** Sends what happens to packages in their life and not in a demo council's. */
export async function sendLifeCommands(
  service: RunningService,
  packageIds: readonly string[],
  send: Send,
  now: Instant,
): Promise<void> {
  const found: PackageState[] = [];
  for (const packageId of packageIds) {
    const stream = `carePackage-${packageId}`;
    found.push((await service.commands.reader.folded(packageDecider, stream)).state);
  }
  const ofStage = (stage: PackageState['stage']) => found.filter((state) => state.stage === stage);
  const [awarded] = ofStage('awaiting-start');
  const [restarted, declined, failed, left] = ofStage('live').filter(
    ({ service: { layers }, startedOn }) => layers.length === 1 && (startedOn ?? '') < now,
  );
  if (!awarded || !restarted || !declined || !failed || !left) {
    throw new Error('the council has too few packages');
  }
  await reverseAnAward(awarded, send, now);
  await suspendAndVary(restarted, service.commands.reader, send, now);
  await declineARestart(declined, send, now);
  await failAndLeave(failed, left, send, now);
}

async function reverseAnAward(
  { packageId, award }: PackageState,
  send: Send,
  now: Instant,
): Promise<void> {
  const organisation = award?.providerId ?? '';
  const provider: Actor = { id: `provider:${organisation}`, roles: ['provider'], organisation };
  await send('AcknowledgeAward', { packageId }, provider);
  const late = `${addDays((award?.startOn ?? now).slice(0, 10), 1)}T09:00:00.000Z`;
  const later = late > now ? late : now;
  const note = 'Two carers have left';
  await send('ChaseStart', { packageId, outcome: 'will-not-start', note }, broker, later);
  await send('ReverseAward', { packageId, by: 'provider', reason: note }, broker, later);
}

async function suspendAndVary(
  state: PackageState,
  reader: Reader,
  send: Send,
  now: Instant,
): Promise<void> {
  const { packageId } = state;
  const today = now.slice(0, 10);
  const expectedReturnOn = addDays(today, 6);
  const stay = { reason: 'hospital', fromOn: today, expectedReturnOn, note: 'Hip operation' };
  await send('SuspendPackage', { packageId, ...stay }, broker);
  await send('ChangeExpectedReturn', { packageId, expectedReturnOn: addDays(today, 9) }, broker);
  await send('OfferRestart', { packageId, restartOn: addDays(today, 9) }, broker);
  const entered = { receivedAt: now, evidence: 'Call with the manager' };
  await send('AnswerRestart', { packageId, accepts: true, ...entered }, broker);
  const [line] = state.needs?.schedule ?? [];
  const variation = {
    ...{ packageId, kind: 'temporary', fromOn: addDays(today, 9), lastDay: addDays(today, 22) },
    ...{ schedule: [{ ...line, minutes: 30 }], reason: 'Help of a daughter at first' },
  };
  await send('VaryPackage', variation, broker);
  const { state: varied } = await reader.folded(packageDecider, `carePackage-${packageId ?? ''}`);
  const variationId = varied.service.layers.at(-1)?.sourceId;
  const early = { packageId, variationId, lastDay: addDays(today, 15) };
  await send('EndVariationEarly', early, broker);
}

async function declineARestart({ packageId }: PackageState, send: Send, now: Instant) {
  const today = now.slice(0, 10);
  const stay = { packageId, reason: 'respite', fromOn: today };
  await send('SuspendPackage', stay, broker);
  await send('OfferRestart', { packageId, restartOn: addDays(today, 7) }, broker);
  const entered = { receivedAt: now, evidence: 'Mail of the manager' };
  const answer = { packageId, accepts: false, reason: 'No carers left', ...entered };
  await send('AnswerRestart', answer, broker);
  const waiting = { packageId, reason: 'other', note: 'Wants one carer alone' };
  await send('RecordWaitingReason', waiting, broker);
  const review = { reviewedOn: today, outcome: 'safe-to-wait', note: 'A neighbour calls' };
  await send('RecordRiskReview', { packageId, ...review }, broker);
  await send('SuspendPackage', { ...stay, fromOn: addDays(today, 8) }, broker);
  await send('RecordReturn', { packageId, returnedOn: addDays(today, 10) }, broker);
}

async function failAndLeave(
  { packageId, award }: PackageState,
  { packageId: leftId }: PackageState,
  send: Send,
  now: Instant,
): Promise<void> {
  const today = now.slice(0, 10);
  const failure = { cause: 'provider-failure', effectiveOn: today, reason: 'Insolvent' };
  await send('HandBackPackage', { packageId, ...failure }, broker);
  await send('AssignGap', { packageId, owner: 'senior-broker' }, broker);
  const cover = { cover: 'other-provider', fromOn: today, note: 'For a week' };
  const contractId = award?.contractId ?? '';
  await send('RecordInterimCover', { packageId, ...cover, contractId }, broker);
  await send('SuspendPackage', { packageId: leftId, reason: 'hospital', fromOn: today }, broker);
  await send('OfferRestart', { packageId: leftId, restartOn: today }, broker);
  const later = addMinutes(now, 3 * 24 * 60);
  await send('LapseRestart', { packageId: leftId }, system, later);
  const notice = { effectiveOn: addDays(today, 5), reason: 'Leaves the area' };
  await send('HandBackPackage', { packageId: leftId, ...notice }, broker, later);
  await send('OpenGap', { packageId: leftId }, system, addMinutes(now, 6 * 24 * 60));
}
