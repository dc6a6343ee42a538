import { deriveId } from '#kernel/ids.js';
import { addDays, type CivilDate, type LocalTime } from '#kernel/time.js';
import { momentOn, successorStartsOn } from './demo-calendar.js';
import type { DemoCommand, Sender } from './demo-command.js';
import { commandIdOf } from './demo-ids.js';
import type { DemoPlan } from './demo-plan.js';
import { contractCommands, inHouseContract, rateCard, withdrawal } from './contract-commands.js';
import { openingsOn } from './demo-providers.js';

const lots = [
  { lot: 'lot-1', name: 'Home care' },
  { lot: 'lot-2', name: 'Complex care at home' },
  { lot: 'lot-3', name: 'Night care' },
];
const lotCodes = lots.map(({ lot }) => lot);

/** The framework of 2017, its openings and admissions, who withdrew, and its one extension. */
export function firstFramework(plan: DemoPlan, send: Sender): DemoCommand[] {
  const { calendar, providers, seed } = plan;
  const at = (time: LocalTime) => momentOn(calendar.setUpOn, time);
  const name = 'Home Care Framework 2017';
  const established = commandIdOf(seed, at('08:10'), 'framework', 'first');
  const frameworkId = deriveId(established, 'framework');
  const terms = { name, startsOn: openingsOn[0], lastDay: '2024-10-08', lots };
  const openingId = (opensOn: string) =>
    deriveId(commandIdOf(seed, at('08:12'), 'opening', opensOn), 'opening');
  return [
    send(at('08:10'), 'EstablishFramework', 'commissioner', terms, 'framework', 'first'),
    ...openingsOn.map((opensOn, index) => {
      const opening = { frameworkId, opensOn, lots: index === 0 ? lotCodes : ['lot-1'] };
      return send(at('08:12'), 'OpenFramework', 'commissioner', opening, 'opening', opensOn);
    }),
    ...providers.flatMap((provider, index) => {
      if (!provider.admittedOn) return inHouseContract(provider, send);
      const admitted = provider.admittedOn;
      const admission = {
        openingId: openingId(admitted),
        lots: admitted === openingsOn[0] ? admittedLots(index) : ['lot-1'],
        admittedOn: admitted,
      };
      const card = (time: LocalTime, effectiveOn: CivilDate, pence: number) =>
        rateCard(send, provider, provider.first, { at: at(time), effectiveOn, pence });
      const now = provider.first.ratePencePerHour ?? 0;
      return [
        ...contractCommands(send, provider, provider.first, { frameworkId, admission }),
        card('08:50', admitted, now - 560),
        card('08:55', '2022-04-01', now),
        ...withdrawal(send, provider, at('09:00')),
      ];
    }),
    send(
      at('09:10'),
      'ExtendFramework',
      'commissioner',
      {
        ...{ frameworkId, lastDay: addDays(successorStartsOn, -1) },
        reason: 'No gap before the next framework.',
      },
      ...['extension', 'first'],
    ),
  ];
}

/** The framework that follows, when it is known by the as-of date. */
export function successorFramework(
  { calendar, providers, seed }: DemoPlan,
  send: Sender,
): DemoCommand[] {
  const { successorKnownOn } = calendar;
  if (successorKnownOn === null) return [];
  const at = (time: LocalTime) => momentOn(successorKnownOn, time);
  const opened = commandIdOf(seed, at('09:20'), 'opening', successorStartsOn);
  const idOf = (framework: string, time: LocalTime) =>
    deriveId(commandIdOf(seed, at(time), 'framework', framework), 'framework');
  const succeeds = deriveId(
    commandIdOf(seed, momentOn(calendar.setUpOn, '08:10'), 'framework', 'first'),
    'framework',
  );
  const frameworkId = idOf('successor', '09:15');
  const name = 'Home Care Framework 2025';
  const terms = { name, startsOn: successorStartsOn, lastDay: '2035-10-12', lots, succeeds };
  const opening = { frameworkId, opensOn: successorStartsOn, lots: lotCodes };
  return [
    send(at('09:15'), 'EstablishFramework', 'commissioner', terms, 'framework', 'successor'),
    send(at('09:20'), 'OpenFramework', 'commissioner', opening, 'opening', successorStartsOn),
    ...providers.flatMap((provider, index) => {
      const contract = provider.successor;
      if (!contract) return [];
      const admission = {
        openingId: deriveId(opened, 'opening'),
        lots: index < 13 ? admittedLots(index) : ['lot-1'],
        admittedOn: successorStartsOn,
      };
      return [
        ...contractCommands(send, provider, contract, { frameworkId, admission }),
        rateCard(send, provider, contract, {
          ...{ at: at('09:50'), effectiveOn: successorStartsOn },
          pence: contract.ratePencePerHour ?? 0,
        }),
      ];
    }),
  ];
}

/** Every second provider of the first opening also works in the other lots. */
const admittedLots = (index: number): string[] => (index % 2 === 0 ? lotCodes : ['lot-1', 'lot-2']);
