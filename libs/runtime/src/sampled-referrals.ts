import type { Actor } from '#kernel/actor.js';
import { deriveId, uuidV7 } from '#kernel/ids.js';
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
  await sendPanelCases(packageId, { ...needs, startOn: today }, send);
}

const senior: Actor = { id: 'senior-broker', roles: ['senior-broker'] };
const member: Actor = { id: 'panel-member', roles: ['panel-member'] };

/** A case that is sent back, and another under interim authority: deferred, then approved. */
async function sendPanelCases(packageId: string, needs: object, send: Send): Promise<void> {
  const around = {
    ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 720, carers: 4 },
    ...{ tasks: ['personal-care'], critical: false },
  };
  const dear = { ...needs, urgent: true, schedule: [around] };
  await send('CorrectReferral', { packageId, needs: dear, reason }, broker);
  const open = async (digits: string) => {
    const commandId = uuidV7(1_767_225_600_000, digits.repeat(2));
    const estimate = { commandId, packageId, on: 'estimate', route: 'framework' };
    await send('OpenPanelCase', estimate, broker);
    return { packageId, caseId: deriveId(commandId, 'panelCase') };
  };
  await send('SendBackCase', { ...(await open('1234567890')), reason }, broker);
  const of = await open('2345678901');
  await send('GiveInterimAuthority', { ...of, reason }, senior);
  const decision = { ...of, agency: 'adult-social-care', conditions: ['A review.'], reason };
  await send('DecidePanelCase', { ...decision, outcome: 'deferred' }, member);
  await send('DecidePanelCase', { ...decision, outcome: 'approved' }, member);
}
