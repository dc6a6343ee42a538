import { addDays } from '#kernel/time.js';
import type { Board, Dice, MoveMaker } from './race-clients.js';

const edith = { name: 'Edith', relationship: 'PERSON' };

const asBroker =
  (command: string, fields: object = {}): MoveMaker =>
  (dice, { packageIds }) => {
    const person = dice.below(2) === 0 ? 'broker' : 'second-broker';
    return { command, person, fields: { packageId: dice.pick(packageIds), ...fields } };
  };

/** Old offers are tried too, but seldom: most moves are about what is going on. */
const recentOffer = (dice: Dice, { offers }: Board) =>
  dice.pick(dice.below(8) === 0 ? offers : offers.slice(-2 * packagesFoughtOver));

const withOffer =
  (command: string, fields: object): MoveMaker =>
  (dice, board) => {
    const offer = recentOffer(dice, board);
    if (!offer) return undefined;
    const { packageId, offerId } = offer;
    return { command, person: 'broker', fields: { packageId, offerId, ...fields } };
  };

const submitOffer: MoveMaker = (dice, { providerIds, requests, startOn }) => {
  const request = dice.pick(requests.slice(-packagesFoughtOver));
  if (!request) return undefined;
  const { requestId } = request;
  const times = [{ line: 1, start: `0${dice.below(9)}:15` }];
  const person = `provider:${dice.pick(providerIds) ?? ''}`;
  return { command: 'SubmitOffer', person, fields: { requestId, startOn, times } };
};

const declineRequest: MoveMaker = (dice, board) => {
  const move = submitOffer(dice, board);
  if (!move) return undefined;
  const { requestId } = move.fields as { requestId: string };
  return { ...move, command: 'DeclineRequest', fields: { requestId, reason: 'NO_STAFF' } };
};

const withdrawOffer: MoveMaker = (dice, board) => {
  const offer = recentOffer(dice, board);
  if (!offer) return undefined;
  const fields = { offerId: offer.offerId, reason: 'No carers left' };
  return { command: 'WithdrawOffer', person: `provider:${offer.providerId}`, fields };
};

const startConfirmed: MoveMaker = (dice, board) => {
  const offer = recentOffer(dice, board);
  if (!offer) return undefined;
  const fields = { packageId: offer.packageId, startedOn: board.startOn };
  return { command: 'ConfirmStart', person: `provider:${offer.providerId}`, fields };
};

const decidePanelCase: MoveMaker = (dice, { cases }) => {
  const opened = dice.pick(cases.slice(-2 * packagesFoughtOver));
  if (!opened) return undefined;
  const outcome = dice.below(4) === 0 ? 'DEFERRED' : 'APPROVED';
  const decision = { agency: 'adult-social-care', outcome, reason: 'As assessed' };
  return { command: 'DecidePanelCase', person: 'panel-member', fields: { ...opened, ...decision } };
};

const askRanking: MoveMaker = (dice, { requests }) => {
  const request = dice.pick(requests.slice(-packagesFoughtOver));
  if (!request) return undefined;
  const fields = { requestId: request.requestId, requestedBy: edith };
  return { command: 'RequestRankingAdvice', person: 'broker', fields };
};

/** A day up to a week from the first one, either way. */
const near = (dice: Dice, { startOn }: Board) => addDays(startOn, dice.below(15) - 7);

const withDay =
  (command: string, day: string, fields: object = {}): MoveMaker =>
  (dice, board) =>
    asBroker(command, { ...fields, [day]: near(dice, board) })(dice, board);

const answerRestart: MoveMaker = (dice, board) => {
  const received = { receivedAt: new Date().toISOString(), evidence: 'A call' };
  const answer = { accepts: dice.below(3) > 0, reason: 'No carers', ...received };
  return asBroker('AnswerRestart', answer)(dice, board);
};

const vary: MoveMaker = (dice, board) => {
  const line = { days: [1, 2, 3, 4, 5, 6, 7], start: '09:00', minutes: 30 + 15 * dice.below(3) };
  const schedule = [{ ...line, carers: 1, tasks: ['PERSONAL_CARE'], critical: false }];
  const fields = { kind: 'PERMANENT', reason: 'Needs changed', schedule };
  return withDay('VaryPackage', 'fromOn', fields)(dice, board);
};

export const packagesFoughtOver = 12;

const issue = asBroker('IssueRequest', { routeReason: 'Nobody in the framework could' });
const choose = withOffer('ChooseOffer', { chosenBy: edith, reasons: ['The time suits'] });
const award = asBroker('AwardPackage');
const present = asBroker('PresentOffers');

/** Common moves stand more than once, so that packages get far. */
export const makers: readonly MoveMaker[] = [
  ...[submitOffer, submitOffer, submitOffer, submitOffer, submitOffer, submitOffer],
  ...[present, present, choose, choose, choose, choose, choose, award, award, award],
  ...[issue, issue, issue, declineRequest],
  withdrawOffer,
  startConfirmed,
  withOffer('ChooseOfferByException', {
    ...{ exception: 'URGENT', decisionMaker: 'Grace', reasons: ['Home tonight'] },
  }),
  asBroker('RefuseOffers', { refusedBy: edith, reasons: ['None suits'] }),
  asBroker('OpenPanelCase', { on: 'ESTIMATE' }),
  asBroker('OpenPanelCase', { on: 'OFFER' }),
  ...[decidePanelCase, decidePanelCase, askRanking],
];

/** What happens to packages once providers have them. */
export const lifeMakers: readonly MoveMaker[] = [
  withDay('SuspendPackage', 'fromOn', { reason: 'HOSPITAL' }),
  ...[withDay('OfferRestart', 'restartOn'), withDay('OfferRestart', 'restartOn')],
  ...[withDay('OfferRestart', 'restartOn'), withDay('OfferRestart', 'restartOn')],
  ...[answerRestart, answerRestart, answerRestart, vary],
  withDay('RecordReturn', 'returnedOn'),
  withDay('HandBackPackage', 'effectiveOn', { cause: 'HANDBACK', reason: 'Leaves' }),
  asBroker('ReverseAward', { by: 'PROVIDER', reason: 'No carers left' }),
  ...[startConfirmed, startConfirmed],
  ...makers,
];
