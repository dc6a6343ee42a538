import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import type { RevokeFeedSecret } from './ecm-feed.commands.js';
import { FeedSecrets } from './feed-secrets.js';

const ofProvider = z.object({ commandId: z.uuidv7(), providerId: z.guid() });
const by = { actor: operator };

/** What an operator may ask for on the command line. */
export const ecmFeedOperations = {
  'create-feed-secret': operation(ofProvider, ({ commands }: Runtime, wanted) =>
    new FeedSecrets(commands).create(wanted, by),
  ),
  'rotate-feed-secret': operation(ofProvider, ({ commands }: Runtime, wanted) =>
    new FeedSecrets(commands).rotate(wanted, by),
  ),
  'revoke-feed-secret': operation(
    ofProvider.extend({ secretId: z.guid().optional() }),
    ({ commands }: Runtime, command) =>
      commands.executeNamed('RevokeFeedSecret', command as RevokeFeedSecret, by),
  ),
};
