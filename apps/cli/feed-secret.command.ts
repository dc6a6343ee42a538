import type { Command } from 'commander';
import type { ShownFeedSecret } from '#brokerage/ecm-feed/ecm-feed.view.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { answering, type Answer } from './output.js';
import { withService } from './service-client.js';

interface OfProvider {
  readonly provider: string;
  readonly secret?: string;
}

/** `feed-secret`: what a provider's real-time feed signs its requests with (S1-15). */
export function addFeedSecret(program: Command): void {
  const secrets = program
    .command('feed-secret')
    .description('the secrets that providers sign their real-time feeds with');
  const ofProvider = (name: string, about: string): Command =>
    secrets.command(name).description(about).requiredOption('--provider <id>', 'whose feed it is');
  for (const [name, operation, about] of making) {
    answering<OfProvider>(ofProvider(name, about), (_, { provider: providerId }) =>
      withService(async (client) =>
        shown(await client.ask(operation, { commandId: newCommandId(), providerId })),
      ),
    );
  }
  answering<OfProvider>(
    ofProvider('revoke', 'end a secret at once, or all of the provider’s').option(
      '--secret <id>',
      'the id of one secret',
    ),
    (_, { provider: providerId, secret: secretId }) =>
      withService(async (client) => {
        const revoke = { commandId: newCommandId(), providerId };
        const document = await client.ask('revoke-feed-secret', {
          ...{ ...revoke, ...(secretId !== undefined && { secretId }) },
        });
        return { document, lines: [`Revoked (position ${document.position}).`] };
      }),
  );
}

const making = [
  ['create', 'create-feed-secret', 'make the first secret; it is shown once'],
  ['rotate', 'rotate-feed-secret', 'make another secret; the older one is good for a while'],
] as const;

const shown = (document: ShownFeedSecret): Answer => {
  const { secret, secretId, olderEndsAt } = document;
  const older = olderEndsAt === undefined ? [] : [`The older secret ends at ${olderEndsAt}.`];
  return {
    document,
    lines: [secret, `It has the id ${secretId} and is not shown again.`, ...older],
  };
};
