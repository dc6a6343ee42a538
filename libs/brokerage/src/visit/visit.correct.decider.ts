import type { Context, Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { bandedMinutes, workedMinutes } from '#kernel/payment-bands.js';
import {
  paymentTermsOn,
  type DatedPaymentTerms,
  type PaymentTerms,
} from '#kernel/payment-terms.js';
import { punctuality } from '#kernel/punctuality.js';
import { elapsedSeconds, type Instant } from '#kernel/time.js';
import type { VisitCommands } from './visit.commands.js';
import type { Correction, Leg, VisitEvent } from './visit.events.js';
import { isNear, readLog } from './visit.log.rules.js';
import { weekOf } from './visit.alarm.rules.js';
import { ensureOwnVisit } from './visit.record.decider.js';
import { addressOf, ensure, type VisitState } from './visit.rules.js';
import { correctedLegs, evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type CorrectContext = Context<CorrectFacts['CorrectVisit']>;
type CorrectCommands = Pick<VisitCommands, 'CorrectVisit' | 'ApproveVisitCorrection'>;
type CorrectEvent = Extract<VisitEvent, { type: 'VisitCorrectionProposed' | 'VisitCorrected' }>;

export interface CorrectFacts {
  /** How the contract of the visit's plan pays; absent in older decisions: by the usual bands. */
  CorrectVisit: { readonly terms?: readonly DatedPaymentTerms[] };
}

/** Corrections and voids are new facts with author and reason; nothing is overwritten (X11). */
export const correctDecider: Decider<WeekState, CorrectCommands, CorrectEvent, CorrectFacts> = {
  initial: unplannedWeek,
  decide: {
    CorrectVisit(state, command, context) {
      const { visit: key } = addressOf(command.visitId);
      const visit = state.visits[key];
      ensure(visit, 'VisitNotPlanned', { path: 'visitId' });
      ensureOwnVisit(context.actor, visit);
      const before = visit.legs.find(({ leg }) => leg === command.carerLeg);
      ensure(before, 'LegNotRecorded', { path: 'carerLeg' });
      const correction = correctionOf(command, visit, before, context);
      return correctedOrProposed(state, { visit, before }, correction, context);
    },
    ApproveVisitCorrection(state, { correctionId }, { actor }) {
      const correction = state.proposed[correctionId];
      ensure(correction, 'CorrectionUnknown', { path: 'correctionId' });
      ensure(correction.correctedBy !== actor.id, 'CorrectionApproverIsAuthor');
      const { visit, leg, carerId, inAt, outAt, voided, reason, correctedBy } = correction;
      const { manualReason, sequence, method, shadow } = correction;
      const approved = {
        ...{ correctionId, visit, leg, carerId, inAt, outAt, voided, reason, correctedBy },
        ...(manualReason && { manualReason }),
        ...(sequence !== undefined && { sequence }),
        ...(method && { method }),
        ...(shadow && { shadow }),
      };
      const before = state.visits[visit];
      const changed = before && changeOf(before, correction);
      const data = { ...weekOf(state), ...approved, approvedBy: actor.id, ...changed };
      return [{ type: 'VisitCorrected', data }];
    },
  },
  evolve: evolveWeek,
};

/** A correction that changes an outcome is proposed to a second person (X11). */
export function correctedOrProposed(
  state: WeekState,
  { visit, before }: { readonly visit: VisitState; readonly before: Leg },
  correction: Correction,
  context: CorrectContext,
): readonly CorrectEvent[] {
  const changes = outcomesChanged(visit, before, correction, context);
  const data = { ...weekOf(state), ...correction };
  return changes.length > 0
    ? [{ type: 'VisitCorrectionProposed', data: { ...data, changes } }]
    : [{ type: 'VisitCorrected', data: { ...data, ...changeOf(visit, correction) } }];
}

function correctionOf(
  command: VisitCommands['CorrectVisit'],
  visit: VisitState,
  before: Leg,
  { actor, now }: Context,
): Correction {
  const loggedIn = command.loggedInAt ?? before.inAt;
  const loggedOut = command.loggedOutAt ?? before.outAt ?? undefined;
  const { inAt, outAt } = readLog(loggedIn, loggedOut, visit.startsAt);
  ensure(outAt === null || outAt > inAt, 'LogOutBeforeLogIn', { path: 'loggedOutAt' });
  ensure(inAt <= now && (outAt ?? '') <= now, 'LogInFuture', { path: 'loggedInAt' });
  ensure(isNear(inAt, visit.startsAt), 'LogFarFromVisit', { path: 'loggedInAt' });
  const carerId = command.carerRef ?? before.carerId;
  const voided = command.void ?? false;
  const { manualReason } = command;
  const sameTime = inAt === before.inAt && outAt === before.outAt;
  const explained = manualReason !== undefined && manualReason !== before.manualReason;
  const shadow = command.shadow ?? before.shadow ?? false;
  const marked = shadow !== (before.shadow ?? false);
  const same = carerId === before.carerId && sameTime && !explained && !marked;
  ensure(voided || !same, 'NothingCorrected');
  const correctionId = deriveId(command.commandId, 'correction');
  const { reason } = command;
  const corrected = { visit: visit.visit, leg: before.leg, carerId, inAt, outAt, voided };
  const byHand = manualReason && { manualReason };
  return {
    ...{ correctionId, ...corrected, reason, correctedBy: actor.id, ...byHand },
    ...(marked && { method: before.method }),
    ...(shadow && { shadow }),
  };
}

/** The leg before its correction, and the visit where no leg is left of it. */
function changeOf(visit: VisitState, correction: Correction) {
  const before = visit.legs.find(({ leg }) => leg === correction.leg);
  if (!before) return {};
  const { on, startsAt, critical, providerId } = visit;
  const { carerId, inAt, outAt } = before;
  const none = correctedLegs(visit.legs, correction).length === 0;
  return {
    was: { carerId, inAt, outAt, providerId },
    ...(none && { unattended: { on, startsAt, critical, providerId } }),
  };
}

/** What a correction would change of pay and KPIs; if anything, a second person decides (X11). */
function outcomesChanged(
  { startsAt, critical, on }: VisitState,
  before: Leg,
  { carerId, inAt, outAt, voided, shadow }: Correction,
  { policy, facts }: CorrectContext,
): string[] {
  const { punctualityToleranceMinutes: tolerance } = policy;
  const paid = paidBy(paymentTermsOn(facts.terms ?? [], on));
  if (voided) return ['attendance'];
  // Who learns beside the carers is not judged and not paid: only that it is so changes anything.
  if (before.shadow !== shadow) return ['shadow'];
  if (shadow) return [];
  const allowed = tolerance[critical ? 'critical' : 'standard'];
  const wasOnTime = punctuality(startsAt, before.inAt, allowed).onTime;
  const isOnTime = punctuality(startsAt, inAt, allowed).onTime;
  return [
    ...(wasOnTime === isOnTime ? [] : ['punctuality']),
    ...(paid(before.inAt, before.outAt) === paid(inAt, outAt) ? [] : ['band']),
    ...(carerId === before.carerId ? [] : ['continuity']),
  ];
}

/** What an attendance pays by a contract's basis; null: it is held (S2-16, S2-17c). */
const paidBy =
  ({ basis, bands }: PaymentTerms) =>
  (inAt: Instant, outAt: Instant | null): number | null => {
    const minutes = outAt === null ? 0 : workedMinutes(elapsedSeconds(inAt, outAt));
    if (minutes < 1) return null;
    if (basis === 'planned') return 0;
    return basis === 'actual-bands' ? bandedMinutes(minutes, bands) : minutes;
  };
