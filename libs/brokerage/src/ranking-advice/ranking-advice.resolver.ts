import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { RequestRankingAdvice } from './ranking-advice.commands.js';
import { AdviceReading } from './ranking-advice.queries.js';
import { RankingAdvice } from './ranking-advice.view.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;
const readers = [...brokers, 'commissioner', 'quality-officer', 'auditor'] as const;

@ArgsType()
class RankingAdviceArgs {
  @Field(() => ID)
  @IsUUID()
  requestId: string;
}

/** A ranking, if the person asks for it (S1-13). */
@Resolver()
export class RankingAdviceResolver extends Mutations {
  private readonly reading: AdviceReading;

  constructor(@Inject(Commands) commands: Commands) {
    super();
    this.reading = new AdviceReading(commands);
  }

  @Mutation(() => Receipt, {
    description:
      'Records that the person, or a named representative, asks how the presented offers rank. Computed once (S1-13).',
  })
  @Roles(...brokers)
  requestRankingAdvice(
    @Args('input') input: RequestRankingAdvice,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Query(() => RankingAdvice, {
    nullable: true,
    description:
      'The ranking of a request’s presented offers, once it was asked for; before that it is refused, and the attempt recorded (S1-13).',
  })
  @Roles(...readers)
  rankingAdvice(
    @CurrentSubmission() by: Submission,
    @Args() { requestId }: RankingAdviceArgs,
  ): Promise<RankingAdvice | undefined> {
    return this.reading.read(requestId, by);
  }
}
