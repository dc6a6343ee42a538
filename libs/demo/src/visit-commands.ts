import { defaultBands, paidMinutes } from '#kernel/payment-bands.js';
import { deriveId } from '#kernel/ids.js';
import {
  addDays,
  addMinutes,
  elapsedSeconds,
  isoWeekOf,
  mondayOf,
  weekdayOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
} from '#kernel/time.js';
import { momentOn } from './demo-calendar.js';
import { providerUser, sender, type DemoCommand, type Sender } from './demo-command.js';
import { commandIdOf } from './demo-ids.js';
import type { DemoPackage } from './demo-package.js';
import { demoChooser } from './demo-people.js';
import type { DemoPlan } from './demo-plan.js';
import type { ProviderQuality } from './provider-quality.js';
import { SeededRandom } from './seeded-random.js';
import { loggedTime, VisitOutcomes, type DemoLeg, type VisitOutcome } from './visit-outcomes.js';

interface PackageWeek {
  readonly carePackage: DemoPackage;
  readonly week: IsoWeek;
  readonly outcomes: readonly VisitOutcome[];
}

/** The day's last moment: what was logged, excused and missed is told. */
export const eveningOf = (date: CivilDate): Instant => momentOn(date, '23:50');
/** Before the first visit of the day. */
export const morningOf = (date: CivilDate): Instant => momentOn(date, '06:00');

/** The commands about visits, day by day; a week is drawn once and kept until it is corrected. */
export class VisitCommandsOfDays {
  private readonly send: Sender;
  private readonly draws: VisitOutcomes;
  private readonly weeks = new Map<IsoWeek, PackageWeek[]>();
  private readonly currentWeek: IsoWeek;
  private readonly qualities: ReadonlyMap<string, ProviderQuality>;

  constructor(private readonly plan: DemoPlan) {
    this.send = sender(plan.seed);
    this.draws = new VisitOutcomes(plan);
    this.currentWeek = isoWeekOf(plan.calendar.asOfOn);
    this.qualities = new Map(plan.providers.map(({ key, quality }) => [key, quality]));
  }

  /** New times for some of the day's visits, agreed before the first of them (S2-9). */
  morning(date: CivilDate): DemoCommand[] {
    const at = morningOf(date);
    return this.outcomesOn(date).flatMap(({ carePackage, outcome }) => {
      if (!outcome.agreedAnew) return [];
      const visitId = visitIdOf(carePackage, outcome);
      const random = new SeededRandom(this.plan.seed, 'agreed-anew', visitId);
      const { start } = outcome.agreedAnew;
      const fields = { visitId, on: date, start, agreedWith: demoChooser(random) };
      return [this.send(at, 'AgreeVisitTime', 'broker', fields, 'agree', visitId)];
    });
  }

  /** What was excused and missed that day, and the logs of finished weeks and first days. */
  evening(date: CivilDate): DemoCommand[] {
    const yesterday = addDays(date, -1);
    return [
      ...this.outcomesOn(date).flatMap((one) => this.unattended(date, one)),
      ...this.outcomesOn(yesterday)
        .filter(({ outcome }) => outcome.missed === 'late')
        .map((one) => this.missReport(date, one)),
      ...this.week(isoWeekOf(date)).flatMap((packageWeek) => this.records(date, packageWeek)),
    ];
  }

  /** Corrections of the week before, proposed by the provider and approved by a second person (X11). */
  corrections(tuesday: CivilDate): { proposed: DemoCommand[]; approved: DemoCommand[] } {
    const proposed: DemoCommand[] = [];
    const approved: DemoCommand[] = [];
    for (const packageWeek of this.week(isoWeekOf(addDays(tuesday, -7)))) {
      for (const outcome of packageWeek.outcomes) {
        const correction = this.correction(tuesday, packageWeek, outcome);
        if (!correction) continue;
        proposed.push(correction.proposed);
        if (correction.approved) approved.push(correction.approved);
      }
    }
    return { proposed, approved };
  }

  /** Lets go of what is no longer needed. */
  forgetBefore(week: IsoWeek): void {
    for (const known of this.weeks.keys()) if (known < week) this.weeks.delete(known);
  }

  private week(week: IsoWeek): PackageWeek[] {
    const known = this.weeks.get(week);
    if (known) return known;
    const drawn = this.plan.packages.flatMap((carePackage) => {
      const outcomes = this.draws.ofWeek(carePackage, week);
      return outcomes.length > 0 ? [{ carePackage, week, outcomes }] : [];
    });
    this.weeks.set(week, drawn);
    return drawn;
  }

  private outcomesOn(date: CivilDate) {
    return this.week(isoWeekOf(date)).flatMap(({ carePackage, outcomes }) =>
      outcomes
        .filter(({ planned }) => planned.on === date)
        .map((outcome) => ({ carePackage, outcome })),
    );
  }

  private unattended(date: CivilDate, one: OnePlanned): DemoCommand[] {
    const { carePackage, outcome } = one;
    if (outcome.missed === 'reported') return [this.missReport(date, one)];
    if (!outcome.excused) return [];
    const visitId = visitIdOf(carePackage, outcome);
    const fromCouncil =
      outcome.excused === 'hospital' || outcome.excused === 'cancelled-by-council';
    const who = fromCouncil ? 'broker' : providerUser(carePackage.care?.providerId ?? '');
    const fields = {
      ...{ visitId, reason: outcome.excused, noticeAt: momentOn(date, '06:15') },
      ...(outcome.excused === 'other' && { note: 'A burst pipe; the street was closed.' }),
    };
    return [this.send(eveningOf(date), 'ExcuseVisit', who, fields, 'excuse', visitId)];
  }

