import { deriveId } from '#kernel/ids.js';
import { addDays, type LocalTime } from '#kernel/time.js';
import { commandIdOf } from '../demo-ids.js';
import { sender, type DemoCommand, type Sender } from '../demo-command.js';
import type { YearPlan } from './year-plan.js';
import { setUpMoment, type YearProvider } from './year-providers.js';

/**
 * What must stand before the files are sent, in steps: the commands of one step wait for those of the
 * step before. Sent again, they take no effect.
 */
export function* yearSetUp(plan: YearPlan): Generator<readonly DemoCommand[]> {
  const send = sender(plan.request.seed);
  for (const command of council(plan, send)) yield [command];
  for (const step of [registered, contracted, admitted, priced]) {
    yield plan.providers.flatMap((provider) => step(plan, send, provider));
  }
  yield plan.packages.map(({ number, reference, needs, provider, startedOn }) => {
    const { providerId, contractId } = provider;
    const fields = { reference, needs, providerId, contractId, startedOn };
    return send(
      moment(plan, '11:00'),
      'TakeOnPackage',
      'broker',
      fields,
      'year',
      'take-on',
      number,
    );
  });
}

const moment = ({ from }: YearPlan, time: LocalTime) => setUpMoment(from, time);

const idOf = (plan: YearPlan, time: LocalTime, kind: string, ...about: string[]): string =>
  deriveId(commandIdOf(plan.request.seed, moment(plan, time), 'year', ...about), kind);

const frameworkOf = (plan: YearPlan) => idOf(plan, '08:10', 'framework', 'framework');
const lots = [{ lot: 'lot-1', name: 'Home care' }];

function council(plan: YearPlan, send: Sender): DemoCommand[] {
  const { from } = plan;
  const startsOn = addDays(from, -400);
  const at = (time: LocalTime) => moment(plan, time);
  const change = {
    effectiveOn: addDays(from, -28),
    values: { ecmGoLiveOn: from },
    reason: 'Electronic call monitoring goes live.',
  };
  const changeId = idOf(plan, '08:00', 'policyChange', 'go-live');
  const frameworkId = frameworkOf(plan);
  const terms = { name: 'Home Care Framework', startsOn, lastDay: addDays(from, 4_000), lots };
  const opening = { frameworkId, opensOn: startsOn, lots: ['lot-1'] };
  const about = ['year', 'go-live'];
  return [
    send(at('08:00'), 'ChangePolicy', 'commissioner', change, ...about),
    send(at('08:05'), 'ApprovePolicyChange', 'second-commissioner', { changeId }, ...about),
    send(at('08:10'), 'EstablishFramework', 'commissioner', terms, 'year', 'framework'),
    send(at('08:12'), 'OpenFramework', 'commissioner', opening, 'year', 'opening'),
  ];
}

const registered = (plan: YearPlan, send: Sender, { key, at, legalName }: YearProvider) => {
  const cqcLocationIds = [`1-9100000${String(at).padStart(2, '0')}`];
  const fields = { legalName, tradingNames: [], cqcLocationIds };
  const about = ['year', 'register', key];
  return [send(moment(plan, '08:15'), 'RegisterProvider', 'commissioner', fields, ...about)];
};

const contracted = (plan: YearPlan, send: Sender, { key, providerId, terms }: YearProvider) => {
  const { startsOn } = terms;
  const fields = { providerId, type: 'framework', startsOn, frameworkId: frameworkOf(plan) };
  const about = ['year', 'open-contract', key];
  return [send(moment(plan, '08:30'), 'OpenContract', 'commissioner', fields, ...about)];
};

const admitted = (plan: YearPlan, send: Sender, { key, contractId, terms }: YearProvider) => {
  const openingId = idOf(plan, '08:12', 'opening', 'opening');
  const fields = { contractId, openingId, lots: ['lot-1'], admittedOn: terms.startsOn };
  const about = ['year', 'admission', key];
  return [send(moment(plan, '08:40'), 'AdmitToLots', 'commissioner', fields, ...about)];
};

const priced = (plan: YearPlan, send: Sender, { key, contractId, terms }: YearProvider) => [
  ...terms.cards.map((card) => {
    const about = ['year', 'rates', card.effectiveOn, key];
    const fields = { contractId, ...card };
    return send(moment(plan, '08:50'), 'SetRateCard', 'commissioner', fields, ...about);
  }),
  ...(terms.payment
    ? [
        send(
          moment(plan, '09:00'),
          'SetPaymentTerms',
          'commissioner',
          { contractId, effectiveOn: terms.startsOn, ...terms.payment },
          ...['year', 'payment', key],
        ),
      ]
    : []),
];
