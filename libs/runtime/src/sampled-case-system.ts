import { systemActor, type Actor } from '#kernel/actor.js';
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
}
