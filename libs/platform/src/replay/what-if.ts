import type { CouncilPolicy, CouncilPolicyValues } from '#kernel/council-policy.js';
import { Rejection } from '#kernel/rejection.js';
import type { Instant } from '#kernel/time.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import { isIn, isOver, type AskedPeriod } from './asked-period.js';
import {
  decideAgain,
  decideUnder,
  sliceOf,
  type DecisionSeen,
  type ReplayedDecision,
} from './decision.js';
import { differencesOf, type Difference } from './differences.js';
import { masked, personalIn } from './masked.js';
import type { Past } from './past.js';
import { appendsOf } from './replay-log.js';
import { seenBy } from './seen.js';

export interface WhatIfQuestion extends AskedPeriod {
  readonly draft: CouncilPolicyValues;
}

/** A decision that another policy would have made otherwise. */
export interface AffectedDecision {
  readonly position: Position;
  readonly eventId: string;
  readonly stream: string;
  readonly command: string;
  readonly decidedAt: Instant;
  /** The rule that would have refused it. */
  readonly refusedWith?: string;
  /** What it would have decided otherwise; personal texts are marks. */
  readonly differences: readonly Difference[];
}

/** What another policy would have changed. */
export interface WhatIfFound {
  readonly decisions: number;
  /** Decisions of which it cannot be told: they are not the same under their own policy either. */
  readonly unclear: number;
  readonly affected: number;
  /** The first of them, in the log's order. */
  readonly first: readonly AffectedDecision[];
}

const mostTold = 1_000;
const differencesTold = 20;

export interface WhatIfParts {
  readonly slices: readonly Slice[];
  readonly past: Past;
  readonly log: Pick<EventStore, 'read' | 'readAll'>;
  readonly sealed: Pick<EventStore, 'read'>;
}

/** Makes the decisions of a period again under a draft of policy; stores nothing. */
export async function whatIf(
  parts: WhatIfParts,
  { draft, ...period }: WhatIfQuestion,
): Promise<WhatIfFound> {
  const { slices, past, log } = parts;
  let [decisions, unclear, affected] = [0, 0, 0];
  const first: AffectedDecision[] = [];
  for await (const append of appendsOf(log, period.after)) {
    const { recordedAt = '', command } = append[0]?.metadata ?? {};
    if (isOver(period, recordedAt)) break;
    const isAsked = command !== undefined && isIn(period, recordedAt);
    const seen = isAsked ? await seenBy(slices, past, append) : undefined;
    if (seen?.slice) {
      decisions += 1;
      const own = decideAgain(seen);
      if (own.outcome !== 'same') unclear += 1;
      else {
        const policy: CouncilPolicy = { ...own.policy, ...draft, version: own.policy.version };
        const other = decideUnder(policy, seen);
        if (other.outcome !== 'same') {
          affected += 1;
          if (first.length < mostTold) first.push(await affectedBy(parts, append, seen, other));
        }
      }
    }
    for (const event of append) {
      const slice = sliceOf(slices, event.stream);
      if (slice) past.learn(slice.decider, event);
    }
  }
  return { decisions, unclear, affected, first };
}

async function affectedBy(
  { sealed, log }: WhatIfParts,
  [recorded]: readonly StoredEvent[],
  { append: [first] }: DecisionSeen,
  other: Exclude<ReplayedDecision, { outcome: 'same' | 'erased' }>,
): Promise<AffectedDecision> {
  if (!recorded || !first) throw new RangeError('an append has at least one event');
  const { position, id: eventId } = recorded;
  const { command, recordedAt: decidedAt } = first.metadata;
  const { stream } = first;
  const told = { position, eventId, stream, command: command?.name ?? '', decidedAt };
  if (other.outcome === 'threw') {
    return { ...told, refusedWith: codeOf(other.error), differences: [] };
  }
  const differences = differencesOf(other.recorded, other.decided).slice(0, differencesTold);
  const personal = await personalIn(sealed, log, stream);
  return { ...told, differences: masked(differences, personal) as Difference[] };
}

const codeOf = (error: unknown): string =>
  error instanceof Rejection ? error.code : error instanceof Error ? error.name : 'Unknown';
