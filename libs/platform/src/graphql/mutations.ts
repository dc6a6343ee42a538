import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Submit } from '../commands/submit.handler.js';
import type { Submission, SubmittedCommand } from '../commands/submission.js';
import { receiptOf, type Receipt } from './paging.view.js';

/** What the resolvers of the write side share: a mutation is its command, sent by who is signed in. */
export abstract class Mutations {
  @Inject(CommandBus) private readonly bus: CommandBus;

  protected async submit(command: SubmittedCommand, submission: Submission): Promise<Receipt> {
    return receiptOf(command, await this.bus.execute(new Submit(command, submission)));
  }
}
