import { systemActor, type Actor } from '#kernel/actor.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

const identity = {
  ...{ name: 'Ottoline Fernsby', preferredName: 'Otti', bornOn: '1941-02-03' },
  ...{ addressLines: ['12 Quillfeather Lane', 'Examplechester'], postcode: 'ZZ7 1AB' },
  ...{ phone: '0161 496 0123', email: 'otti@example.org', nhsNumber: '9434765919' },
  nextOfKin: { name: 'Bertram Fernsby', relationship: 'son', phone: '0161 496 0124' },
};
const broker: Actor = { id: 'broker', roles: ['broker'] };
const administrator: Actor = { id: 'administrator', roles: ['administrator'] };
const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };

/** What is recorded about a person beside care: identity, holds and, for two others, the erasure. */
export async function sendPersonCommands(
  store: EventStore,
  log: AsyncIterable<StoredEvent>,
  send: Send,
): Promise<void> {
  const { open, over } = await peopleIn(log);
  const [personId, [packageId = ''] = []] = open[0] ?? [];
  const [requested, erased] = over;
  if (!personId || !requested || !erased) throw new Error('too few people to take samples of');
  const corrected = { ...identity, name: 'Ottoline Ash' };
  await send('CorrectIdentity', { personId, identity: corrected, reason: 'Married.' }, broker);
  const externalId = { system: 'care-first', personRef: 'CF-1' };
  await send('AddExternalId', { personId, externalId }, broker);
  await send('ReadIdentity', { personIds: [personId], purpose: 'review' }, broker);
  const refusal = { code: 'IdentityNotReleased', by: 'u', roles: ['provider'], organisation: 'p' };
  const about = { subject: { kind: 'person', id: personId }, hour: '2026-03-29T08', count: 1 };
  await send('RecordRefusal', { ...refusal, ...about }, systemActor);
  const hold = { personId, reason: 'A claim is before the court.' };
  await send('PlaceLegalHold', hold, administrator);
  const [placed] = (await store.read(`serviceUser-${personId}`)).filter(
    ({ type }) => type === 'LegalHoldPlaced',
  );
  const { holdId } = placed?.data as { holdId: string };
  await send('LiftLegalHold', { personId, holdId, reason: 'Settled.' }, commissioner);
  await referAnother(store, personId, packageId, send);
  const ground = 'recorded-in-error';
  await send('RequestErasure', { personId: requested, ground }, administrator);
  await send('ApproveErasure', { personId: requested }, commissioner);
  await send('ErasePerson', { personId: erased, ground }, administrator);
}

/** A second package of the person, linked to the first (X1). */
async function referAnother(
  store: EventStore,
  personId: string,
  packageId: string,
  send: Send,
): Promise<void> {
  const [referred] = await store.read(`carePackage-${packageId}`);
  const { reference, needs } = referred?.data as { reference: object; needs: object };
  const second = { ...reference, referralRef: `R-linked-${personId.slice(0, 8)}` };
  const linkedTo = { packageId, reason: 'Night visits are bought apart.' };
  await send('ReferPackage', { reference: second, needs, linkedTo }, broker);
}

const endings = new Set(['PackageEnded', 'ReferralWithdrawn', 'DirectPaymentTaken']);

/** People with a package, and those all of whose packages are over. */
async function peopleIn(
  log: AsyncIterable<StoredEvent>,
): Promise<{ open: [personId: string, packageIds: string[]][]; over: string[] }> {
  const openPackages = new Map<string, Set<string>>();
  for await (const { type, data } of log) {
    const { personId, packageId } = data as { personId?: string; packageId?: string };
    if (!personId || !packageId) continue;
    const packages = openPackages.get(personId) ?? new Set();
    openPackages.set(personId, packages);
    if (endings.has(type)) packages.delete(packageId);
    else if (type === 'PackageReferred' || type === 'PackageTakenOn') packages.add(packageId);
  }
  const people = [...openPackages];
  return {
    open: people
      .filter(([, { size }]) => size > 0)
      .map(([personId, packages]) => [personId, [...packages]]),
    over: people.filter(([, { size }]) => size === 0).map(([personId]) => personId),
  };
}
