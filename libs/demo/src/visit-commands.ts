import {
  addDays,
  isoWeekOf,
  mondayOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
} from '#kernel/time.js';
import { momentOn } from './demo-calendar.js';
import { providerUser, sender, type DemoCommand, type Sender } from './demo-command.js';
import { demoChooser } from './demo-people.js';
import type { DemoPlan } from './demo-plan.js';
import type { ProviderQuality } from './provider-quality.js';
import { SeededRandom } from './seeded-random.js';
import { visitIdOf, type OneVisit, type PackageWeek, type VisitDays } from './visit-days.js';
import { loggedTime } from './visit-logs.js';
import type { VisitOutcome } from './visit-outcomes.js';

/** The day's last moment: what was logged, excused and missed is told. */
export const eveningOf = (date: CivilDate): Instant => momentOn(date, '23:50');
/** Before the first visit of the day. */
export const morningOf = (date: CivilDate): Instant => momentOn(date, '06:00');

/** The commands about visits, day by day. */
export class VisitCommands {
  private readonly send: Sender;
  private readonly currentWeek: IsoWeek;
  private readonly qualities: ReadonlyMap<string, ProviderQuality>;

  constructor(
    private readonly plan: DemoPlan,
    private readonly days: VisitDays,
  ) {
    this.send = sender(plan.seed);
    this.currentWeek = isoWeekOf(plan.calendar.asOfOn);
    this.qualities = new Map(plan.providers.map(({ key, quality }) => [key, quality]));
  }

  /** New times for some of the day's visits, agreed before the first of them (S2-9). */
  morning(date: CivilDate): DemoCommand[] {
    const at = morningOf(date);
    return this.days.on(date).flatMap((one) => {
      if (!one.outcome.agreedAnew) return [];
      const visitId = visitIdOf(one);
      const random = new SeededRandom(this.plan.seed, 'agreed-anew', visitId);
      const { start } = one.outcome.agreedAnew;
      const fields = { visitId, on: date, start, agreedWith: demoChooser(random) };
      return [this.send(at, 'AgreeVisitTime', 'broker', fields, 'agree', visitId)];
    });
  }

  /** What was excused and missed that day, and the logs of finished weeks and first days. */
  evening(date: CivilDate): DemoCommand[] {
    const at = eveningOf(date);
    const late = this.days.on(addDays(date, -1)).filter(({ outcome }) => outcome.missed === 'late');
    return [
      ...this.days.on(date).flatMap((one) => this.unattended(at, one)),
      ...late.map((one) => this.missReport(at, one)),
      ...this.days.week(isoWeekOf(date)).flatMap((packageWeek) => this.records(date, packageWeek)),
    ];
  }

  private unattended(at: Instant, one: OneVisit): DemoCommand[] {
    const { excused, missed, planned } = one.outcome;
    if (missed === 'reported') return [this.missReport(at, one)];
    if (!excused) return [];
    const visitId = visitIdOf(one);
    const fromCouncil = excused === 'hospital' || excused === 'cancelled-by-council';
    const fields = {
      ...{ visitId, reason: excused, noticeAt: momentOn(planned.on, '06:15') },
      ...(excused === 'other' && { note: 'A burst pipe; the street was closed.' }),
    };
    const who = fromCouncil ? 'broker' : responsible(one);
    return [this.send(at, 'ExcuseVisit', who, fields, 'excuse', visitId)];
  }

  private missReport(at: Instant, one: OneVisit): DemoCommand {
    const visitId = visitIdOf(one);
    const random = new SeededRandom(this.plan.seed, 'missed', visitId);
    const reason = random.weighted([
      ['no-staff', 40],
      ['carer-sick', 25],
      ['rota-error', 25],
      ['transport', 10],
    ]);
    const fields = { visitId, reason };
    return this.send(at, 'ReportMissedVisit', responsible(one), fields, 'missed', visitId);
  }

  private records(date: CivilDate, packageWeek: PackageWeek): DemoCommand[] {
    const { carePackage, outcomes } = packageWeek;
    const due = outcomes.filter((outcome) => this.toldOn(packageWeek, outcome) === date);
    const legs = due.flatMap((outcome) => this.legInputs({ carePackage, outcome }));
    if (legs.length === 0) return [];
    const visits = due.filter((outcome) => outcome.legs.length > 0).length;
    const about = ['record', carePackage.key, date];
    const who = responsible({ carePackage });
    return [{ ...this.send(eveningOf(date), 'RecordVisits', who, { legs }, ...about), visits }];
  }

  /** On the Sunday for a week; on the day itself this week, and where it tells that care has begun. */
  private toldOn({ carePackage, week }: PackageWeek, { planned: { on } }: VisitOutcome): CivilDate {
    const begins = !carePackage.startConfirmedAt && carePackage.rounds.length > 0;
    const firstOn = begins ? this.days.firstDayOf(carePackage) : undefined;
    return week === this.currentWeek || on === firstOn ? on : addDays(mondayOf(week), 6);
  }

  private legInputs(one: OneVisit) {
    const { carePackage, outcome } = one;
    const quality = this.qualities.get(carePackage.care?.providerKey ?? '') as ProviderQuality;
    const visitId = visitIdOf(one);
    return outcome.legs.map(({ carerLeg, carerRef, inAt, outAt }) => ({
      ...{ visitId, carerLeg, carerRef, loggedInAt: loggedTime(quality, inAt) },
      ...(outAt && { loggedOutAt: loggedTime(quality, outAt) }),
    }));
  }
}

/** A user of the provider whose plan holds the visit. */
export const responsible = ({ carePackage }: Pick<OneVisit, 'carePackage'>) =>
  providerUser(carePackage.care?.providerId ?? '');
