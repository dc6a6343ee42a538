import { Field, ID, InputType } from '@nestjs/graphql';
import { IsIn, IsNotEmpty, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { statableQueries, type StatableQuery } from './stated-figure.events.js';

export const StatableQueryCode = codeList(
  'StatableQuery',
  statableQueries,
  'A query whose answer can be released as a figure.',
);

export const kpiSubjects = ['provider', 'patch', 'council'] as const;
export type KpiSubject = (typeof kpiSubjects)[number];
export const KpiSubjectCode = codeList(
  'KpiSubject',
  kpiSubjects,
  'Whose figures a row holds: each provider’s, each patch’s, or all together (S2-10).',
);

/**
 * Releases a figure, such as for a freedom-of-information answer. The answer is worked out here and
 * kept as it was given; write no person’s name into `reference` or `reason`.
 */
@InputType()
export class StateFigure extends Submitted {
  @Field(() => StatableQueryCode)
  @IsIn(statableQueries)
  query: StatableQuery;

  /** Of KPIs and the league: a month, `2026-03`; default the last complete one. */
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  month?: string;

  /** Of KPIs: one provider; default all. */
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsUUID()
  providerId?: string;

  /** Of KPIs; default by provider. */
  @Field(() => KpiSubjectCode, { nullable: true })
  @IsOptional()
  @IsIn(kpiSubjects)
  by?: KpiSubject;

  /** Of the council’s figures: an ISO week, `2026-W46`; default the last complete one. */
  @IsOptional()
  @Matches(/^\d{4}-W\d{2}$/)
  week?: string;

  /** Of the council’s figures: first day of the awards; default twelve months to `to`. */
  @IsOptional()
  @Matches(civilDate)
  from?: string;

  /** Of the council’s figures: last day of the awards, inclusive; default today. */
  @IsOptional()
  @Matches(civilDate)
  to?: string;

  /** Of a statement. */
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @MaxLength(60)
  statementId?: string;

  /** The request that it answers: `FOI 2026-114`. */
  @IsNotEmpty()
  @MaxLength(60)
  reference: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface StatedFigureCommands {
  StateFigure: StateFigure;
}
