import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from './commands.js';
import type { Acknowledged, Submission, SubmittedCommand } from './submission.js';

/** A command on its way to its decider, with who sends it. */
export class Submit extends Command<Acknowledged> {
  constructor(
    readonly command: SubmittedCommand,
    readonly submission: Submission,
  ) {
    super();
  }
}

/** The one handler of all commands: every decider is reached through it. */
@CommandHandler(Submit)
export class SubmitHandler implements ICommandHandler<Submit> {
  constructor(@Inject(Commands) private readonly commands: Commands) {}

  execute({ command, submission }: Submit): Promise<Acknowledged> {
    return this.commands.execute(command, submission);
  }
}
