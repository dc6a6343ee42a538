import { uuidV7 } from '#kernel/ids.js';
import type { Actor } from '#kernel/actor.js';
import { addDays, addMinutes, instantMs, type Instant } from '#kernel/time.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import type { RunningService } from './running-service.js';
import { sendCaseSystem } from './sampled-case-system.js';
import { sendDeliveries } from './sampled-deliveries.js';
import { sendLifeCommands } from './stored-life.js';
import { sendContractCommands } from './sampled-contracts.js';
import { sendReferrals } from './sampled-referrals.js';
import { sendPayCommands } from './sampled-pay.js';
import { sendPersonCommands } from './sampled-people.js';
import { sendMonitoring } from './sampled-monitoring.js';
import { sendVisitCommands } from './sampled-visits.js';
import { sendProviderCommands } from './sampled-providers.js';
import { sendAdviceCommands, sendSourcingCommands } from './sampled-sourcing.js';

/** What is stored of a type: `events/PackageReferred.v1` or `commands/ReferPackage.v1`. */
export type Samples = ReadonlyMap<string, unknown>;

/** The fullest stored value of each event type and each command of a log, at their versions. */
export async function samplesIn(store: EventStore): Promise<Samples> {
  const samples = new Map<string, unknown>();
  const sizes = new Map<string, number>();
  const keep = (name: string, value: unknown) => {
    const shape = JSON.stringify(shapeOf(value));
    // Of an erased person only placeholders are left.
    if (shape.includes('"$erased"')) return;
    const size = shape.length;
    if (size <= (sizes.get(name) ?? -1)) return;
    sizes.set(name, size);
    samples.set(name, value);
  };
  for await (const { type, version, data, metadata } of eventsOf(store)) {
    keep(`events/${type}.v${version}`, data);
    const { command } = metadata;
    if (command) keep(`commands/${command.name}.v${command.version}`, command.fields);
  }
  return samples;
}

export async function* eventsOf(store: EventStore): AsyncGenerator<StoredEvent> {
  for (let after = 0, caughtUp = false; !caughtUp;) {
    const page = await store.readAll({ after });
    yield* page.events;
    ({ upTo: after, caughtUp } = page);
  }
}

/**
 * The names and kinds of a value's fields, without what they hold. Two values of one version have
 * the same shape, but for fields that may be absent.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, shapeOf(field)]));
}

const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };
const broker: Actor = { id: 'broker', roles: ['broker'] };

/** Sends the few commands that a demo council has no need of, after it was loaded. */
export async function sendRareCommands(service: RunningService, now: Instant): Promise<void> {
  let count = 0;
  const send = (name: string, fields: object, actor: Actor, at = now) => {
    const commandId = uuidV7(instantMs(now) + (count += 1), 'abcdef'.repeat(3));
    const submission = { actor, simulatedNow: at };
    return service.commands.executeNamed(name, { commandId, ...fields }, submission);
  };
  await extendASpotContract(send, now.slice(0, 10));
  const today = now.slice(0, 10);
  await sendContractCommands(() => eventsOf(service.store), send, today);
  await sendProviderCommands(() => eventsOf(service.store), send, today);
  await extendAWindowAndAmend(service, send, now);
  await claimAnExcuse(service, send);
  await recordAnotherLeg(service, send);
  await runJobs(send);
  await sendReferrals(send, now.slice(0, 10));
  await sendLifeCommands(service, await packagesIn(service.store), send, now);
  await sendPersonCommands(service.store, eventsOf(service.store), send);
  await sendAdviceCommands(eventsOf(service.store), send);
  await sendSourcingCommands(eventsOf(service.store), send, now);
  await sendDeliveries(eventsOf(service.store), send);
  await sendPayCommands(service, send, now);
  await sendVisitCommands(eventsOf(service.store), send, now);
  await sendMonitoring(eventsOf(service.store), send, now);
  await sendCaseSystem(send);
  const look = { what: 'replayDecision', subjects: ['0193a000-0000-7000-8000-000000000001'] };
  await send('RecordAuditLook', look, { id: 'auditor', roles: ['auditor'] });
  const figure = { query: 'council-figures', reference: 'FOI 2026-114', reason: 'A request.' };
  await send('StateFigure', figure, commissioner);
}

async function packagesIn(store: EventStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const { type, data } of eventsOf(store)) {
    if (type !== 'PackageReferred' && type !== 'PackageTakenOn') continue;
    ids.push((data as { readonly packageId: string }).packageId);
  }
  return ids;
}

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

