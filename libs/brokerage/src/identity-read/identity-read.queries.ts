import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import type { ReadingPurpose } from '../service-user/service-user.codes.js';
import { identityInClear } from './identity-read.facts.js';
import type { PersonIdentity } from './identity-read.view.js';

/** Answers who people are, once the reading is durable in the log. */
export class IdentityReading {
  constructor(private readonly commands: Commands) {}

  /** In the order asked for. Throws a `Rejection` where the reader may not; then nothing is read. */
  async read(
    personIds: readonly string[],
    purpose: ReadingPurpose,
    by: Submission,
  ): Promise<PersonIdentity[]> {
    const asked = [...new Set(personIds)];
    const commandId = newCommandId();
    const command = { commandId, personIds: asked, purpose };
    await this.commands.executeNamed('ReadIdentity', command, by);
    const found = await Promise.all(
      asked.map(async (personId) => {
        const identity = await identityInClear(this.commands.reader, personId);
        return identity && { personId, ...identity, addressLines: [...identity.addressLines] };
      }),
    );
    // An erasure may come between the two: nothing is answered then.
    return found.filter((identity) => identity !== undefined);
  }
}
