import { providerUser, sender, type DemoCommand, type Sender } from './demo-command.js';
import { offerIdOf, type DemoChoice, type DemoReply, type DemoRound } from './demo-journey.js';
import type { DemoPackage } from './demo-package.js';
import { choiceReason, demoChooser } from './demo-people.js';
import type { DemoPlan } from './demo-plan.js';
import { SeededRandom } from './seeded-random.js';
import { addDays, addMinutes } from '#kernel/time.js';

/** All that happens to a package besides its visits. */
export function journeyCommands(plan: DemoPlan, carePackage: DemoPackage): DemoCommand[] {
  const send = sender(plan.seed);
  const random = new SeededRandom(plan.seed, 'journey', carePackage.key);
  return [
    intakeCommand(send, carePackage),
    ...carePackage.rounds.flatMap((round) => roundCommands(send, random, carePackage, round)),
    ...startCommands(send, carePackage),
    ...exitCommands(send, carePackage),
  ];
}

function intakeCommand(send: Sender, carePackage: DemoPackage): DemoCommand {
  const { key, intakeAt, reference, needs, intake, care } = carePackage;
  if (intake === 'referred') {
    const directPayment = { outcome: 'not-wanted' };
    const fields = { reference, needs, directPayment };
    return send(intakeAt, 'ReferPackage', 'case-system', fields, 'refer', key);
  }
  const { providerId, contractId, startOn: startedOn } = care as NonNullable<typeof care>;
  const fields = { reference, needs, providerId, contractId, startedOn };
  return send(intakeAt, 'TakeOnPackage', 'broker', fields, 'take-on', key);
}

function roundCommands(
  send: Sender,
  random: SeededRandom,
  { key, packageId, needs }: DemoPackage,
  round: DemoRound,
): DemoCommand[] {
  const { issuedAt, namedClose, issueCommandId, replies, presentedAt, refusedAt } = round;
  const broker = random.chance(0.5) ? 'broker' : 'second-broker';
  const issue = {
    ...{ packageId, route: 'framework' },
    ...(namedClose && { closesAt: namedClose }),
  };
  const refusal = { refusedBy: demoChooser(random), reasons: ['None of the times fits the day.'] };
  const about = [key, round.requestId];
  return [
    ...(needs.serviceLine === 'short-term' ? [inHouseIsFull(send, packageId, round)] : []),
    {
      ...send(issuedAt, 'IssueRequest', broker, issue),
      fields: { commandId: issueCommandId, ...issue },
    },
    ...replies.map((reply) => replyCommand(send, random, round, { reply, broker })),
    ...(presentedAt
      ? [send(presentedAt, 'PresentOffers', broker, { packageId }, 'present', ...about)]
      : []),
    ...round.choices.flatMap((choice) => [
      choiceCommand(send, random, packageId, { choice, broker }),
      ...awardCommands(send, packageId, { choice, broker }),
    ]),
    ...(refusedAt
      ? [send(refusedAt, 'RefuseOffers', broker, { packageId, ...refusal }, 'refuse', ...about)]
      : []),
  ];
}

/** Short-term care is asked of the in-house service first (S3-17). */
const inHouseIsFull = (send: Sender, packageId: string, round: DemoRound): DemoCommand =>
  send(
    round.issuedAt,
    'ExcuseRouteStep',
    'broker',
    {
      ...{ packageId, route: 'in-house', reason: 'no-capacity' },
      evidence: 'The reablement team has no free rota this week.',
    },
    ...['excuse', round.requestId],
  );

function replyCommand(
  send: Sender,
  random: SeededRandom,
  round: DemoRound,
  { reply, broker }: { reply: DemoReply; broker: string },
): DemoCommand {
  const { at, declines, entered, providerId, startOn, times } = reply;
  const { requestId } = round;
  const who = entered ? broker : providerUser(providerId);
  const receipt = entered ? { providerId, receivedAt: addMinutes(at, -random.int(5, 30)) } : {};
  const about = ['reply', offerIdOf(round, providerId)];
  if (declines) {
    const note = declines === 'other' ? { note: 'The office is moving this week.' } : {};
    const fields = { requestId, reason: declines, ...note, ...receipt };
    return send(at, 'DeclineRequest', who, fields, ...about);
  }
  const evidence = entered ? { evidence: `mail ${random.int(10_000, 99_999)}` } : {};
  return send(
    at,
    'SubmitOffer',
    who,
    { requestId, startOn, times, ...receipt, ...evidence },
    ...about,
  );
}

function choiceCommand(
  send: Sender,
  random: SeededRandom,
  packageId: string,
  { choice, broker }: { choice: DemoChoice; broker: string },
): DemoCommand {
  const { at, offerId, exception } = choice;
  const about = ['choose', offerId];
  const reasons = [choiceReason(random)];
  if (!exception) {
    const fields = { packageId, offerId, chosenBy: demoChooser(random), reasons };
    return send(at, 'ChooseOffer', broker, fields, ...about);
  }
  const assessed =
    exception === 'best-interests' ? { capacityAssessedOn: addDays(at.slice(0, 10), -9) } : {};
  const decision = { exception, decisionMaker: demoChooser(random).name, ...assessed };
  const fields = { packageId, offerId, ...decision, reasons };
  return send(at, 'ChooseOfferByException', broker, fields, ...about);
}

/** The award; where it falls through, the provider withdraws at the same moment. */
function awardCommands(
  send: Sender,
  packageId: string,
  { choice, broker }: { choice: DemoChoice; broker: string },
): DemoCommand[] {
  const { awardedAt, fallsThrough, offerId, providerId } = choice;
  if (!awardedAt) return [];
  const award = send(awardedAt, 'AwardPackage', broker, { packageId }, 'award', offerId);
  if (!fallsThrough) return [award];
  const withdrawal = { offerId, reason: 'Two carers have left.' };
  return [
    { ...award, mayBeRefused: true },
    send(
      awardedAt,
      'WithdrawOffer',
      providerUser(providerId),
      withdrawal,
      ...['withdraw', offerId],
    ),
  ];
}

function startCommands(
  send: Sender,
  { key, packageId, care, startConfirmedAt }: DemoPackage,
): DemoCommand[] {
  if (!startConfirmedAt || !care) return [];
  const who = providerUser(care.providerId);
  const fields = { packageId, startedOn: care.startOn };
  return [send(startConfirmedAt, 'ConfirmStart', who, fields, 'start', key)];
}

function exitCommands(send: Sender, { key, packageId, exit }: DemoPackage): DemoCommand[] {
  if (!exit) return [];
  const about = ['exit', key];
  if (exit.kind === 'withdrawn') {
    const { at, reason } = exit;
    return [send(at, 'WithdrawReferral', 'broker', { packageId, reason }, ...about)];
  }
  if (exit.kind === 'direct-payment') {
    const fields = { packageId, fromOn: exit.fromOn, reason: 'The person employs a carer.' };
    return [send(exit.at, 'TakeDirectPayment', 'broker', fields, ...about)];
  }
  const { at, lastDay, outcome, reason } = exit;
  const fields = { packageId, lastDay, outcome, ...(reason && { reason }) };
  return [send(at, 'EndPackage', 'broker', fields, ...about)];
}
