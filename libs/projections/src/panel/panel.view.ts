import { Field, HideField, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { codeList } from '#brokerage/codes.commands.js';
import { PanelMeasureCode } from '#brokerage/council-policy/council-policy.commands.js';
import {
  panelStandings,
  panelSubjects,
  type PanelStanding,
  type PanelSubject,
} from '#brokerage/package/package.codes.js';
import { PanelOutcomeCode, PanelSubjectCode } from '#brokerage/package/package.panel.commands.js';

export const PanelStandingCode = codeList(
  'PanelStanding',
  panelStandings,
  'Where a panel case stands (S3-7).',
);

/** What one agency of a panel decided last. */
@ObjectType()
export class PanelDecision {
  /** `adult-social-care`; with joint panels another one beside it. */
  agency: string;

  @Field(() => PanelOutcomeCode)
  outcome: string;

  decidedBy: string;
  decidedAt: string;

  /** Where the log has it: conditions and reason are sealed there. */
  @HideField()
  position: number;
}

/** Care may go on before the panel has met (S3-7). */
@ObjectType()
export class InterimAuthority {
  givenBy: string;

  /** The last day for the panel to decide in time. */
  panelDueOn: string;
}

/** A package over the panel's level, and what the panel makes of it (S3-7). */
@ObjectType()
export class PanelCase {
  @Field(() => ID)
  caseId: string;

  @Field(() => ID)
  packageId: string;

  @Field(() => PanelSubjectCode)
  on: PanelSubject;

  @Field(() => PanelMeasureCode)
  measure: string;

  /** In the unit of the measure; strictly more goes to the panel. */
  level: number;

  /** Frozen when the case was opened: pence a week, minutes a week or pence a year. */
  figure: number;

  openedBy: string;
  openedAt: string;

  @Field(() => PanelStandingCode)
  standing: PanelStanding;

  /** Those that must each approve. */
  agencies: string[];

  decisions: PanelDecision[];

  interimAuthority?: InterimAuthority;

  /** Whole days since the panel was due; 0 on the day itself and before. */
  overdueDays: number;
}

/** Which cases; what is left out asks nothing. */
@InputType()
export class PanelCasesFilter {
  @IsOptional()
  @Field(() => PanelStandingCode, { nullable: true })
  @IsIn(panelStandings)
  standing?: PanelStanding;

  @IsOptional()
  @Field(() => PanelSubjectCode, { nullable: true })
  @IsIn(panelSubjects)
  on?: PanelSubject;

  @IsOptional()
  @IsUUID()
  packageId?: string;

  /** Undecided though care goes on under interim authority and the panel's day is past. */
  @IsOptional()
  overdue?: boolean;

  /** An agency whose approval is needed and which has not approved yet. */
  @IsOptional()
  @MaxLength(40)
  awaitedFrom?: string;
}

export enum PanelCasesSort {
  DUE_FIRST = 'DUE_FIRST',
  OPENED_FIRST = 'OPENED_FIRST',
  OPENED_LAST = 'OPENED_LAST',
}
registerEnumType(PanelCasesSort, {
  name: 'PanelCasesSort',
  description: 'Order of the panel’s cases; those without a due day come after those with one.',
});