  private missReport(date: CivilDate, { carePackage, outcome }: OnePlanned): DemoCommand {
    const visitId = visitIdOf(carePackage, outcome);
    const random = new SeededRandom(this.plan.seed, 'missed', visitId);
    const reason = random.weighted([
      ['no-staff', 40],
      ['carer-sick', 25],
      ['rota-error', 25],
      ['transport', 10],
    ]);
    const who = providerUser(carePackage.care?.providerId ?? '');
    const fields = { visitId, reason };
    return this.send(eveningOf(date), 'ReportMissedVisit', who, fields, 'missed', visitId);
  }

  private records(date: CivilDate, packageWeek: PackageWeek): DemoCommand[] {
    const { carePackage, outcomes } = packageWeek;
    const due = outcomes.filter((outcome) => this.toldOn(packageWeek, outcome) === date);
    const legs = due.flatMap((outcome) => this.legInputs(carePackage, outcome));
    if (legs.length === 0) return [];
    const who = providerUser(carePackage.care?.providerId ?? '');
    const visits = due.filter((outcome) => outcome.legs.length > 0).length;
    const about = ['record', carePackage.key, date];
    return [{ ...this.send(eveningOf(date), 'RecordVisits', who, { legs }, ...about), visits }];
  }

  /** On the Sunday for a week; on the day itself this week, and where it tells that care has begun. */
  private toldOn({ carePackage, week }: PackageWeek, { planned: { on } }: VisitOutcome): CivilDate {
    const begins = !carePackage.startConfirmedAt && carePackage.rounds.length > 0;
    const firstOn = begins ? this.draws.firstDayOf(carePackage) : undefined;
    return week === this.currentWeek || on === firstOn ? on : addDays(mondayOf(week), 6);
  }

  private legInputs(carePackage: DemoPackage, outcome: VisitOutcome) {
    const quality = this.qualities.get(carePackage.care?.providerKey ?? '') as ProviderQuality;
    const visitId = visitIdOf(carePackage, outcome);
    return outcome.legs.map(({ carerLeg, carerRef, inAt, outAt }) => ({
      ...{ visitId, carerLeg, carerRef, loggedInAt: loggedTime(quality, inAt) },
      ...(outAt && { loggedOutAt: loggedTime(quality, outAt) }),
    }));
  }

  private correction(
    tuesday: CivilDate,
    { carePackage }: PackageWeek,
    outcome: VisitOutcome,
  ): { proposed: DemoCommand; approved: DemoCommand | undefined } | undefined {
    const visitId = visitIdOf(carePackage, outcome);
    const [leg] = outcome.legs;
    if (!leg) return undefined;
    const random = new SeededRandom(this.plan.seed, 'correction', visitId);
    const change = correctionOf(random, leg);
    if (!change) return undefined;
    const at = momentOn(tuesday, '11:00');
    const fields = { visitId, carerLeg: leg.carerLeg, ...change.fields, reason: change.reason };
    const who = providerUser(carePackage.care?.providerId ?? '');
    const about = ['correct', visitId];
    const proposed = this.send(at, 'CorrectVisit', who, fields, ...about);
    if (!change.needsApproval || random.chance(0.2)) return { proposed, approved: undefined };
    const correctionId = deriveId(commandIdOf(this.plan.seed, at, ...about), 'correction');
    const approval = { visitId, correctionId };
    const approvedAt = momentOn(tuesday, '15:00');
    const by = 'quality-officer';
    const command = 'ApproveVisitCorrection';
    return {
      proposed,
      approved: this.send(approvedAt, command, by, approval, 'approve', visitId),
    };
  }
}

interface OnePlanned {
  readonly carePackage: DemoPackage;
  readonly outcome: VisitOutcome;
}

const visitIdOf = ({ packageId }: DemoPackage, { planned }: VisitOutcome): string =>
  `${packageId}.${planned.visit}`;

/** Forgotten log-outs are mostly given later; now and then a carer or a minute was wrong. */
function correctionOf(random: SeededRandom, { carerRef, inAt, outAt }: DemoLeg) {
  if (outAt === null) {
    if (random.chance(0.3)) return undefined;
    const fields = { loggedOutAt: addMinutes(inAt, 28) };
    return { fields, reason: 'The carer forgot to log out.', needsApproval: true };
  }
  const chance = random.next();
  if (chance < 0.0015) {
    const fields = { carerRef: `${carerRef}R` };
    return {
      fields,
      reason: 'A relief carer came with the phone of another.',
      needsApproval: true,
    };
  }
  if (chance > 0.003) return undefined;
  const corrected = addMinutes(outAt, 1);
  const needsApproval = paid(inAt, outAt) !== paid(inAt, corrected);
  const fields = { loggedOutAt: corrected };
  return { fields, reason: 'The phone was slow to log out.', needsApproval };
}

const paid = (inAt: Instant, outAt: Instant): number | null =>
  paidMinutes(elapsedSeconds(inAt, outAt), defaultBands);
