import { hasRole, type Actor } from '#kernel/actor.js';
import { civilDateOf, isCivilDate, type CivilDate } from '#kernel/time.js';
import { contractsReplaced, reversedService, startedService } from './package.cover.rules.js';
import type { PackageEvent } from './package.events.js';
import { gapClosed } from './package.gap.rules.js';
import { ensure, isOver, type AwardState, type PackageState, type Phase } from './package.rules.js';
import { nothingAsked, withoutOffers } from './package.route.rules.js';
import type { StartCommands } from './package.start.commands.js';

type StartEvent = Extract<
  PackageEvent,
  {
    type:
      'AwardAcknowledged' | 'StartConfirmed' | 'PackageStarted' | 'StartChased' | 'AwardReversed';
  }
>;

/** From a confirmed award to the first delivered visit, or back to the person's choice (X24). */
export const startDecider: Phase<StartCommands, StartEvent> = {
  decide: {
    AcknowledgeAward(state, { packageId }, { now, actor }) {
      const award = ensureAwaitingStart(state, actor);
      if (award.acknowledged) return [];
      const { providerId, requestId, offerId } = award;
      const data = { packageId, providerId, requestId: requestId ?? '', offerId: offerId ?? '' };
      return [{ type: 'AwardAcknowledged', data: { ...data, acknowledgedAt: now } }];
    },
    ConfirmStart(state, { packageId, startedOn }, { now, policy, actor }) {
      const { providerId, startOn } = ensureAwaitingStart(state, actor, startedOn);
      ensure(startedOn <= civilDateOf(now), 'StartConfirmedTooEarly', { path: 'startedOn' });
      ensure(startedOn >= startOn, 'StartBeforeAgreed', { path: 'startedOn' });
      const confirmed = { packageId, providerId, startedOn };
      const beforeMonitoring = policy.ecmGoLiveOn === null || startedOn < policy.ecmGoLiveOn;
      return [
        { type: 'StartConfirmed' as const, data: confirmed },
        ...(beforeMonitoring
          ? started(state, { ...confirmed, evidence: 'provider-confirmation' as const })
          : []),
      ];
    },
    RecordFirstVisit(state, { packageId, providerId, deliveredOn }) {
      const { awaited } = state.service;
      if (awaited?.providerId !== providerId) return [];
      // A file may come after the package was ended; what was delivered until then was delivered.
      if (state.endsBefore !== null && deliveredOn >= state.endsBefore) return [];
      const first = { packageId, providerId, startedOn: deliveredOn };
      return started(state, { ...first, evidence: 'first-visit' });
    },
    ChaseStart(state, { packageId, outcome, note }, { now }) {
      const { providerId, startOn } = ensureAwaitingStart(state);
      ensure(civilDateOf(now) >= startOn, 'StartNotDue');
      const { personId } = state;
      const chased = { packageId, personId, providerId, outcome, ...(note && { note }) };
      return [{ type: 'StartChased', data: { ...chased, chasedAt: now } }];
    },
    ReverseAward(state, { packageId, by, reason }, { now }) {
      const award = ensureAwaitingStart(state);
      return [reversed(state, { ...award, packageId, by, reason, reversedOn: civilDateOf(now) })];
    },
  },
  evolve: {
    AwardAcknowledged: (state) => ({
      ...state,
      award: state.award && { ...state.award, acknowledged: true },
    }),
    StartConfirmed: (state) => state,
    PackageStarted: (state, { startedOn }) => {
      const { awaited } = state.service;
      return {
        ...state,
        stage: isOver(state.stage) ? state.stage : 'live',
        startedOn: state.startedOn ?? startedOn,
        routing: nothingAsked,
        service: awaited
          ? startedService(state.service, awaited, startedOn, state.endsBefore)
          : state.service,
      };
    },
    StartChased: (state) => state,
    AwardReversed: (state, { requestId, offerId, reversedOn }) => {
      const presented = state.presented.filter((offer) => offer.offerId !== offerId);
      const { award } = state;
      return {
        ...state,
        stage: presented.length > 0 ? 'offers-presented' : 'awaiting-request',
        routing: withoutOffers(state.routing, requestId, presented),
        presented,
        ...{ chosenOfferId: null, award: null, schedule: state.needs?.schedule ?? [] },
        service: award
          ? reversedService(state.service, {
              ...{ sourceId: offerId, startOn: award.startOn, reversedOn },
            })
          : state.service,
      };
    },
  },
};

/** The confirmed award that has not started; a provider's user acts for its own alone. */
function ensureAwaitingStart(
  state: PackageState,
  actor?: Actor,
  startedOn?: CivilDate,
): AwardState {
  const { award, stage } = state;
  ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
  ensure(startedOn === undefined || isCivilDate(startedOn), 'DateDoesNotExist', {
    path: 'startedOn',
  });
  ensure(stage === 'awaiting-start' && award, 'PackageNotAwarded');
  const own = !actor || !hasRole(actor, 'provider') || actor.organisation === award.providerId;
  ensure(own, 'PackageOfAnotherProvider', { path: 'packageId' });
  return award;
}

/** Care has begun: whoever was responsible before is so until the day before, and a gap is closed. */
const started = (
  state: PackageState,
  data: Extract<StartEvent, { type: 'PackageStarted' }>['data'],
): PackageEvent[] => {
  const replaced = contractsReplaced(state.service, data.startedOn);
  return [
    {
      type: 'PackageStarted',
      data: { ...data, ...(replaced.length > 0 && { replacedContractIds: replaced }) },
    },
    ...gapClosed(state, data.startedOn, 'started'),
  ];
};

/** The person chooses again among the other offers. */
export const reversed = (
  { personId }: PackageState,
  of: Omit<AwardState, 'contractType' | 'acknowledged'> & {
    packageId: string;
    by: string;
    reason: string;
    reversedOn: CivilDate;
  },
): Extract<StartEvent, { type: 'AwardReversed' }> => {
  const { packageId, providerId, contractId, startOn, by, reason, reversedOn } = of;
  const ids = { requestId: of.requestId ?? '', offerId: of.offerId ?? '', providerId };
  const award = { ...ids, contractId, startOn };
  return { type: 'AwardReversed', data: { packageId, personId, ...award, by, reason, reversedOn } };
};
