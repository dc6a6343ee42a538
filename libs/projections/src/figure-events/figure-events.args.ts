import { ArgsType, Field, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, MaxLength, Min } from 'class-validator';

/** Which of the events behind a figure. */
@ArgsType()
export class FigureEventsArgs {
  @Field(() => Int, { defaultValue: 50, description: 'How many events, from 1 to 100.' })
  @IsInt()
  @Min(1)
  @Max(100)
  first: number = 50;

  @Field({ nullable: true, description: 'Continues after an `endCursor` of the same figure.' })
  @IsOptional()
  @MaxLength(1000)
  after?: string;
}
