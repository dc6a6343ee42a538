import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AnswerQuestion, AskQuestion } from './question.commands.js';
import { questionIdOf } from './question.rules.js';

const askers = ['provider', 'broker', 'senior-broker', 'external-broker'] as const;
const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** Providers’ questions about a request, answered to all (S1-9). */
@Resolver()
export class QuestionResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Asks about a request while its window is open; the id is the question’s.',
  })
  @Roles(...askers)
  async askQuestion(
    @Args('input') input: AskQuestion,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    const receipt = await this.submit(input, by);
    return { ...receipt, id: questionIdOf(input.commandId) };
  }

  @Mutation(() => Receipt, {
    description: 'Answers a question to all invited providers, checked for leaks (S1-9).',
  })
  @Roles(...brokers)
  answerQuestion(
    @Args('input') input: AnswerQuestion,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
