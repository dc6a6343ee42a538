import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsIn, IsNotEmpty, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { adviceSeekers, type AdviceSeeker } from './ranking-advice.events.js';

export const AdviceSeekerCode = codeList(
  'AdviceSeeker',
  adviceSeekers,
  'Who may ask for a ranking: the person, or who stands for them by name (S1-13).',
);

/** Who asked for the ranking. */
@InputType()
export class AdviceSeekerInput {
  @IsNotEmpty()
  @MaxLength(120)
  name: string;

  @Field(() => AdviceSeekerCode)
  @IsIn(adviceSeekers)
  relationship: AdviceSeeker;
}

/** Records that the person asked how the providers of the presented offers rank (S1-13). */
@InputType()
export class RequestRankingAdvice extends Submitted {
  @IsUUID()
  requestId: string;

  @ValidateNested()
  @Type(() => AdviceSeekerInput)
  requestedBy: AdviceSeekerInput;
}

/** Records that someone reads the ranking, if it was asked for. Sent by the query that answers it. */
export class ReadRankingAdvice extends Submitted {
  requestId: string;
}

export interface RankingAdviceCommands {
  RequestRankingAdvice: RequestRankingAdvice;
  ReadRankingAdvice: ReadRankingAdvice;
}
