import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { factFindings, type FactFinding } from '#platform/replay/fact-check.js';

const replayOutcomes = ['same', 'different', 'threw', 'erased'] as const;
type ReplayOutcome = (typeof replayOutcomes)[number];

const ReplayOutcomeCode = codeList(
  'ReplayOutcome',
  replayOutcomes,
  'What a decision gives when it is made again. `THREW`: the rules refuse it now. `ERASED`: it was made from what was erased with a person.',
);
const FactFindingCode = codeList(
  'FactFinding',
  factFindings,
  'What became of a fact when it was fetched again as of its moment. `STALE`: its source had gone on when the decision was recorded. `ALTERED`: the log does not give it. `NOT_CHECKED`: a list of a read model, kept as it was told.',
);

/** A place where the decision made again differs from what was recorded; JSON, absent where nothing is. */
@ObjectType()
export class DecisionDifference {
  /** Event, field and index from the outside in: `0.data.offers.1.providerId`. */
  path: string;
  recorded?: string;
  decided?: string;
}

/** A rule that the decision checked, in order. */
@ObjectType()
export class DecisionRule {
  code: string;
  /** What the rule says when it refuses. */
  sentence: string;
  holds: boolean;
}

/** Something that the decision knew from elsewhere. */
@ObjectType()
export class DecisionFact {
  name: string;
  /** The stream that it was folded from, to `revision`; absent for a list, which has a `position`. */
  stream?: string;
  revision?: number;
  position?: string;
  /** JSON. */
  value?: string;
  @Field(() => FactFindingCode)
  finding: FactFinding;
  /** What the log gives instead, where it was altered; JSON. */
  found?: string;
}

/** An event of the log; personal texts are `[personal]`. */
@ObjectType()
export class DecisionEvent {
  @Field(() => ID)
  eventId: string;
  type: string;
  stream: string;
  revision: number;
  position: string;
  recordedAt: string;
  /** JSON. */
  data: string;
}

/** What a policy sent because of this decision. */
@ObjectType()
export class DecisionConsequence {
  policy: string;
  command: string;
  stream: string;
  /** Absent where it found nothing to do, was refused, or has not come yet. */
  recorded?: DecisionEvent;
}

/**
 * One decision made again from all that it saw: the state before, what was asked, each rule with its
 * outcome, the facts and where they came from, and what followed. Personal texts are `[personal]`.
 */
@ObjectType()
export class DecisionReplay {
  @Field(() => ReplayOutcomeCode)
  outcome: ReplayOutcome;
  differences: DecisionDifference[];
  /** Why the rules refuse it now. */
  error?: string;
  /** The code of a recorded refusal: nothing was decided. `SAME`: the same rule refuses it now. */
  refusedWith?: string;
  @Field(() => ID)
  commandId: string;
  /** What was asked, by name. */
  command: string;
  /** The fields of what was asked; JSON. */
  asked: string;
  /** The id of who asked. */
  by: string;
  roles: string[];
  organisation?: string;
  decidedAt: string;
  /** The version of the council policy in force. */
  policyVersion?: number;
  /** The rule-set version that judged it. */
  rulesVersion?: number;
  /** The software that decided it. */
  software?: string;
  stream: string;
  /** The state of its stream just before; JSON. */
  stateBefore: string;
  rules: DecisionRule[];
  facts: DecisionFact[];
  events: DecisionEvent[];
  followed: DecisionConsequence[];
}
