import { isAwaitingChoice, isAwardedOrServed, isUnfinished } from '../package/package.rules.js';
import { isServedStage } from '../package/package.codes.js';
import type { CaseEffects, OwnPackage } from './case-effects.js';
import type { CaseNotice } from './case-inbox.codes.js';
import { ensure } from './case-inbox.rules.js';
import { isCaseMessageType, type CaseMessageOf, type CaseMessageType } from './messages-in.js';

type Data<Type extends CaseMessageType> = CaseMessageOf<Type>['data'];
type Taken = Promise<CaseNotice | undefined>;

/** Lets a message take effect. Throws a `Rejection` or `InvalidInput` where it cannot be taken. */
export function takeMessage(type: string, data: unknown, effects: CaseEffects): Taken {
  ensure(isCaseMessageType(type), 'CaseMessageTypeUnknown', { path: 'type' });
  return taking[type](data as never, effects);
}

const taking: {
  readonly [Type in CaseMessageType]: (data: Data<Type>, effects: CaseEffects) => Taken;
} = {
  async 'referral.created'({ referralRef, needs, identity, linkedTo, directPayment }, effects) {
    const { system, personRef } = effects.subject;
    const linked = linkedTo && (await effects.packageOf(linkedTo.referralRef));
    await effects.refer({
      ...{ reference: { system, personRef, referralRef }, needs },
      ...(linked && { linkedTo: { packageId: linked.packageId, reason: linkedTo?.reason } }),
      ...(directPayment && { directPayment }),
    });
    if (identity) await effects.identify(identity, byRecord);
    return undefined;
  },
  async 'referral.corrected'({ referralRef, needs, reason }, effects) {
    const { packageId, state } = await effects.packageOf(referralRef);
    if (isUnfinished(state.stage)) await effects.change('CompleteReferral', packageId, { needs });
    else await effects.change('CorrectReferral', packageId, { needs, reason });
    return undefined;
  },
  async 'referral.withdrawn'({ referralRef, reason }, effects) {
    const { packageId } = await effects.packageOf(referralRef);
    await stopAsking(await effects.packageNow(packageId), 'another-route', effects);
    await effects.change('WithdrawReferral', packageId, { reason });
    return undefined;
  },
  async 'person.changed'({ identity, reason }, effects) {
    await effects.identify(identity, reason);
    return undefined;
  },
  async 'person.moved'({ identity, movedOn }, effects) {
    await effects.identify(identity, `Moved on ${movedOn}.`);
    const district = identity.postcode.trim().replace(/\s*\d[A-Za-z]{2}$/, '');
    const open = await effects.openPackages();
    const isElsewhere = open.some(
      ({ state }) => state.needs && state.needs.postcodeDistrict !== district.toUpperCase(),
    );
    return isElsewhere ? 'address-changed' : undefined;
  },
  async 'person.died'({ diedOn }, effects) {
    const open = await effects.openPackages();
    for (const each of open) await endForDeath(each, diedOn, effects);
    return open.length > 0 ? 'person-died' : undefined;
  },
  async 'person.merged'({ survivingPersonRef: personRef }, effects) {
    const { personId, system } = effects.subject;
    await effects.send('AddExternalId', { personId, externalId: { system, personRef } });
    return 'person-merged';
  },
  'person.split': () => Promise.resolve('person-split'),
  async 'hospital.admitted'({ admittedOn: fromOn, expectedReturnOn }, effects) {
    const served = (await effects.openPackages()).filter(
      ({ state }) => state.stage === 'live' || state.service.suspension,
    );
    ensure(served.length > 0, 'CareNotLive', { path: 'type' });
    const expected = expectedReturnOn && { expectedReturnOn };
    for (const { packageId, state } of served) {
      if (state.service.suspension) {
        await effects.change('ChangeExpectedReturn', packageId, { ...expected });
      } else {
        const fields = { reason: 'hospital', fromOn, ...expected };
        await effects.change('SuspendPackage', packageId, fields);
      }
    }
    return undefined;
  },
  async 'hospital.discharged'({ careFromOn }, effects) {
    const paused = (await effects.openPackages()).filter(({ state }) => state.service.suspension);
    ensure(paused.length > 0, 'CareNotLive', { path: 'type' });
    for (const { packageId, state } of paused) {
      if (isServedStage(state.stage)) {
        await effects.change('OfferRestart', packageId, { restartOn: careFromOn });
      } else await effects.change('RecordReturn', packageId, { returnedOn: careFromOn });
    }
    return undefined;
  },
  async 'review.completed'({ referralRef, outcome, lastDay, reason }, effects) {
    const { packageId } = await effects.packageOf(referralRef);
    if (outcome === 'continue') return undefined;
    if (outcome === 'change') return 'review-outcome';
    ensure(outcome === 'end' && lastDay, 'CaseOutcomeUnknown', { path: 'data.outcome' });
    const ending = { lastDay, outcome: 'ended-as-planned', ...(reason && { reason }) };
    await effects.change('EndPackage', packageId, ending);
    return undefined;
  },
};

const byRecord = 'The case record says so.';

/** Nobody is asked any more; what was asked is called back. */
async function stopAsking(
  { packageId, state }: OwnPackage,
  reason: 'person-died' | 'another-route',
  effects: CaseEffects,
): Promise<void> {
  const { stage } = state;
  const isAsked = stage === 'request-open' || stage === 'request-closed' || isAwaitingChoice(stage);
  if (state.request && isAsked) await effects.change('CancelRequest', packageId, { reason });
}

/** A death stops whatever was going on: requests, an award, visits (S1-8). */
async function endForDeath(own: OwnPackage, diedOn: string, effects: CaseEffects): Promise<void> {
  const { packageId } = own;
  await stopAsking(own, 'person-died', effects);
  const { state } = await effects.packageNow(packageId);
  const { stage, award } = state;
  if (stage === 'awaiting-start' && award && award.startOn > diedOn) {
    await effects.change('ReverseAward', packageId, { by: 'council', reason: 'person-died' });
  } else if (isAwardedOrServed(state)) {
    return effects.change('EndPackage', packageId, { lastDay: diedOn, outcome: 'deceased' });
  }
  await effects.change('WithdrawReferral', packageId, { reason: 'The person has died.' });
}
