import { Option, type Command } from 'commander';
import { erasureGrounds, type ErasureGround } from '#brokerage/service-user/service-user.codes.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { answering } from './output.js';
import { withService } from './service-client.js';

/** `erase`: destroys the key of one person, for good (X29). */
export function addErase(program: Command): void {
  answering<{ ground: ErasureGround }, [string]>(
    program
      .command('erase')
      .description('erase a person’s record for good: their key is destroyed, the log stays whole')
      .argument('<person>', 'the person’s id, or <system>:<personRef> of the case system')
      .addOption(
        new Option('--ground <code>', 'why the record is erased')
          .choices(erasureGrounds)
          .makeOptionMandatory(),
      ),
    (_, { ground }, person) =>
      withService(async (client) => {
        const document = await client.ask('erase-person', {
          ...{ commandId: newCommandId(), person, ground },
        });
        return {
          document,
          lines: [
            `The record of person ${document.personId} is erased (position ${document.position}).`,
            'Backups of keys.db still hold the key: rotate the master key within 30 days (brokerage keys rotate).',
          ],
        };
      }),
  );
}
