import type { Instant } from '#kernel/time.js';
import type { LegInput } from './visit.commands.js';
import type { Leg } from './visit.events.js';
import { isNear, readLog } from './visit.log.rules.js';
import { ensure, type VisitState } from './visit.rules.js';

/** A leg as it is logged at a planned visit. Throws the rule that its times break. */
export function legOf(input: LegInput, visit: VisitState, now: Instant): Leg {
  const { carerLeg, carerRef, loggedInAt, loggedOutAt, logMethod, manualReason, shadow } = input;
  const log = readLog(loggedInAt, loggedOutAt, visit.startsAt);
  ensure(log.outAt === null || log.outAt > log.inAt, 'LogOutBeforeLogIn', { path: 'loggedOutAt' });
  ensure(log.inAt <= now && (log.outAt ?? '') <= now, 'LogInFuture', { path: 'loggedInAt' });
  ensure(isNear(log.inAt, visit.startsAt), 'LogFarFromVisit', { path: 'loggedInAt' });
  const who = { visit: visit.visit, leg: carerLeg, carerId: carerRef };
  const byHand = logMethod === 'manual' && manualReason !== undefined && { manualReason };
  return { ...who, ...log, method: logMethod ?? 'app', ...byHand, ...(shadow && { shadow }) };
}
