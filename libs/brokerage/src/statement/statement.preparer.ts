import { deriveId } from '#kernel/ids.js';
import type { PayPeriod } from '#kernel/payment-period.js';
import { maxEventBytes } from '#eventstore/event-store.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { PrepareStatement } from './statement.commands.js';
import { statementDecider } from './statement.decider.js';
import type { StatedWeek } from './statement.events.js';
import { ensure, payPeriodFrom, statementIdOf, type StatementState } from './statement.rules.js';

/** A provider's lines of a period, as one position of the log has them. */
export interface LinesAtPosition {
  readonly weeks: readonly StatedWeek[];
  readonly position: number;
}

/** What the list `statementLines` is asked for. */
export interface StatementQuestion {
  readonly providerId: string;
  readonly periodStartsOn: string;
}

/** A statement as it was prepared. */
export interface PreparedStatement {
  readonly statementId: string;
  readonly position: number;
}

/** Records a statement's lines in parts, all read at one position of the log (S2-18). */
export class StatementPreparer {
  constructor(private readonly commands: Commands) {}

  /** Sent again, an interrupted preparation begins anew, and a finished one is answered. */
  async prepare(input: PrepareStatement, submission: Submission): Promise<PreparedStatement> {
    const { commandId, providerId, periodStartsOn } = input;
    const { endsBefore } = await this.period(periodStartsOn);
    const statementId = statementIdOf(providerId, periodStartsOn);
    const before = await this.state(statementId);
    if (before.requestId === commandId && before.status !== 'preparing') {
      return { statementId, position: before.position };
    }
    const lines = await this.lines(input);
    ensure(lines.weeks.length > 0 || before.run > 0, 'NothingToState', { path: 'providerId' });
    const run = before.run + 1;
    return this.record(input, { statementId, endsBefore, run, lines }, submission);
  }

  private async record(
    { commandId, providerId, periodStartsOn }: PrepareStatement,
    made: { statementId: string; endsBefore: string; run: number; lines: LinesAtPosition },
    submission: Submission,
  ): Promise<PreparedStatement> {
    const { statementId, endsBefore, run, lines } = made;
    const send = (step: string, name: string, fields: object) =>
      this.commands.executeNamed(
        name,
        { commandId: deriveId(commandId, step, run), ...fields },
        submission,
      );
    const { position: readAt } = lines;
    const open = { providerId, periodStartsOn, endsBefore, run, position: readAt };
    await send('open', 'OpenStatement', { ...open, requestId: commandId });
    let from = 0;
    for (const weeks of partsOf(lines.weeks)) {
      await send(`lines ${from}`, 'AddStatementLines', { statementId, run, from, weeks });
      from += weeks.length;
    }
    const { position } = await send('complete', 'CompleteStatement', {
      ...{ statementId, run, weeks: from },
    });
    return { statementId, position };
  }

  private async period(startsOn: string): Promise<PayPeriod> {
    return payPeriodFrom(startsOn, await this.commands.policyChanges());
  }

  private async lines(question: StatementQuestion): Promise<LinesAtPosition> {
    const { providerId, periodStartsOn } = question;
    const list = this.commands.reader.list<LinesAtPosition>('statementLines', {
      ...{ providerId, periodStartsOn },
    });
    return (await list).value;
  }

  private async state(statementId: string): Promise<StatementState> {
    const { reader } = this.commands;
    return (await reader.folded(statementDecider, `statement-${statementId}`)).state;
  }
}

/** An event keeps its lines twice, as data and as its command's fields, with some metadata. */
const maxPartBytes = Math.floor(maxEventBytes / 2) - 16 * 1024;

/** The weeks in parts that one event holds each; a package's week is far smaller than a part. */
export function partsOf(
  weeks: readonly StatedWeek[],
  maxBytes = maxPartBytes,
): readonly (readonly StatedWeek[])[] {
  const parts: StatedWeek[][] = [];
  let free = 0;
  for (const week of weeks) {
    const bytes = Buffer.byteLength(JSON.stringify(week)) + 1;
    if (bytes > free || parts.length === 0) {
      parts.push([]);
      free = maxBytes;
    }
    parts.at(-1)?.push(week);
    free -= bytes;
  }
  return parts;
}
