import { deriveId } from '#kernel/ids.js';
import { addDays, type LocalTime } from '#kernel/time.js';
import { momentOn } from './demo-calendar.js';
import { sender, type DemoCommand, type Sender } from './demo-command.js';
import { commandIdOf } from './demo-ids.js';
import type { DemoPlan } from './demo-plan.js';
import { demoSuspension } from './demo-providers.js';
import { firstFramework, successorFramework } from './framework-commands.js';

/** Policy, frameworks, providers and their contracts: what stands before the first referral. */
export function setUpCommands(plan: DemoPlan): DemoCommand[] {
  const send = sender(plan.seed);
  return [
    ...policyCommands(plan, send),
    ...registrations(plan, send),
    ...firstFramework(plan, send),
    ...successorFramework(plan, send),
    ...suspensionCommands(plan, send),
  ];
}

function policyCommands({ calendar, seed }: DemoPlan, send: Sender): DemoCommand[] {
  const { setUpOn, goLiveOn } = calendar;
  const proposedAt = momentOn(setUpOn, '08:00');
  const about = 'go-live';
  const changeId = deriveId(commandIdOf(seed, proposedAt, about), 'policyChange');
  const approve = momentOn(setUpOn, '08:05');
  return [
    send(
      proposedAt,
      'ChangePolicy',
      'commissioner',
      {
        effectiveOn: setUpOn,
        values: { ecmGoLiveOn: goLiveOn },
        reason: 'Electronic call monitoring goes live.',
      },
      about,
    ),
    send(approve, 'ApprovePolicyChange', 'second-commissioner', { changeId }, about, 'approval'),
  ];
}

function registrations({ calendar, providers }: DemoPlan, send: Sender): DemoCommand[] {
  const at = (time: LocalTime) => momentOn(calendar.setUpOn, time);
  return providers.flatMap(({ key, providerId, legalName, alias }, index) => [
    send(
      at('08:15'),
      'RegisterProvider',
      'commissioner',
      {
        legalName,
        tradingNames: [],
        cqcLocationIds: [`1-9000000${String(index).padStart(2, '0')}`],
      },
      ...['register', key],
    ),
    ...(alias
      ? [
          send(
            at('08:20'),
            'AddProviderAlias',
            'commissioner',
            { providerId, alias },
            ...['alias', key],
          ),
        ]
      : []),
  ]);
}

function suspensionCommands({ calendar, providers, seed }: DemoPlan, send: Sender): DemoCommand[] {
  const { providerKey, fromOn, liftedOn } = demoSuspension(calendar);
  const providerId = providers.find(({ key }) => key === providerKey)?.providerId ?? '';
  const suspendedAt = momentOn(fromOn, '08:45');
  const suspensionId = deriveId(
    commandIdOf(seed, suspendedAt, 'suspend', providerKey),
    'suspension',
  );
  return [
    send(
      suspendedAt,
      'SuspendProvider',
      'quality-officer',
      { providerId, reason: 'The quality review found open actions.', fromOn },
      ...['suspend', providerKey],
    ),
    send(
      momentOn(addDays(liftedOn, -1), '15:30'),
      'LiftSuspension',
      'quality-officer',
      { providerId, suspensionId, fromOn: liftedOn, reason: 'The actions are closed.' },
      ...['lift', providerKey],
    ),
  ];
}
