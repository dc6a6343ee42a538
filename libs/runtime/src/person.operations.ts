import { z } from 'zod';
import { idOfKey, isUuid } from '#kernel/ids.js';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import { erasureGrounds } from '#brokerage/service-user/service-user.codes.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { ensure } from './keys.rules.js';
import type { Rotation, RuntimeKeys } from './subject-keys.js';

interface KeyHolder extends Runtime {
  readonly keys: RuntimeKeys;
}

/** A person's id, or `system:personRef` as the case system knows them. */
function personIdFrom(named: string): string {
  if (isUuid(named)) return named;
  const at = named.indexOf(':');
  ensure(at > 0 && at < named.length - 1, 'PersonNotNamed');
  return idOfKey('person', named.slice(0, at), named.slice(at + 1));
}

/** What the command line may do to the record of a person, and to the keys of all. */
export const personOperations = {
  'erase-person': operation(
    z.object({
      commandId: z.uuidv7(),
      person: z.string().max(200),
      ground: z.enum(erasureGrounds),
    }),
    async (service: KeyHolder, { commandId, person, ground }) => {
      const personId = personIdFrom(person);
      const command = { commandId, personId, ground };
      const { position } = await service.commands.executeNamed('ErasePerson', command, {
        actor: operator,
      });
      return { personId, position };
    },
  ),
  'rotate-master-key': operation(
    z.object({ newMasterKey: z.string().optional() }),
    ({ keys }: KeyHolder, { newMasterKey }): Rotation | Promise<Rotation> =>
      keys.rotate(newMasterKey),
  ),
};
