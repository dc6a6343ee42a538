import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { drawnSecret } from '#platform/webhooks/drawn-secret.js';
import { ecmFeedDecider, type EcmFeedState } from './ecm-feed.decider.js';
import { ensure, secretIdOf } from './ecm-feed.rules.js';
import { ecmFeedStream } from './ecm-feed.slice.js';
import type { ShownFeedSecret } from './ecm-feed.view.js';

interface Wanted {
  readonly commandId: string;
  readonly providerId: string;
}

/** Draws secrets of feeds and tells them once. */
export class FeedSecrets {
  constructor(private readonly commands: Commands) {}

  create(wanted: Wanted, submission: Submission): Promise<ShownFeedSecret> {
    return this.issue('IssueFeedSecret', wanted, submission);
  }

  rotate(wanted: Wanted, submission: Submission): Promise<ShownFeedSecret> {
    return this.issue('ReplaceFeedSecret', wanted, submission);
  }

  async of(providerId: string): Promise<EcmFeedState['secrets']> {
    const stream = ecmFeedStream(providerId);
    const { state } = await this.commands.reader.folded(ecmFeedDecider, stream);
    return state.secrets;
  }

  private async issue(
    name: 'IssueFeedSecret' | 'ReplaceFeedSecret',
    { commandId, providerId }: Wanted,
    submission: Submission,
  ): Promise<ShownFeedSecret> {
    const secretId = secretIdOf(commandId);
    const before = await this.of(providerId);
    ensure(!before.some((each) => each.secretId === secretId), 'FeedSecretShownOnce');
    const secret = drawnSecret();
    const command = { commandId, providerId, secret };
    const { position } = await this.commands.executeNamed(name, command, submission);
    const older = (await this.of(providerId)).findLast(({ endsAt }) => endsAt !== null);
    return {
      ...{ commandId, providerId, secretId, secret, position: String(position) },
      ...(name === 'ReplaceFeedSecret' && older?.endsAt && { olderEndsAt: older.endsAt }),
    };
  }
}
