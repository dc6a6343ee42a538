import type { Context, Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addMonths, civilDateOf } from '#kernel/time.js';
import type { ServiceUserCommands } from './service-user.commands.js';
import type { PersonErased, ServiceUserEvent } from './service-user.events.js';
import {
  ensure,
  underHold,
  unknownServiceUser,
  type PersonCase,
  type ServiceUserState,
} from './service-user.rules.js';

type ErasureCommands = Pick<
  ServiceUserCommands,
  'PlaceLegalHold' | 'LiftLegalHold' | 'RequestErasure' | 'ApproveErasure' | 'ErasePerson'
>;
type ErasureEvent = Extract<
  ServiceUserEvent,
  { type: 'LegalHoldPlaced' | 'LegalHoldLifted' | 'ErasureRequested' | 'PersonErased' }
>;

export interface CaseFacts {
  /** Every package of the person; none: brokerage does not know the person. */
  readonly cases: readonly PersonCase[];
}

/** Keeping a record for a court, and erasing one for good (X29). */
export const erasureDecider: Decider<
  ServiceUserState,
  ErasureCommands,
  ErasureEvent,
  {
    PlaceLegalHold: CaseFacts;
    RequestErasure: CaseFacts;
    ApproveErasure: CaseFacts;
    ErasePerson: CaseFacts;
  }
> = {
  initial: unknownServiceUser,
  decide: {
    PlaceLegalHold(state, { commandId, personId, reason }, { now, actor, facts: { cases } }) {
      ensure(isKnown(state, cases), 'ServiceUserUnknown', { path: 'personId' });
      ensure(state.erasedAt === null, 'PersonIsErased');
      const holdId = deriveId(commandId, 'legalHold');
      const data = { personId, holdId, reason, placedBy: actor.id, placedAt: now };
      return [{ type: 'LegalHoldPlaced', data }];
    },
    LiftLegalHold(state, { personId, holdId, reason }, { now, actor }) {
      const hold = state.holds[holdId];
      ensure(hold, 'LegalHoldUnknown', { path: 'holdId' });
      ensure(!hold.lifted, 'LegalHoldAlreadyLifted');
      const data = { personId, holdId, reason, liftedBy: actor.id, liftedAt: now };
      return [{ type: 'LegalHoldLifted', data }];
    },
    RequestErasure(state, { commandId, personId, ground }, context) {
      ensureErasable(state, ground, context);
      ensure(state.erasure === null, 'ErasureAlreadyRequested');
      const { now, actor } = context;
      const erasureId = deriveId(commandId, 'erasure');
      const data = { personId, erasureId, ground, requestedBy: actor.id, requestedAt: now };
      return [{ type: 'ErasureRequested', data }];
    },
    ApproveErasure(state, { personId }, context) {
      ensure(state.erasedAt === null, 'PersonIsErased');
      ensure(state.erasure, 'ErasureNotRequested');
      const { ground, requestedBy } = state.erasure;
      ensure(requestedBy !== context.actor.id, 'ApprovedByRequester');
      ensureErasable(state, ground, context);
      return [erased(personId, ground, context, requestedBy)];
    },
    ErasePerson(state, { personId, ground }, context) {
      ensureErasable(state, ground, context);
      return [erased(personId, ground, context, state.erasure?.requestedBy)];
    },
  },
  evolve: {
    LegalHoldPlaced: (state, { holdId, placedBy }) => ({
      ...state,
      holds: { ...state.holds, [holdId]: { placedBy, lifted: false } },
    }),
    LegalHoldLifted: (state, { holdId }) => {
      const hold = state.holds[holdId];
      return hold
        ? { ...state, holds: { ...state.holds, [holdId]: { ...hold, lifted: true } } }
        : state;
    },
    ErasureRequested: (state, { ground, requestedBy }) => ({
      ...state,
      erasure: { ground, requestedBy },
    }),
    PersonErased: (state, { erasedAt }) => ({
      ...unknownServiceUser,
      ...{ releases: state.releases, holds: state.holds, erasedAt },
    }),
  },
};

const isKnown = ({ identity }: ServiceUserState, cases: readonly PersonCase[]): boolean =>
  identity !== null || cases.length > 0;

/** What a person erases later, a hold, care that goes on or the retention period may forbid. */
function ensureErasable(
  state: ServiceUserState,
  ground: string,
  { now, policy, facts: { cases } }: Context<CaseFacts>,
): void {
  ensure(state.erasedAt === null, 'PersonIsErased');
  ensure(isKnown(state, cases), 'ServiceUserUnknown', { path: 'personId' });
  ensure(!underHold(state), 'RecordUnderLegalHold');
  ensure(
    cases.every(({ over }) => over),
    'CareNotOver',
  );
  if (ground !== 'retention-over') return;
  const today = civilDateOf(now);
  const { caredForMonths, notCaredForMonths } = policy.retention;
  const keptLongEnough = cases.every(({ caredFor, overOn = today }) => {
    const months = caredFor ? caredForMonths : notCaredForMonths;
    return addMonths(overOn, months) <= today;
  });
  ensure(keptLongEnough, 'RetentionNotOver', { path: 'ground' });
}

const erased = (
  personId: string,
  ground: string,
  { now, actor }: Pick<Context, 'now' | 'actor'>,
  requestedBy?: string,
): PersonErased => ({
  type: 'PersonErased',
  data: {
    ...{ personId, ground, erasedBy: actor.id, erasedAt: now },
    ...(requestedBy !== undefined && { requestedBy }),
  },
});
