import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { drawnSecret } from '#platform/webhooks/drawn-secret.js';
import type { WebhookDirection } from './case-system.codes.js';
import { caseSystemDecider, type CaseSystemState } from './case-system.decider.js';
import { caseSystemIdOf, caseSystemStream, ensure, secretIdOf } from './case-system.rules.js';
import type { ShownCaseSystemSecret } from './case-system.view.js';

interface Wanted {
  readonly commandId: string;
  readonly system: string;
  readonly direction: WebhookDirection;
}

/** The case systems as they are connected; draws their secrets and tells each once. */
export class CaseSystems {
  constructor(private readonly commands: Commands) {}

  create(wanted: Wanted, submission: Submission): Promise<ShownCaseSystemSecret> {
    return this.issue('IssueCaseSystemSecret', wanted, submission);
  }

  rotate(wanted: Wanted, submission: Submission): Promise<ShownCaseSystemSecret> {
    return this.issue('ReplaceCaseSystemSecret', wanted, submission);
  }

  async of(system: string): Promise<CaseSystemState> {
    const stream = caseSystemStream(system);
    return (await this.commands.reader.folded(caseSystemDecider, stream)).state;
  }

  private async issue(
    name: 'IssueCaseSystemSecret' | 'ReplaceCaseSystemSecret',
    { commandId, system, direction }: Wanted,
    submission: Submission,
  ): Promise<ShownCaseSystemSecret> {
    const secretId = secretIdOf(commandId);
    const before = (await this.of(system)).secrets[direction];
    ensure(!before.some((each) => each.secretId === secretId), 'CaseSystemSecretShownOnce');
    const secret = drawnSecret();
    const drawn = { commandId, system, systemId: caseSystemIdOf(system), direction, secret };
    const { position } = await this.commands.executeNamed(name, drawn, submission);
    const { secrets } = await this.of(system);
    const older = secrets[direction].findLast(({ endsAt }) => endsAt !== null);
    return {
      ...{ commandId, system, direction, secretId, secret, position: String(position) },
      ...(name === 'ReplaceCaseSystemSecret' && older?.endsAt && { olderEndsAt: older.endsAt }),
    };
  }
}
