import { hasRole, type Actor } from '#kernel/actor.js';
import { civilDateOf, daysBetween, isCivilDate, type CivilDate } from '#kernel/time.js';
import {
  gapService,
  handedBackService,
  inChargeSince,
  openGap,
  providerInCharge,
  type Gap,
} from './package.cover.rules.js';
import type { PackageEvent } from './package.events.js';
import { dutyDesk, gapOpened } from './package.gap.rules.js';
import type { HandBackPackage, HandbackCommands } from './package.handback.commands.js';
import { ensure, isOver, type AwardState, type PackageState, type Phase } from './package.rules.js';
import type { PackageHandedBack } from './package.service.events.js';
import { soughtAgain } from './package.sought.rules.js';
import { reversed } from './package.start.decider.js';

type HandbackEvent = Extract<
  PackageEvent,
  { type: 'PackageHandedBack' | 'GapOpened' | 'GapAssigned' | 'GapClosed' }
>;

export interface HandbackFacts {
  HandBackPackage: {
    /** The notice that the contract of the provider in charge asks for; null: the policy's. */
    readonly contract: { readonly noticeDays: number | null };
  };
}

/** A provider leaves; nobody is left without a provider or an alarm (X19, S4-14). */
export const handbackDecider: Phase<HandbackCommands, HandbackEvent, HandbackFacts> = {
  decide: {
    HandBackPackage(state, command, { now, actor, policy, facts: { contract } }) {
      const { packageId, effectiveOn, reason, cause = 'handback' } = command;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
      ensure(cause === 'handback' || !hasRole(actor, 'provider'), 'CauseNotOfProvider', {
        path: 'cause',
      });
      const noticedOn = civilDateOf(now);
      const award = awardToReverse(state, command, actor);
      if (award) {
        const by = { by: 'provider', reason, reversedOn: noticedOn };
        return [reversed(state, { ...award, packageId, ...by })];
      }
      const { providerId, contractId } = ensureInCharge(state, command, actor);
      ensureEffective(state, { cause, effectiveOn, noticedOn });
      const noticeDays = daysBetween(noticedOn, effectiveOn);
      const owner = hasRole(actor, 'provider', 'system') ? dutyDesk : actor.id;
      const data = {
        ...{ packageId, personId: state.personId, providerId, contractId, cause, reason },
        ...{ noticedOn, effectiveOn, owner },
        shortNotice: noticeDays < (contract.noticeDays ?? policy.handbackNoticeDays),
        urgent: noticeDays < policy.handbackNoticeDays,
      };
      const handedBack: PackageHandedBack = { type: 'PackageHandedBack', data };
      return effectiveOn <= noticedOn
        ? [handedBack, ...gapAfter(state, handedBack, command.commandId)]
        : [handedBack];
    },
    OpenGap(state, { commandId }, { now }) {
      const { handback } = state.service;
      if (!handback || civilDateOf(now) < handback.effectiveOn) return [];
      const { effectiveOn: on, owner, cause } = handback;
      return gapOpened(state, { on, owner, commandId, reason: gapReason(cause) });
    },
    AssignGap(state, { packageId, owner }, { actor, now }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const gap = openGap(state.service, civilDateOf(now));
      ensure(gap, 'NoOpenGap');
      const next = owner ?? actor.id;
      if (next === gap.owner) return [];
      const assigned = { gapId: gap.gapId, owner: next, previousOwner: gap.owner };
      const { personId } = state;
      return [{ type: 'GapAssigned', data: { packageId, personId, ...assigned } }];
    },
  },
  evolve: {
    PackageHandedBack: (state, { providerId, effectiveOn, noticedOn, urgent, owner, cause }) => ({
      ...soughtAgain(state, {
        startOn: effectiveOn > noticedOn ? effectiveOn : noticedOn,
        urgent,
      }),
      service: handedBackService(state.service, { providerId, effectiveOn, owner, cause }),
    }),
    GapOpened: (state, opened) => ({ ...state, service: gapService(state.service, opened) }),
    GapAssigned: (state, { gapId, owner }) => withGap(state, gapId, { owner }),
    GapClosed: (state, { gapId, closedOn }) => withGap(state, gapId, { closedOn }),
  },
};

/** A provider that was to start and leaves before it did has its award taken back. */
function awardToReverse(
  { stage, award, service }: PackageState,
  { providerId }: HandBackPackage,
  actor: Actor,
): AwardState | null {
  if (stage !== 'awaiting-start' || !award) return null;
  const leaving = hasRole(actor, 'provider') ? actor.organisation : providerId;
  const inCharge = providerInCharge(service)?.providerId;
  return leaving === award.providerId && leaving !== inCharge ? award : null;
}

function ensureInCharge(state: PackageState, { providerId }: HandBackPackage, actor: Actor) {
  const inCharge = providerInCharge(state.service);
  const own = !hasRole(actor, 'provider') || actor.organisation === inCharge?.providerId;
  ensure(
    inCharge && own,
    hasRole(actor, 'provider') ? 'PackageOfAnotherProvider' : 'NobodyInCharge',
    {
      path: 'packageId',
    },
  );
  const same = providerId === undefined || providerId === inCharge.providerId;
  ensure(same, 'PackageOfAnotherProvider', { path: 'providerId' });
  return inCharge;
}

/** A second notice counts only when the provider fails before the first one is over. */
function ensureEffective(
  { service }: PackageState,
  {
    cause,
    effectiveOn,
    noticedOn,
  }: { cause: string; effectiveOn: CivilDate; noticedOn: CivilDate },
): void {
  const path = { path: 'effectiveOn' };
  const failed = cause === 'provider-failure';
  const { handback } = service;
  ensure(!handback || (failed && effectiveOn < handback.effectiveOn), 'AlreadyHandedBack');
  ensure(failed || effectiveOn >= noticedOn, 'HandbackInPast', path);
  ensure(effectiveOn >= inChargeSince(service), 'HandbackBeforeStart', path);
}

function gapAfter(
  state: PackageState,
  { data }: PackageHandedBack,
  commandId: string,
): PackageEvent[] {
  const { effectiveOn: on, owner, cause } = data;
  const gap = { on, owner, commandId, reason: gapReason(cause) };
  return gapOpened(state, gap, handedBackService(state.service, data));
}

const withGap = (state: PackageState, gapId: string, change: Partial<Gap>): PackageState => ({
  ...state,
  service: {
    ...state.service,
    gaps: state.service.gaps.map((gap) => (gap.gapId === gapId ? { ...gap, ...change } : gap)),
  },
});

const gapReason = (cause: string): string =>
  cause === 'provider-failure' ? cause : 'notice-expired';
