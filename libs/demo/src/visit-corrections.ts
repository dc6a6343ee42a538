import { deriveId } from '#kernel/ids.js';
import { defaultBands, paidMinutes } from '#kernel/payment-bands.js';
import {
  addDays,
  addMinutes,
  elapsedSeconds,
  isoWeekOf,
  type CivilDate,
  type Instant,
} from '#kernel/time.js';
import { momentOn } from './demo-calendar.js';
import { sender, type DemoCommand } from './demo-command.js';
import { commandIdOf } from './demo-ids.js';
import { SeededRandom } from './seeded-random.js';
import { responsible } from './visit-commands.js';
import { visitIdOf, type OneVisit, type VisitDays } from './visit-days.js';
import type { DemoLeg } from './visit-logs.js';

export const proposedAt = (tuesday: CivilDate): Instant => momentOn(tuesday, '11:00');
export const approvedAt = (tuesday: CivilDate): Instant => momentOn(tuesday, '15:00');

export interface DemoCorrections {
  readonly proposed: readonly DemoCommand[];
  /** Whoever corrects does not approve; some wait for their approval. */
  readonly approved: readonly DemoCommand[];
}

/** Corrections of the week before, by the provider and, where they matter, a second person (X11). */
export function correctionsOn(seed: number, days: VisitDays, tuesday: CivilDate): DemoCorrections {
  const both: { proposed: DemoCommand; approved: DemoCommand | null }[] = [];
  for (const { carePackage, outcomes } of days.week(isoWeekOf(addDays(tuesday, -7)))) {
    for (const outcome of outcomes) {
      if (outcome.wrong) both.push(correction(seed, tuesday, { carePackage, outcome }));
    }
  }
  return {
    proposed: both.map(({ proposed }) => proposed),
    approved: both.flatMap(({ approved }) => approved ?? []),
  };
}

function correction(seed: number, tuesday: CivilDate, one: OneVisit) {
  const send = sender(seed);
  const visitId = visitIdOf(one);
  const [leg] = one.outcome.legs as readonly [DemoLeg];
  const change = one.outcome.wrong === 'carer' ? otherCarer(leg) : otherLogOut(leg);
  const { fields, reason, needsApproval } = change;
  const [at, about] = [proposedAt(tuesday), ['correct', visitId]];
  const corrected = { visitId, carerLeg: leg.carerLeg, ...fields, reason };
  const proposed = send(at, 'CorrectVisit', responsible(one), corrected, ...about);
  const waits = new SeededRandom(seed, 'correction', visitId).chance(0.2);
  if (!needsApproval || waits) return { proposed, approved: null };
  const correctionId = deriveId(commandIdOf(seed, at, ...about), 'correction');
  const approval = { visitId, correctionId };
  const name = 'ApproveVisitCorrection';
  const by = 'quality-officer';
  return {
    proposed,
    approved: send(approvedAt(tuesday), name, by, approval, 'approve', visitId),
  };
}

const otherCarer = ({ carerRef }: DemoLeg) => ({
  fields: { carerRef: `${carerRef}R` },
  reason: 'A relief carer came with the phone of another.',
  needsApproval: true,
});

/** A minute more that changes no payment band needs no second person. */
function otherLogOut({ inAt, outAt }: DemoLeg) {
  if (outAt === null) {
    const fields = { loggedOutAt: addMinutes(inAt, 28) };
    return { fields, reason: 'The carer forgot to log out.', needsApproval: true };
  }
  const loggedOutAt = addMinutes(outAt, 1);
  const needsApproval = paid(inAt, outAt) !== paid(inAt, loggedOutAt);
  return { fields: { loggedOutAt }, reason: 'The phone was slow to log out.', needsApproval };
}

const paid = (inAt: Instant, outAt: Instant): number | null =>
  paidMinutes(elapsedSeconds(inAt, outAt), defaultBands);