async function extendASpotContract(send: Send, today: string): Promise<void> {
  const { id: providerId } = await send(
    'RegisterProvider',
    { legalName: 'Sample Care', tradingNames: [], cqcLocationIds: [] },
    commissioner,
  );
  const { id: contractId } = await send(
    'OpenContract',
    {
      ...{ providerId, type: 'spot', spotReason: 'One package', startsOn: today },
      lastDay: addDays(today, 30),
    },
    commissioner,
  );
  const extension = { contractId, lastDay: addDays(today, 60), reason: 'Care goes on' };
  await send('ExtendContract', extension, commissioner);
}

async function extendAWindowAndAmend(
  service: RunningService,
  send: Send,
  now: Instant,
): Promise<void> {
  for await (const { type, data } of eventsOf(service.store)) {
    if (type !== 'RequestIssued') continue;
    const request = data as {
      readonly packageId: string;
      readonly requestId: string;
      readonly closesAt: Instant;
      readonly invited: readonly { readonly providerId: string }[];
      readonly pack: { readonly startOn: string; readonly schedule: readonly { line: number }[] };
    };
    if (request.closesAt <= now) continue;
    const { packageId, requestId, pack } = request;
    const closesAt = addMinutes(request.closesAt, 60);
    await send('ExtendRequestWindow', { packageId, closesAt }, broker);
    const organisation = request.invited.at(-1)?.providerId ?? '';
    const provider: Actor = { id: `provider:${organisation}`, roles: ['provider'], organisation };
    const times = pack.schedule.map(({ line }) => ({ line, start: '09:15' }));
    const terms = { startOn: pack.startOn, times };
    const { id: offerId } = await send('SubmitOffer', { requestId, ...terms }, provider);
    await send('AmendOffer', { offerId, ...terms }, provider);
    return;
  }
  throw new Error('no request is open');
}

/** A visit that nobody logged: reported missed, then claimed as excused, then accepted. */
async function claimAnExcuse(service: RunningService, send: Send): Promise<void> {
  for await (const { type, stream, data } of eventsOf(service.store)) {
    if (type !== 'VisitMissReported') continue;
    const { packageId, visit } = data as { readonly packageId: string; readonly visit: string };
    const visitId = `${packageId}.${visit}`;
    const [planned] = await service.store.read(stream);
    const { providerId } = planned?.data as { readonly providerId: string };
    const provider: Actor = {
      ...{ id: `provider:${providerId}`, roles: ['provider'] },
      organisation: providerId,
    };
    await send('ExcuseVisit', { visitId, reason: 'hospital' }, provider);
    await send('AcceptExcuse', { visitId }, broker);
    return;
  }
  throw new Error('no visit was reported missed');
}

/** A fourth carer's leg of a visit that one carer attended. */
async function recordAnotherLeg(service: RunningService, send: Send): Promise<void> {
  for await (const { type, data } of eventsOf(service.store)) {
    if (type !== 'VisitsRecorded') continue;
    const { packageId, legs } = data as {
      readonly packageId: string;
      readonly legs: readonly { visit: string; inAt: string; outAt: string | null }[];
    };
    const [first] = legs;
    if (!first?.outAt) continue;
    const leg = {
      ...{ visitId: `${packageId}.${first.visit}`, carerLeg: 4, carerRef: 'C-9' },
      ...{ loggedInAt: first.inAt, loggedOutAt: first.outAt, logMethod: 'app' },
    };
    await send('RecordVisit', { leg }, broker);
    return;
  }
}

/** A job that ends, and one that is cancelled before it starts. */
async function runJobs(send: Send): Promise<void> {
  const administrator: Actor = { id: 'administrator', roles: ['administrator'] };
  const job = { kind: 'take-on', title: 'One package', source: 'f1', total: 1 };
  const { id: jobId } = await send('OpenJob', job, administrator);
  const items = [{ name: 'EndPackage', fields: { packageId: 'p' }, label: 'row 2' }];
  await send('AddJobItems', { jobId, from: 0, items }, administrator);
  await send('StartJob', { jobId }, administrator);
  const results = [{ outcome: 'done', id: 'p' }];
  await send('RecordJobResults', { jobId, from: 0, results }, administrator);
  const { id: cancelled } = await send('OpenJob', job, administrator);
  await send('CancelJob', { jobId: cancelled }, administrator);
}
