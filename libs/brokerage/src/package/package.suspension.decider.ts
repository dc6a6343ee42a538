import { hasRole } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { addMinutes, isCivilDate } from '#kernel/time.js';
import {
  isServed,
  inChargeSince,
  providerInCharge,
  restartedService,
  suspendedService,
} from './package.cover.rules.js';
import { isServedStage } from './package.codes.js';
import type { PackageEvent } from './package.events.js';
import { dutyDesk, gapClosed } from './package.gap.rules.js';
import { ensureAnsweredInTime, restartOffered } from './package.restart.rules.js';
import { ensure, isOver, type PackageState, type Phase } from './package.rules.js';
import { soughtAgain } from './package.sought.rules.js';
import type { SuspensionCommands } from './package.suspension.commands.js';

type SuspensionEvent = Extract<
  PackageEvent,
  {
    type:
      | 'PackageSuspended'
      | 'ExpectedReturnChanged'
      | 'RestartOffered'
      | 'PackageRestarted'
      | 'RestartDeclined';
  }
>;

/** Care pauses, and goes on with the provider of before if it will (X17). */
export const suspensionDecider: Phase<SuspensionCommands, SuspensionEvent> = {
  decide: {
    SuspendPackage(state, { commandId, packageId, reason, fromOn, ...more }) {
      const { expectedReturnOn, note } = more;
      ensureServed(state);
      ensure(!state.service.suspension, 'PackageAlreadySuspended');
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      ensure(fromOn >= inChargeSince(state.service), 'SuspensionBeforeCare', { path: 'fromOn' });
      ensureReturn(expectedReturnOn, fromOn);
      ensure(reason !== 'other' || note, 'SuspensionNoteRequired', { path: 'note' });
      const data = {
        ...{ packageId, personId: state.personId, reason, fromOn },
        suspensionId: deriveId(commandId, 'suspension'),
        expectedReturnOn: expectedReturnOn ?? null,
        ...(note && { note }),
      };
      return [{ type: 'PackageSuspended', data }, ...gapClosed(state, fromOn, 'suspended')];
    },
    ChangeExpectedReturn(state, { packageId, expectedReturnOn }) {
      const { suspensionId, fromOn } = suspension(state);
      ensureReturn(expectedReturnOn, fromOn);
      const data = { packageId, suspensionId, expectedReturnOn: expectedReturnOn ?? null };
      return [{ type: 'ExpectedReturnChanged', data }];
    },
    OfferRestart(state, { packageId, restartOn }, { now, policy }) {
      const { suspensionId, fromOn } = suspension(state);
      ensure(isCivilDate(restartOn), 'DateDoesNotExist', { path: 'restartOn' });
      ensure(state.stage !== 'awaiting-restart', 'RestartAlreadyOffered');
      const provider = providerInCharge(state.service);
      ensure(state.stage === 'suspended' && provider, 'PreviousProviderIsGone');
      ensure(restartOn >= fromOn, 'RestartBeforeSuspension', { path: 'restartOn' });
      const { providerId } = provider;
      const closesAt = addMinutes(now, policy.restartWindowMinutes);
      const offer = { suspensionId, providerId, restartOn, offeredAt: now, closesAt };
      const { personId } = state;
      return [{ type: 'RestartOffered', data: { packageId, personId, ...offer } }];
    },
    AnswerRestart(state, { packageId, accepts, reason, ...received }, context) {
      const { suspensionId } = suspension(state);
      const provider = providerInCharge(state.service);
      const restart = restartOffered(state);
      ensure(provider, 'PreviousProviderIsGone');
      const { providerId, contractId } = provider;
      const { actor } = context;
      const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
      ensure(own, 'PackageOfAnotherProvider', { path: 'packageId' });
      ensureAnsweredInTime(restart, received, context);
      const { personId } = state;
      const evidence = received.evidence && { evidence: received.evidence };
      const data = { packageId, personId, suspensionId, providerId, restartOn: restart.restartOn };
      if (accepts) return [{ type: 'PackageRestarted', data: { ...data, ...evidence } }];
      ensure(reason, 'DeclineReasonRequired', { path: 'reason' });
      return [{ type: 'RestartDeclined', data: { ...data, contractId, reason, ...evidence } }];
    },
    LapseRestart(state, { packageId }, { now }) {
      const { stage, service, personId } = state;
      if (stage !== 'awaiting-restart' || !service.restart || !service.suspension) return [];
      const { closesAt, restartOn } = service.restart;
      ensure(now >= closesAt, 'RestartWindowNotOver');
      const { suspensionId } = service.suspension;
      const { providerId = '', contractId = '' } = providerInCharge(service) ?? {};
      const data = { packageId, personId, suspensionId, providerId, contractId, restartOn };
      return [{ type: 'RestartDeclined', data: { ...data, reason: 'no-answer' } }];
    },
    RecordReturn(state, { commandId, packageId, returnedOn }, { actor }) {
      const { suspensionId, fromOn } = suspension(state);
      ensure(isCivilDate(returnedOn), 'DateDoesNotExist', { path: 'returnedOn' });
      ensure(!isServedStage(state.stage), 'RestartComesFirst');
      ensure(returnedOn >= fromOn, 'RestartBeforeSuspension', { path: 'returnedOn' });
      const { personId, service } = state;
      const provider = providerInCharge(service);
      if (provider && (service.handback?.effectiveOn ?? '9999-12-31') > returnedOn) {
        const { providerId } = provider;
        const restart = { suspensionId, providerId, restartOn: returnedOn };
        return [{ type: 'PackageRestarted', data: { packageId, personId, ...restart } }];
      }
      const owner = hasRole(actor, 'system') ? dutyDesk : actor.id;
      const gap = { gapId: deriveId(commandId, 'gap'), fromOn: returnedOn, owner };
      const reason = 'returned-without-provider';
      return [{ type: 'GapOpened', data: { packageId, personId, ...gap, reason } }];
    },
  },
  evolve: {
    PackageSuspended: (state, suspended) => ({
      ...state,
      stage: state.stage === 'live' ? 'suspended' : state.stage,
      service: suspendedService(state.service, suspended),
    }),
    ExpectedReturnChanged: (state) => state,
    RestartOffered: (state, { restartOn, offeredAt, closesAt }) => ({
      ...state,
      stage: 'awaiting-restart',
      service: { ...state.service, restart: { restartOn, offeredAt, closesAt } },
    }),
    PackageRestarted: (state, { restartOn }) => ({
      ...state,
      stage: isServedStage(state.stage) ? 'live' : state.stage,
      service: restartedService(state.service, restartOn),
    }),
    // Until another provider's first visit the one of before stays responsible (S4-14).
    RestartDeclined: (state, { restartOn }) => ({
      ...soughtAgain(state, { startOn: restartOn, urgent: false }),
      service: restartedService(state.service, restartOn),
    }),
  },
};

export function ensureServed(state: PackageState): void {
  ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
  ensure(!isOver(state.stage), 'PackageIsOver');
  ensure(isServed(state.service), 'CareNotBegun');
}

function suspension(state: PackageState) {
  ensureServed(state);
  const { suspension: open } = state.service;
  ensure(open, 'PackageNotSuspended');
  return open;
}

function ensureReturn(expectedReturnOn: string | undefined, fromOn: string): void {
  if (!expectedReturnOn) return;
  ensure(isCivilDate(expectedReturnOn), 'DateDoesNotExist', { path: 'expectedReturnOn' });
  ensure(expectedReturnOn > fromOn, 'ReturnBeforeSuspension', { path: 'expectedReturnOn' });
}
