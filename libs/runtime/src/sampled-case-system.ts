import { systemActor, type Actor } from '#kernel/actor.js';
import { personIdOf } from '#brokerage/package/package.referral.decider.js';
import { caseSystemIdOf } from '#brokerage/case-system/case-system.rules.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<unknown>;

const administrator: Actor = { id: 'administrator', roles: ['administrator'] };

/** A case system's secrets and address. */
export async function sendCaseSystem(send: Send): Promise<void> {
  const system = 'sample-case-system';
  const secret = { system, systemId: caseSystemIdOf(system), direction: 'in' };
  const first = { ...secret, secret: 'whsec_Zmlyc3Q=' };
  await send('IssueCaseSystemSecret', first, administrator);
  await send('ReplaceCaseSystemSecret', { ...secret, secret: 'whsec_c2Vjb25k' }, administrator);
  await send('RevokeCaseSystemSecret', { system, direction: 'in' }, administrator);
  const address = 'https://case.example/hooks';
  const servicesAddress = 'https://case.example/services';
  await send('SetCaseSystemAddress', { system, address, servicesAddress }, administrator);
  await send('EndCaseSystemAddress', { system, because: 'gone' }, systemActor);
  await sendMessages(system, send);
}

const messageId = (last: number) => `0193a000-0000-7000-8000-0000000000c${last}`;

/** Messages of one person: taken, set aside, tried again, seen to by hand, and one that is missing. */
async function sendMessages(system: string, send: Send): Promise<void> {
  const personId = personIdOf({ system, personRef: 'P-900001' });
  const message = (last: number, sequence: number) => ({
    ...{ personId, messageId: messageId(last), system, sequence, type: 'person.died' },
    ...{ occurredAt: '2026-03-02T09:00:00.000Z', contentHash: `c${last}` },
    ...{ body: '{"diedOn":"2026-03-01"}', aside: '{"data":{"mood":"cheerful"}}' },
  });
  const of = (last: number) => ({ personId, messageId: messageId(last) });
  const broker: Actor = { id: 'broker', roles: ['broker'] };
  await send('ReceiveCaseMessage', message(1, 1), systemActor);
  const violations = [{ code: 'CareNotLive', path: 'type' }];
  await send('SetCaseMessageAside', { ...of(1), violations }, systemActor);
  await send('RetryCaseMessage', of(1), broker);
  const effect = { packageIds: [messageId(9)], commands: ['EndPackage'], notice: 'person-died' };
  await send('RecordCaseMessageTaken', { ...of(1), ...effect }, systemActor);
  await send('ReceiveCaseMessage', message(3, 3), systemActor);
  await send('ReportCaseGap', { personId }, systemActor);
  await send('ReceiveCaseMessage', message(2, 2), systemActor);
  await send('ReceiveCaseMessage', message(6, 6), systemActor);
  await send('SkipCaseGap', { personId, reason: 'The record has no such message.' }, broker);
  await send('SetCaseMessageAside', { ...of(3), violations }, systemActor);
  await send('DismissCaseMessage', { ...of(3), reason: 'Ended by hand.' }, broker);
  const itemId = messageId(8);
  const item = { itemId, personId, kind: 'person-died', about: { messageId: messageId(1) } };
  await send('OpenQueueItem', { ...item, violations }, systemActor);
  await send('AssignQueueItem', { itemId, owner: 'broker-2' }, broker);
  const resolution = { itemId, outcome: 'done', note: 'Rang the family.' };
  await send('ResolveQueueItem', resolution, broker);
  await send('OpenQueueItem', { ...item, violations }, systemActor);
  await send('CloseQueueItem', { itemId }, systemActor);
}
