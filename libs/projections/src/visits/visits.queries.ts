import { start, type EventStore, type StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { fold } from '#kernel/decider.js';
import { punctuality } from '#kernel/punctuality.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { addMinutes, type Instant, type IsoWeek } from '#kernel/time.js';
import { heldBecause } from '#brokerage/visit/visit.held.rules.js';
import type { Leg } from '#brokerage/visit/visit.events.js';
import { visitIdOf, weekIdOf, type VisitState } from '#brokerage/visit/visit.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from '#brokerage/visit/visit.state.rules.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { isCouncil, isOfProvider } from '../who-sees.js';
import type {
  CareWeek,
  CorrectionToApprove,
  PlannedCareVisit,
  VisitLeg,
  VisitStatus,
} from './visits.view.js';

type Log = Pick<EventStore, 'read' | 'at' | 'head'>;

/**
 * The visits of one package and week, folded from their own short stream when they are asked for: a
 * read model of every visit would only copy the log, and this is never behind it.
 */
export async function careWeek(
  log: Log,
  viewer: Viewer,
  packageId: string,
  week: IsoWeek,
  judging: Judging,
): Promise<CareWeek> {
  const head = await log.head();
  const last = head === start ? undefined : await log.at(head);
  const events = await log.read(`visitWeek-${weekIdOf(packageId, week)}`, { limit: 10_000 });
  const known = events.filter(({ position }: StoredEvent) => position <= head);
  const state: WeekState = fold({ initial: unplannedWeek, evolve: evolveWeek }, known);
  const seen = Object.values(state.visits).filter((visit) => sees(viewer, visit));
  const keys = new Set(seen.map(({ visit }) => visit));
  return {
    ...{ packageId, week },
    visits: seen.toSorted(byStart).map((visit) => visitOf(packageId, visit, judging)),
    correctionsToApprove: hasRole(viewer, 'provider') ? [] : corrections(packageId, state, keys),
    asOf: asOf({ position: head, at: last?.metadata.recordedAt }),
  };
}

const sees = (viewer: Viewer, { providerId }: VisitState): boolean =>
  isCouncil(viewer) || isOfProvider(viewer, providerId);

const byStart = (a: VisitState, b: VisitState): number =>
  a.startsAt === b.startsAt ? (a.visit < b.visit ? -1 : 1) : a.startsAt < b.startsAt ? -1 : 1;

const visitOf = (packageId: string, visit: VisitState, judging: Judging): PlannedCareVisit => ({
  visitId: visitIdOf(packageId, visit.visit),
  ...{ on: visit.on, agreedStart: visit.agreedStart, startsAt: visit.startsAt },
  shifted: visit.shifted ?? false,
  ...{ minutes: visit.minutes, carers: visit.carers, critical: visit.critical },
  ...{ providerId: visit.providerId, contractId: visit.contractId },
  status: statusOf(visit, judging),
  excuseClaimed: visit.excuseClaim !== null,
  missReported: visit.missReported,
  missDetected: visit.missDetected,
  legs: visit.legs.map((leg) => legOf(visit, leg)).toSorted((a, b) => a.carerLeg - b.carerLeg),
});

/** What a visit is judged by that is not in its stream. */
export interface Judging {
  readonly now: Instant;
  readonly policy: Pick<CouncilPolicy, 'missedGraceMinutes'>;
}

/**
 * Attendance outweighs reports and detections of a miss (S2-13). A visit whose grace has passed with
 * neither log nor detection has no evidence, which is not missed: the provider must explain (S2-12).
 */
export function statusOf(visit: VisitState, { now, policy }: Judging): VisitStatus {
  const { withdrawn, legs, carers, excused, missReported, missDetected } = visit;
  if (withdrawn) return 'withdrawn';
  const carersCame = legs.filter(({ shadow }) => !shadow).length;
  if (carersCame > 0) return carersCame < carers ? 'partially-attended' : 'attended';
  if (excused) return 'excused';
  if (missReported || missDetected) return 'missed';
  const grace = policy.missedGraceMinutes[visit.critical ? 'critical' : 'standard'];
  return addMinutes(visit.startsAt, grace) <= now ? 'no-evidence' : 'planned';
}

function legOf({ startsAt }: VisitState, log: Leg): VisitLeg {
  const { leg, carerId, inAt, outAt, method, manualReason, shadow } = log;
  const held = heldBecause(log);
  return {
    ...{ carerLeg: leg, carerRef: carerId, loggedInAt: inAt, logMethod: method },
    ...(outAt !== null && { loggedOutAt: outAt }),
    ...(manualReason && { manualReason }),
    shadow: shadow ?? false,
    ...(held && { held }),
    minutesFromAgreedStart: punctuality(startsAt, inAt, 0).minutes,
  };
}

const corrections = (
  packageId: string,
  { proposed }: WeekState,
  keys: ReadonlySet<string>,
): CorrectionToApprove[] =>
  Object.values(proposed)
    .filter(({ visit }) => keys.has(visit))
    .map(({ correctionId, visit, leg, carerId, inAt, outAt, voided, correctedBy, shadow }) => ({
      ...{ correctionId, visitId: visitIdOf(packageId, visit), carerLeg: leg, carerRef: carerId },
      ...{ loggedInAt: inAt, void: voided, shadow: shadow ?? false, correctedBy },
      ...(outAt !== null && { loggedOutAt: outAt }),
    }));
