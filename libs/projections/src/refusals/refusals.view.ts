import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';

/** What one person was refused about one thing in one hour. */
@ObjectType()
export class RecordedRefusalLine {
  /** `request`, `offer`, `package`, `person`, `provider`, `figures`, or `several` things counted together. */
  subjectKind: string;

  @Field(() => ID)
  subjectId: string;

  /** The code of the refusal. */
  code: string;

  /** The id of who was refused. */
  by: string;

  roles: string[];

  organisation?: string;

  /** UTC, `2026-03-29T08`. */
  hour: string;

  /** How often in this hour. */
  count: number;

  firstAt: string;

  lastAt: string;
}

/** Which refusals; what is left out asks nothing. */
@InputType()
export class RecordedRefusalsFilter {
  /** A request, an offer, a package or a person. */
  @IsOptional()
  @Field(() => ID, { nullable: true })
  subjectId?: string;

  @IsOptional()
  code?: string;

  /** The id of who was refused. */
  @IsOptional()
  by?: string;
}
