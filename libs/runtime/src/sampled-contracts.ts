import { systemActor, type Actor } from '#kernel/actor.js';
import type { CapacityTaken } from '#kernel/capacity.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { StoredEvent } from '#eventstore/event-store.js';

const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;
type Events = () => AsyncGenerator<StoredEvent>;

/** A tenant of a block contract, and the last places of a contract that holds so many. */
export async function sendContractCommands(
  events: Events,
  send: Send,
  today: CivilDate,
): Promise<void> {
  const provider = { legalName: 'Sample Block Care', tradingNames: [], cqcLocationIds: [] };
  const { id: providerId } = await send('RegisterProvider', provider, commissioner);
  const terms = { providerId, startsOn: today };
  const open = (fields: object) => send('OpenContract', { ...terms, ...fields }, commissioner);
  const windows = [{ name: 'lunch', from: '12:00', before: '14:00' }];
  const { id: contractId } = await open({
    ...{ type: 'block', kpiSet: 'extra-care', noticeDays: 28 },
    block: { scheme: 'Sample Court', windows, weeklyMinutes: 600, weeklyPence: 24_000 },
  });
  await open({
    type: 'cost-and-volume',
    costAndVolume: {
      ...{ period: 'month', minimumPence: 500_000 },
      tiers: [{ aboveMinutes: 0, pencePerHour: 2_400 }],
    },
  });
  const rates = [{ dayKind: 'weekday-day', pencePerHour: 2_300, visitMinutes: 30 }];
  const everyLength = [...rates, { dayKind: 'weekday-day', pencePerHour: 2_200 }];
  const hours = { dayFrom: '06:00', eveningFrom: '18:00', nightFrom: '23:00' };
  const card = { contractId, effectiveOn: addDays(today, -2), rates: everyLength, hours };
  await send('SetRateCard', card, commissioner);
  const uplift = { contractId, upliftId: contractId, effectiveOn: addDays(today, -1) };
  const replaces = card.effectiveOn;
  await send('ApplyRateUplift', { ...uplift, replaces, rates: everyLength }, systemActor);
  const document = { target: 'contract', targetId: contractId, kind: 'specification' };
  const content = { sha256: '0'.repeat(64), mediaType: 'application/pdf', bytes: 9 };
  const shown = { title: 'Service specification', visibility: 'public' };
  await send('AttachDocument', { ...document, ...content, ...shown }, commissioner);
  const interest = { target: 'contract', targetId: contractId, providerId };
  await send('ExpressInterest', interest, commissioner);
  const price = { startsOn: '2025-04-01', lastDay: '2026-03-31', pencePerHour: 3_214 };
  await send('RecordMinimumPrice', { ...price, source: 'Sample source' }, commissioner);
  const { packageId } = await lastOf(events, 'PackageReferred');
  const tenant = { contractId, packageId, fromOn: today };
  const { id } = await send('MoveTenantIn', tenant, commissioner);
  const { tenancyId } = await lastOf(events, 'TenantMovedIn');
  await send('MoveTenantOut', { contractId: id, tenancyId, lastDay: today }, commissioner);
  const { id: spotId } = await open({ type: 'spot', spotReason: 'One place', maxPackages: 1 });
  const change = { contractId: spotId, maxPackages: 2, reason: 'One more place' };
  await send('ChangeContractCapacity', { ...change, capacityWeeklyMinutes: 6_000 }, commissioner);
  await leaveACapacity(events, send);
  await upliftRates(events, send, { contractIds: [contractId], on: today });
}

/** Two proposals of the same contract: one approved, one turned down. */
async function upliftRates(
  events: Events,
  send: Send,
  { contractIds, on }: { contractIds: readonly string[]; on: CivilDate },
): Promise<void> {
  const terms = { effectiveOn: addDays(on, 30), reason: 'Wages rise' };
  const propose = (change: object, contracts: object) =>
    send('ProposeRateUplift', { contracts, ...terms, ...change }, commissioner);
  const newRates = [{ dayKind: 'weekday-day', visitMinutes: 30, pencePerHour: 2_400 }];
  const { id: rejected } = await propose({ newRates }, { type: 'block' });
  await send('RejectRateUplift', { upliftId: rejected, reason: 'Too dear' }, commissioner);
  const { id: upliftId } = await propose({ percentHundredths: 425 }, { contractIds });
  const { previewHash } = await lastOf(events, 'RateUpliftProposed');
  const second: Actor = { id: 'second-commissioner', roles: ['commissioner'] };
  await send('ApproveRateUplift', { upliftId, previewHash }, second);
}

async function leaveACapacity(events: Events, send: Send): Promise<void> {
  for await (const { type, stream, data } of events()) {
    if (type !== 'CapacityTaken') continue;
    const { holder: packageId, fromOn, takenAt: releasedAt } = data as CapacityTaken['data'];
    const contractId = stream.slice(stream.indexOf('-') + 1);
    await send('ReleaseCapacity', { contractId, packageId, fromOn, releasedAt }, systemActor);
    return;
  }
  throw new Error('no package uses a capacity');
}

/** The last event of a type, as ids by name. */
async function lastOf(events: Events, type: string): Promise<Record<string, string>> {
  let last: Record<string, string> | undefined;
  for await (const event of events()) {
    if (event.type === type) last = event.data as Record<string, string>;
  }
  if (!last) throw new Error(`there is no ${type}`);
  return last;
}
