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

export const packagesFoughtOver = 6;

const choose = withOffer('ChooseOffer', { chosenBy: edith, reasons: ['The time suits'] });
const award = asBroker('AwardPackage');
const present = asBroker('PresentOffers');

/** Common moves stand more than once, so that packages get far. */
export const makers: readonly MoveMaker[] = [
  ...[submitOffer, submitOffer, submitOffer, submitOffer, submitOffer, submitOffer],
  ...[present, present, choose, choose, choose, choose, choose, award, award, award],
  ...[
    asBroker('IssueRequest', { route: 'FRAMEWORK' }),
    asBroker('IssueRequest', { route: 'FRAMEWORK' }),
    declineRequest,
  ],
  withdrawOffer,
  startConfirmed,
  withOffer('ChooseOfferByException', {
    ...{ exception: 'URGENT', decisionMaker: 'Grace', reasons: ['Home tonight'] },
  }),
  asBroker('RefuseOffers', { refusedBy: edith, reasons: ['None suits'] }),
];
