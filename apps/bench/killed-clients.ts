import { DemoTokens } from '../api/demo-tokens.js';
import { GraphqlClient, Refused } from './graphql-client.js';

/** A command that is sent until it is acknowledged. */
export interface SentCommand {
  readonly commandId: string;
  readonly person: string;
  readonly command: string;
  readonly fields: object;
  /** What it answered, once it did. */
  position?: number;
  attempts: number;
  /** When the connection of its first attempt broke (ms). */
  cutAtMs?: number;
}

/** How often an acknowledged command is sent again, to see that it answers the same. */
const repeatShare = 0.05;

/**
 * Several clients that send commands without a pause. What was not acknowledged when the service
 * died is sent again, with the same command id, to the next one.
 */
export class KilledClients {
  readonly commands: SentCommand[] = [];
  /** Refusals and differing answers: there should be none. */
  readonly complaints: string[] = [];
  repeats = 0;
  private readonly unanswered: SentCommand[] = [];
  private signedIn: { readonly url: string; readonly tokens: DemoTokens } | undefined;

  constructor(
    private readonly width: number,
    private readonly next: () => SentCommand,
    private readonly onAcknowledged: (command: SentCommand, id: string) => void,
    private readonly random: () => number,
  ) {}

  /** Sends until the service is gone. */
  async sendUntilCut(url: string): Promise<void> {
    const client = this.clientOf(url);
    await this.lanes(() => this.sendOne(client, this.unanswered.shift() ?? this.fresh()));
    client.close();
  }

  /** Sends what is unanswered until all of it is acknowledged, and everything else once more. */
  async settle(url: string): Promise<void> {
    const client = this.clientOf(url);
    const everything = [...this.commands];
    await this.lanes(async () => {
      const command = this.unanswered.shift() ?? everything.pop();
      if (!command) return false;
      if (await this.sendOne(client, command)) return true;
      throw new Error('the service went away while it was left alone');
    });
    client.close();
  }

  /** Tokens outlive a kill when the next service has the address of the last one. */
  private clientOf(url: string): GraphqlClient {
    if (this.signedIn?.url !== url) this.signedIn = { url, tokens: new DemoTokens(url) };
    return new GraphqlClient(url, this.width, this.signedIn.tokens);
  }

  private async lanes(step: () => Promise<boolean>): Promise<void> {
    const lane = async () => {
      while (await step());
    };
    await Promise.all(Array.from({ length: this.width }, lane));
  }

  private fresh(): SentCommand {
    const again = this.random() < repeatShare ? this.acknowledgedOne() : undefined;
    if (again) return again;
    const command = this.next();
    this.commands.push(command);
    return command;
  }

  private acknowledgedOne(): SentCommand | undefined {
    const one = this.commands[Math.floor(this.random() * this.commands.length)];
    return one?.position === undefined ? undefined : one;
  }

  /** Whether the service still lives. */
  private async sendOne(client: GraphqlClient, command: SentCommand): Promise<boolean> {
    const { commandId, person, fields } = command;
    command.attempts += 1;
    try {
      const input = { commandId, ...fields };
      const { id, position } = await client.send(person, command.command, input);
      this.acknowledged(command, Number(position), id ?? '');
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) return this.cut(command);
      if (error.code === 'CONFLICT' || error.code === 'STORE_UNAVAILABLE') this.later(command);
      else this.complaints.push(`${command.command} ${commandId}: ${error.message}`);
      return true;
    }
  }

  private acknowledged(command: SentCommand, position: number, id: string): void {
    if (command.position === undefined) {
      command.position = position;
      this.onAcknowledged(command, id);
      return;
    }
    this.repeats += 1;
    if (command.position === position) return;
    const { commandId, position: before } = command;
    this.complaints.push(`${commandId} answered ${before} and then ${position}`);
  }

  private cut(command: SentCommand): false {
    command.cutAtMs ??= Date.now();
    this.later(command);
    return false;
  }

  private later(command: SentCommand): void {
    if (command.position === undefined) this.unanswered.push(command);
  }
}
