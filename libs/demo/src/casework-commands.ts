import { addDays } from '#kernel/time.js';
import { deriveId } from '#kernel/ids.js';
import { momentOn } from './demo-calendar.js';
import { providerUser, sender, type DemoCommand, type Sender } from './demo-command.js';
import { commandIdOf } from './demo-ids.js';
import type { DemoPackage } from './demo-package.js';
import type { DemoPlan } from './demo-plan.js';

/** The last afternoon before the as-of date: what lies on the team's desks besides the waiting list. */
export function caseworkCommands(plan: DemoPlan): DemoCommand[] {
  const send = sender(plan.seed);
  const served = servedPackages(plan);
  return [
    ...lifeCommands(plan, send, served),
    ...blockCommands(plan, send, served),
    ...waitingCommands(plan, send),
    ...incompleteReferral(plan, send),
    ...panelCase(plan, send),
    suspendedProvider(plan, send),
  ];
}

const afternoon = ({ calendar: { workingDays } }: DemoPlan, time: string): string =>
  momentOn(workingDays.at(-1) ?? '', time);

/** Packages whose care goes on for certain, those last in the plan first. */
const servedPackages = ({ packages, calendar: { asOfOn } }: DemoPlan): DemoPackage[] =>
  packages
    .filter(({ care, exit, waiting }) => care?.framework === 'successor' && !exit && !waiting)
    .filter(({ care }) => care !== null && !care.endsBefore && care.startOn < addDays(asOfOn, -21))
    .toReversed();

/** One person in hospital, one handed back, one with more care for a while. */
function lifeCommands(plan: DemoPlan, send: Sender, served: readonly DemoPackage[]): DemoCommand[] {
  const { asOfOn } = plan.calendar;
  const [inHospital, handedBack, varied] = served;
  if (!inHospital?.care || !handedBack?.care || !varied?.care) return [];
  const suspension = {
    ...{ packageId: inHospital.packageId, reason: 'hospital', fromOn: asOfOn },
    expectedReturnOn: addDays(asOfOn, 12),
  };
  const handback = {
    ...{ packageId: handedBack.packageId, effectiveOn: addDays(asOfOn, 28) },
    reason: 'The round in this area is given up.',
  };
  const variation = {
    ...{ packageId: varied.packageId, kind: 'temporary', reason: 'The daughter is away.' },
    ...{ fromOn: addDays(asOfOn, 3), lastDay: addDays(asOfOn, 16) },
    schedule: variedSchedule(varied),
  };
  const provider = providerUser(handedBack.care.providerId);
  return [
    send(afternoon(plan, '15:10'), 'SuspendPackage', 'broker', suspension, 'in-hospital'),
    send(afternoon(plan, '15:20'), 'HandBackPackage', provider, handback, 'handed-back'),
    send(afternoon(plan, '15:30'), 'VaryPackage', 'broker', variation, 'varied'),
  ];
}

/** The same visits, each with its agreed start; the first a quarter of an hour longer. */
const variedSchedule = ({ needs, care }: DemoPackage) =>
  needs.schedule.map(({ latestStart: _, ...line }, at) => ({
    ...line,
    line: at + 1,
    start: care?.lines[at]?.start ?? line.start,
    ...(at === 0 && line.minutes >= 30 && { minutes: line.minutes + 15 }),
  }));

/** An extra-care scheme whose lunches and nights are bought as a block (S2-4). */
function blockCommands(plan: DemoPlan, send: Sender, served: readonly DemoPackage[]) {
  const { asOfOn } = plan.calendar;
  const [, , , tenant] = served;
  if (!tenant?.care) return [];
  const openedAt = afternoon(plan, '14:10');
  const contractId = deriveId(commandIdOf(plan.seed, openedAt, 'block'), 'providerContract');
  const windows = [
    { name: 'lunch', from: '12:00', before: '14:00' },
    { name: 'night', from: '22:00', before: '06:00' },
  ];
  const block = { scheme: 'Lantern Court', windows, weeklyMinutes: 2_520, weeklyPence: 88_200 };
  const { providerId } = tenant.care;
  const contract = { providerId, type: 'block', startsOn: asOfOn, block };
  const tenancy = { contractId, packageId: tenant.packageId, fromOn: asOfOn };
  return [
    send(openedAt, 'OpenContract', 'commissioner', contract, 'block'),
    send(afternoon(plan, '14:20'), 'MoveTenantIn', 'commissioner', tenancy, 'tenant'),
  ];
}

