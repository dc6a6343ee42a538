import type { Command } from 'commander';
import { answering } from './output.js';
import { withService } from './service-client.js';

/** `keys`: the keys of people are wrapped by one master key, which is replaced from time to time. */
export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('the keys that people’s records are sealed with');
  answering(
    keys
      .command('rotate')
      .description(
        'wrap every person’s key with a new master key; with MASTER_KEY set, NEW_MASTER_KEY is it',
      ),
    () =>
      withService(async (client) => {
        const newMasterKey = process.env['NEW_MASTER_KEY'];
        const document = await client.ask('rotate-master-key', {
          ...(newMasterKey !== undefined && { newMasterKey }),
        });
        const { rewrapped, masterId, keptIn } = document;
        const next =
          keptIn === 'master.key'
            ? 'The new one is in master.key; the old one is destroyed.'
            : 'Set MASTER_KEY to the new one before the next start, and destroy the old one.';
        const line = `${rewrapped} keys of people are wrapped with master key ${masterId}.`;
        return { document, lines: [line, next] };
      }),
  );
}
