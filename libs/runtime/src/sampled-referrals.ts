import type { Actor } from '#kernel/actor.js';
import { addDays, type CivilDate } from '#kernel/time.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

const broker: Actor = { id: 'broker', roles: ['broker'] };
const external: Actor = { id: 'x-1', roles: ['external-broker'], organisation: 'harbour-brokers' };
const reason = 'A call with the family.';
const funding = [
  { payer: 'council', basisPoints: 6_667, ledgerCode: 'ASC-1' },
  { payer: 'nhs', basisPoints: 3_333, ledgerCode: 'ICB-9' },
];

/** Referrals that come with gaps, are returned, corrected and funded; a direct payment and back. */
export async function sendReferrals(send: Send, today: CivilDate): Promise<void> {
  const agreement = { task: 'medication-prompt', agreedOn: today };
  const line = {
    ...{ days: [1, 2, 3], start: '08:00', minutes: 15, carers: 1, latestStart: '08:30' },
    ...{ tasks: ['medication-prompt'], critical: true, criticalReason: 'timed-medicine' },
    shortVisitAgreement: agreement,
  };
  const needs = {
    ...{ serviceLine: 'short-term', purpose: 'reablement', plannedLastDay: addDays(today, 30) },
    ...{ lot: 'lot-1', fundingStatus: 'nhs', funding, postcodeDistrict: 'ZZ4', patch: 'Alderwick' },
    ...{ ageBand: '65-74', gender: 'male', carerGenderNeed: 'any', startOn: today },
    ...{ skills: ['stroke'], languages: ['en'], access: ['key-safe'], household: ['pets'] },
    ...{ durationWeeks: 4, schedule: [line] },
  };
  const refer = async (number: number, actor: Actor, fields: object) =>
    send(
      'ReferPackage',
      {
        reference: { system: 'sampled', personRef: `S-${number}`, referralRef: `S-R-${number}` },
        ...{ needs, directPayment: { outcome: 'not-discussed', reason } },
        ...fields,
      },
      actor,
    );
  const { minutes: _, ...gap } = line;
  const incomplete = { keepIncomplete: true, needs: { ...needs, schedule: [gap] } };
  const { id: packageId } = await refer(1, external, incomplete);
  await send('ReturnReferral', { packageId, reason }, external);
  await send('CompleteReferral', { packageId, needs }, external);
  const later = { ...needs, startOn: addDays(today, 1) };
  await send('CorrectReferral', { packageId, needs: later, reason }, broker);
  const change = { packageId, fundingStatus: 'nhs', funding, fromOn: today, reason };
  await send('ChangeFunding', change, broker);
  const answer = { outcome: 'not-discussed', reason };
  await send('RecordDirectPaymentDiscussion', { packageId, answer }, broker);
  await send('TakeDirectPayment', { packageId, fromOn: today, reason }, broker);
  await send('ReturnFromDirectPayment', { packageId, returnedOn: today, reason }, broker);
}
