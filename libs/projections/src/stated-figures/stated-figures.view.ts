import { Field, HideField, ID, Int, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { StatableQueryCode } from '#brokerage/stated-figure/stated-figure.commands.js';
import type { StatableQuery } from '#brokerage/stated-figure/stated-figure.events.js';
import { DecisionDifference } from '../replay/decision-replay.view.js';

const restatementOutcomes = ['same', 'different'] as const;
export type RestatementOutcome = (typeof restatementOutcomes)[number];
const RestatementOutcomeCode = codeList(
  'RestatementOutcome',
  restatementOutcomes,
  'What a released figure gives when it is worked out again as of its position.',
);

/** An argument of a query, as it was given or left to its default. */
@ObjectType()
export class FigureArgument {
  name: string;
  value: string;
}

/** What judged a figure. */
@ObjectType()
export class FigureRules {
  /** The approved change of council policy; 0 is what the product ships. */
  @Field(() => Int)
  policyVersion: number;

  @Field(() => Int)
  rulesVersion: number;

  software: string;
}

/** A released figure worked out again, from the log as it was at the figure’s position. */
@ObjectType()
export class Restatement {
  @Field(() => RestatementOutcomeCode)
  outcome: RestatementOutcome;

  /** Field by field; `decided` is what is worked out now. */
  differences: DecisionDifference[];

  /** What is worked out now, JSON; absent: the log makes no such figure. */
  answer?: string;

  /** The software that worked it out. */
  software: string;
}

/** A figure that was released, such as for a freedom-of-information answer. */
@ObjectType()
export class StatedFigure {
  @Field(() => ID)
  figureId: string;

  @Field(() => StatableQueryCode)
  query: StatableQuery;

  /** By name; those too that nobody gave. */
  arguments: FigureArgument[];

  /** The answer as it was given, byte for byte: JSON, its fields in order of their names. */
  answer: string;

  /** How far the log was read for it. */
  position: string;

  rules: FigureRules;

  /** The request that it answers. */
  reference: string;

  reason: string;

  statedBy: string;

  statedAt: string;

  /** The day it was stated on, by which windows and challenges were over or not. */
  statedOn: string;

  @HideField()
  asked?: Readonly<Record<string, string>>;

  /** One of a list. */
  @HideField()
  listed?: boolean;
}
