import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { addDays, civilDateOf, isCivilDate } from '#kernel/time.js';
import type { PackageCommands } from './package.commands.js';
import type { PackageEvent } from './package.events.js';
import { ensure, hasAward, initialPackage, isOver, type PackageState } from './package.rules.js';

type ServiceCommands = Pick<PackageCommands, 'ConfirmStart' | 'RecordFirstVisit' | 'EndPackage'>;
type ServiceEvent = Extract<
  PackageEvent,
  { type: 'StartConfirmed' | 'PackageStarted' | 'PackageEnded' }
>;

/** From the start of care to its end. */
export const serviceDecider: Decider<PackageState, ServiceCommands, ServiceEvent> = {
  initial: initialPackage,
  decide: {
    ConfirmStart(state, { packageId, startedOn }, { now, policy, actor }) {
      const { award, stage } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(isCivilDate(startedOn), 'DateDoesNotExist', { path: 'startedOn' });
      ensure(stage === 'awaiting-start' && award, 'PackageNotAwarded');
      const own = !hasRole(actor, 'provider') || actor.organisation === award.providerId;
      ensure(own, 'PackageOfAnotherProvider', { path: 'packageId' });
      ensure(startedOn <= civilDateOf(now), 'StartConfirmedTooEarly', { path: 'startedOn' });
      ensure(startedOn >= award.startOn, 'StartBeforeAgreed', { path: 'startedOn' });
      const { providerId } = award;
      const confirmed = { packageId, providerId, startedOn };
      const beforeMonitoring = policy.ecmGoLiveOn === null || startedOn < policy.ecmGoLiveOn;
      return [
        { type: 'StartConfirmed' as const, data: confirmed },
        ...(beforeMonitoring
          ? [
              {
                type: 'PackageStarted' as const,
                data: { ...confirmed, evidence: 'provider-confirmation' as const },
              },
            ]
          : []),
      ];
    },
    RecordFirstVisit(state, { packageId, providerId, deliveredOn }) {
      if (state.stage !== 'awaiting-start' || state.award?.providerId !== providerId) return [];
      const data = {
        packageId,
        providerId,
        startedOn: deliveredOn,
        evidence: 'first-visit' as const,
      };
      return [{ type: 'PackageStarted', data }];
    },
    EndPackage(state, { packageId, lastDay, outcome, reason }) {
      const { award, stage, personId } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(stage), 'PackageIsOver');
      ensure(hasAward(stage) && award, 'PackageNotLive');
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      const began = state.startedOn ?? award.startOn;
      ensure(lastDay >= began, 'EndBeforeStart', { path: 'lastDay' });
      const endsBefore = addDays(lastDay, 1);
      const data = { packageId, personId, endsBefore, outcome, ...(reason && { reason }) };
      return [{ type: 'PackageEnded', data }];
    },
  },
  evolve: {
    StartConfirmed: (state) => state,
    PackageStarted: (state, { startedOn }) => ({ ...state, stage: 'live', startedOn }),
    PackageEnded: (state, { endsBefore }) => ({ ...state, stage: 'ended', endsBefore }),
  },
};