/** What is known of people who wait: how they manage, and why it takes so long. */
function waitingCommands(plan: DemoPlan, send: Sender): DemoCommand[] {
  const waiting = plan.packages.filter((carePackage) => carePackage.waiting === 'unanswered');
  const at = afternoon(plan, '15:40');
  const today = at.slice(0, 10);
  return waiting.slice(0, 3).flatMap(({ packageId, key }) => {
    const about = (what: string) => [what, key] as const;
    const cover = { packageId, cover: 'family-or-friends', fromOn: today };
    const reason = { packageId, reason: 'time-of-day' };
    const review = { packageId, reviewedOn: today, outcome: 'safe-to-wait' };
    return [
      send(at, 'RecordInterimCover', 'broker', cover, ...about('cover')),
      send(afternoon(plan, '15:45'), 'RecordWaitingReason', 'broker', reason, ...about('reason')),
      send(afternoon(plan, '15:50'), 'RecordRiskReview', 'broker', review, ...about('risk')),
    ];
  });
}

/** A referral of an external broker organisation that lacks the days and the minutes of a visit. */
function incompleteReferral(plan: DemoPlan, send: Sender): DemoCommand[] {
  const sample = plan.packages.find(({ waiting }) => waiting === 'just-referred');
  const [line] = sample?.needs.schedule ?? [];
  if (!sample || !line) return [];
  const { days: _, minutes: __, shortVisitAgreement: ___, ...gap } = line;
  const reference = {
    ...{ system: 'demo-case-system', personRef: 'P-200001', referralRef: 'R-200001' },
  };
  const needs = { ...sample.needs, lot: 'lot-1', schedule: [gap] };
  const fields = { reference, needs, keepIncomplete: true };
  const broker = 'external-broker:harbour-brokers';
  return [send(afternoon(plan, '16:00'), 'ReferPackage', broker, fields, 'incomplete')];
}

/** Someone who needs two carers four times a day: over the panel's level, and before the panel (S3-7). */
function panelCase(plan: DemoPlan, send: Sender): DemoCommand[] {
  const sample = plan.packages.find(({ waiting }) => waiting === 'just-referred');
  if (!sample) return [];
  const referredAt = afternoon(plan, '13:20');
  const packageId = deriveId(commandIdOf(plan.seed, referredAt, 'over-level'), 'carePackage');
  const schedule = ['07:30', '12:00', '16:30', '21:00'].map((start) => ({
    ...{ days: [1, 2, 3, 4, 5, 6, 7], start, minutes: 90, carers: 2 },
    ...{ tasks: ['personal-care', 'moving-and-handling'], critical: false },
  }));
  const reference = {
    ...{ system: 'demo-case-system', personRef: 'P-200002', referralRef: 'R-200002' },
  };
  const referral = {
    ...{ reference, directPayment: { outcome: 'not-wanted' } },
    needs: { ...sample.needs, lot: 'lot-1', urgent: false, schedule },
  };
  const put = { packageId, on: 'estimate' };
  return [
    send(referredAt, 'ReferPackage', 'case-system', referral, 'over-level'),
    send(afternoon(plan, '13:40'), 'OpenPanelCase', 'broker', put, 'panel'),
  ];
}

/** One provider takes no new work of the second lot until its actions are closed (X7). */
function suspendedProvider(plan: DemoPlan, send: Sender): DemoCommand {
  const at = afternoon(plan, '16:10');
  const { providerId } = plan.providers.find(({ withdrewOn }) => withdrewOn === null) ?? {
    providerId: '',
  };
  const reason = 'Actions of the last quality review are open.';
  const fields = { providerId, lots: ['lot-2'], reason, fromOn: at.slice(0, 10) };
  return send(at, 'SuspendProvider', 'quality-officer', fields, 'suspend-lot-2');
}
