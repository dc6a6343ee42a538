import { unknownCarer } from '#brokerage/visit/visit.monitoring.rules.js';
import type { Instant } from '#kernel/time.js';
import type { Leg } from '#brokerage/visit/visit.events.js';
import type { Presence } from './carer-day.rules.js';
import type { ExceptionReason, VisitException } from './visit-exceptions.view.js';

export type Logged = Pick<Leg, 'visit' | 'leg' | 'carerId' | 'inAt' | 'outAt'>;

/** Whose log it is, and when it came. */
export interface Context {
  readonly packageId: string;
  readonly personId: string;
  readonly providerId: string;
  readonly foundAt: Instant;
}

/** The exception's id too. */
export const keyOf = (visitId: string, leg: number, reason: ExceptionReason): string =>
  `${visitId}.${leg}.${reason}`;

/** Reasons that a provider clears up by correcting its logs; the council asks about the others. */
const corrected: readonly ExceptionReason[] = [
  ...(['no-log-out', 'under-one-minute', 'manual-without-reason'] as const),
];

export function listed(of: Context, log: Logged, reason: ExceptionReason): VisitException {
  const { packageId, providerId, foundAt } = of;
  return {
    exceptionId: keyOf(`${packageId}.${log.visit}`, log.leg, reason),
    ...{ visitId: `${packageId}.${log.visit}`, packageId, providerId, carerLeg: log.leg },
    ...{ carerRef: log.carerId, loggedInAt: log.inAt, reason, foundAt, overlaps: [] },
    ...(log.outAt !== null && { loggedOutAt: log.outAt }),
    owner: corrected.includes(reason) ? 'provider' : 'quality-desk',
  };
}

/** Null of a log without its end: it collides with nothing. */
export function presenceOf({ packageId, personId }: Context, log: Logged): Presence | null {
  const { visit, leg, inAt, outAt } = log;
  // Whom no file names cannot be in two homes.
  return outAt === null || log.carerId === unknownCarer
    ? null
    : { visitId: `${packageId}.${visit}`, leg, personId, inAt, outAt };
}
