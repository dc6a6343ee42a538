import type { Actor } from '#kernel/actor.js';
import { addDays, civilDateOf, isoWeekOf, mondayOf, type Instant } from '#kernel/time.js';
import { needs } from '#brokerage/package/package.fixtures.js';
import type { StoredEvent } from '#eventstore/event-store.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

const system: Actor = { id: 'system', roles: ['system'] };
const broker: Actor = { id: 'broker', roles: ['broker'] };
const quality: Actor = { id: 'quality-officer', roles: ['quality-officer'] };
const administrator: Actor = { id: 'administrator', roles: ['administrator'] };
const fileId = '0193a000-0000-7000-8000-0000000000f1';

/** A file of monitoring whose attendance comes before its plan, and the carers of its provider. */
export async function sendMonitoring(
  events: AsyncIterable<StoredEvent>,
  send: Send,
  now: Instant,
): Promise<void> {
  const holder = await frameworkContract(events);
  const { providerId } = holder;
  const monday = addDays(mondayOf(isoWeekOf(civilDateOf(now))), -7);
  const week = isoWeekOf(monday);
  const carer = { carerRef: 'C-9', activeFrom: '2025-09-01', lastDay: '2027-12-31' };
  await send('RegisterCarers', { providerId, carers: [{ ...carer, gender: 'female' }] }, quality);
  const counts = { read: 1, new: 0, updated: 0, unchanged: 0, unallocated: 1, rejected: 0 };
  const file = { fileId, providerId, format: 'generic', fileRef: 'W-9', contentHash: 'a1' };
  await send('ReceiveEcmFile', { ...file, weeks: [week], counts }, quality);
  const reference = { system: 'casebook', personRef: 'P-ECM', referralRef: 'R-ECM' };
  const startedOn = addDays(monday, -28);
  const { id: packageId } = await send(
    'TakeOnPackage',
    { reference, needs: { ...needs, startOn: startedOn }, ...holder, startedOn },
    broker,
  );
  const row = {
    ...{ row: 2, ref: 'S-1', sequence: 1, leg: 1, on: monday, plannedStart: '08:00' },
    ...{ carer: 'C-9', loggedInAt: `${monday}T08:04:00Z`, loggedOutAt: `${monday}T08:31:00Z` },
    ...{ method: 'manual', manualReason: 'no-signal', status: 'delivered' },
  };
  const rows = { packageId, personId: 'unknown', week, providerId, fileId, rows: [row] };
  await send('RecordMonitoring', rows, quality);
  await send('PlanWeek', { packageId, week }, system);
  await send('AcceptEcmFile', { fileId }, system);
  await sendFeed({ providerId, packageId, week, monday }, send);
}

interface Feed {
  readonly providerId: string;
  readonly packageId: string;
  readonly week: string;
  readonly monday: string;
}

/** A real-time feed: its secrets, a log-in and its log-out, and a sign that it is alive. */
async function sendFeed({ providerId, packageId, week, monday }: Feed, send: Send): Promise<void> {
  await send('IssueFeedSecret', { providerId, secret: 'whsec_Zmlyc3Q=' }, administrator);
  await send('ReplaceFeedSecret', { providerId, secret: 'whsec_c2Vjb25k' }, administrator);
  await send('RevokeFeedSecret', { providerId }, administrator);
  const delivery = { deliveryId: '0193a000-0000-7000-8000-0000000000f2', providerId };
  await send('ReceiveFeedDelivery', { ...delivery, contentHash: 'b2', logs: 2 }, system);
  const log = {
    ...{ ref: 'S-2', leg: 1, on: addDays(monday, 1), plannedStart: '08:00', carer: 'C-9' },
    ...{ method: 'app' },
  };
  const logs = [
    { ...log, type: 'log-in', at: `${log.on}T08:04:00.000Z` },
    { ...log, type: 'log-out', at: `${log.on}T08:33:00.000Z` },
  ];
  const about = { packageId, personId: 'unknown', week, ...delivery };
  await send('RecordFeedLogs', { ...about, logs: [logs[0]] }, quality);
  await send('RecordFeedLogs', { ...about, logs: [logs[1]] }, quality);
  await send('SignalFeed', { providerId }, system);
}

async function frameworkContract(events: AsyncIterable<StoredEvent>) {
  for await (const { type, data } of events) {
    if (type !== 'ContractOpened') continue;
    const { providerId, contractId, ...of } = data as {
      readonly providerId: string;
      readonly contractId: string;
      readonly type: string;
    };
    if (of.type === 'framework') return { providerId, contractId };
  }
  throw new Error('no framework contract was opened');
}
