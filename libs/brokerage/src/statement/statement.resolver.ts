import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  AnswerStatementQuery,
  ApproveHeldPay,
  ApproveStatement,
  CloseStatement,
  PrepareStatement,
  PrepareStatements,
  QueryStatementLine,
} from './statement.commands.js';
import { StatementPreparer } from './statement.preparer.js';
import { StatementsStarter } from './statement.starter.js';
import { StatementPreparations } from './statement.view.js';

/** What providers are paid, from logs without invoices (S2-18). */
@Resolver()
export class StatementResolver extends Mutations {
  private readonly preparer: StatementPreparer;
  private readonly starter: StatementsStarter;

  constructor(@Inject(Commands) commands: Commands) {
    super();
    this.preparer = new StatementPreparer(commands);
    this.starter = new StatementsStarter(commands);
  }

  @Mutation(() => Receipt, {
    description: 'Prepares a provider’s statement of a period that is over (S2-18).',
  })
  @Roles('finance')
  async prepareStatement(
    @Args('input') input: PrepareStatement,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    const { statementId: id, position } = await this.preparer.prepare(input, by);
    return { commandId: input.commandId, position: String(position), id };
  }

  @Mutation(() => StatementPreparations, {
    description:
      'Prepares the statements of a period for every provider with something to state, by one job with a result each (S2-18).',
  })
  @Roles('finance')
  prepareStatements(
    @Args('input') input: PrepareStatements,
    @CurrentSubmission() by: Submission,
  ): Promise<StatementPreparations> {
    return this.starter.start(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Lets held minutes be paid; never by who prepared the statement (S2-17b, X12).',
  })
  @Roles('finance')
  approveHeldPay(
    @Args('input') input: ApproveHeldPay,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Approves a statement; never by who prepared it (S2-18).',
  })
  @Roles('finance')
  approveStatement(
    @Args('input') input: ApproveStatement,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Closes an approved statement: it never changes again (X14).',
  })
  @Roles('finance')
  closeStatement(
    @Args('input') input: CloseStatement,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'A provider asks why a line is as it is (X15).' })
  @Roles('provider')
  queryStatementLine(
    @Args('input') input: QueryStatementLine,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Answers a provider’s query with a reason (X15).' })
  @Roles('finance')
  answerStatementQuery(
    @Args('input') input: AnswerStatementQuery,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
