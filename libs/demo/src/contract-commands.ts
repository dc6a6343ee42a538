import type { CivilDate, Instant } from '#kernel/time.js';
import type { DemoCommand, Sender } from './demo-command.js';
import type { DemoContract, DemoProvider } from './demo-providers.js';

/** Opens a framework contract and admits it to lots. */
export function contractCommands(
  send: Sender,
  { key, providerId, patches }: DemoProvider,
  { contractId, openedAt, startsOn, framework }: DemoContract,
  { frameworkId, admission }: { frameworkId: string; admission: object },
): DemoCommand[] {
  const terms = { providerId, type: 'framework', startsOn, frameworkId, patches };
  const admitAt = openedAt.replace(':30:00.000Z', ':40:00.000Z');
  return [
    send(openedAt, 'OpenContract', 'commissioner', terms, 'open-contract', framework, key),
    send(
      admitAt,
      'AdmitToLots',
      'commissioner',
      { contractId, ...admission },
      ...['admission', framework, key],
    ),
  ];
}

/** A card of all day kinds, with a length of visit that is priced apart (S1-14). */
export function rateCard(
  send: Sender,
  { key }: DemoProvider,
  { contractId }: DemoContract,
  { at, effectiveOn, pence }: { at: Instant; effectiveOn: CivilDate; pence: number },
): DemoCommand {
  const rates = [
    { dayKind: 'weekday-day', pencePerHour: pence },
    { dayKind: 'evening', pencePerHour: pence + 60 },
    { dayKind: 'night', pencePerHour: pence + 240 },
    { dayKind: 'weekend', pencePerHour: pence + 120 },
    { dayKind: 'bank-holiday', pencePerHour: pence + 1_000 },
    // Half an hour costs 56 % of an hour.
    { dayKind: 'weekday-day', pencePerHour: Math.round(pence * 1.12), visitMinutes: 30 },
  ];
  const card = { contractId, effectiveOn, rates };
  return send(at, 'SetRateCard', 'commissioner', card, 'rates', effectiveOn, key);
}

/** Ends the contract of a provider that withdrew. */
export const withdrawal = (send: Sender, { key, first, withdrewOn }: DemoProvider, at: string) =>
  withdrewOn
    ? [
        send(
          at,
          'EndContract',
          'commissioner',
          {
            ...{ contractId: first.contractId, lastDay: withdrewOn },
            reason: 'The provider withdrew.',
          },
          ...['withdrawal', key],
        ),
      ]
    : [];

/** The council's own team: an arrangement with a capacity and no price (S3-11). */
export const inHouseContract = (
  { key, providerId, first }: DemoProvider,
  send: Sender,
): DemoCommand[] => [
  send(
    first.openedAt,
    'OpenContract',
    'commissioner',
    { providerId, type: 'in-house', startsOn: first.startsOn, capacityWeeklyMinutes: 60_000 },
    ...['open-contract', 'first', key],
  ),
];
