import type { CouncilPolicy, CouncilPolicyValues } from '#kernel/council-policy.js';
import { Rejection } from '#kernel/rejection.js';
import { addMinutes, type Instant } from '#kernel/time.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import {
  decideAgain,
  decideUnder,
  sliceOf,
  type DecisionSeen,
  type ReplayedDecision,
} from './decision.js';
import { differencesOf, type Difference } from './differences.js';
import { masked, personalTexts } from './masked.js';
import type { Past } from './past.js';
import { appendsOf } from './replay-log.js';

export interface WhatIfQuestion {
  readonly draft: CouncilPolicyValues;
  /** Decisions recorded at `from` or later and before `before`. */
  readonly from: Instant;
  readonly before: Instant;
  /** A position behind which every decision of the period lies. */
  readonly after: Position;
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
  readonly log: Pick<EventStore, 'readAll'>;
  readonly sealed: Pick<EventStore, 'read'>;
}

/** Makes the decisions of a period again under a draft of policy; stores nothing. */
export async function whatIf(
  parts: WhatIfParts,
  { draft, from, before, after }: WhatIfQuestion,
): Promise<WhatIfFound> {
  const { slices, past, log } = parts;
  let [decisions, unclear, affected] = [0, 0, 0];
  const first: AffectedDecision[] = [];
  for await (const append of appendsOf(log, after)) {
    const { recordedAt = '', command } = append[0]?.metadata ?? {};
    // Clocks of several nodes may differ a little: what comes later is only looked at for an hour.
    if (recordedAt > addMinutes(before, 60)) break;
    const isAsked = command !== undefined && recordedAt >= from && recordedAt < before;
    const seen = isAsked ? await seenBy(parts, append) : undefined;
    if (seen) {
      decisions += 1;
      const own = decideAgain(seen);
      if (own.outcome !== 'same') unclear += 1;
      else {
        const policy: CouncilPolicy = { ...own.policy, ...draft, version: own.policy.version };
        const other = decideUnder(policy, seen);
        if (other.outcome !== 'same') {
          affected += 1;
          if (first.length < mostTold) first.push(await affectedBy(parts, append, other));
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

async function seenBy(
  { slices, past }: WhatIfParts,
  append: readonly StoredEvent[],
): Promise<DecisionSeen | undefined> {
  const [first] = append;
  const slice = first && sliceOf(slices, first.stream);
  if (!slice) return undefined;
  const { state } = await past.at(slice.decider, first.stream, first.revision - 1);
  return { slice, state, append, policyChanges: await past.policyChanges(first.position) };
}

async function affectedBy(
  { sealed }: WhatIfParts,
  append: readonly StoredEvent[],
  other: Exclude<ReplayedDecision, { outcome: 'same' | 'erased' }>,
): Promise<AffectedDecision> {
  const [first] = append;
  if (!first) throw new RangeError('an append has at least one event');
  const { position, id: eventId, stream, revision: from, metadata } = first;
  const { command, recordedAt: decidedAt } = metadata;
  const told = { position, eventId, stream, command: command?.name ?? '', decidedAt };
  if (other.outcome === 'threw') {
    return { ...told, refusedWith: codeOf(other.error), differences: [] };
  }
  const stored = await sealed.read(stream, { from, limit: append.length });
  const differences = differencesOf(other.recorded, other.decided).slice(0, differencesTold);
  const personal = personalTexts(stored, append);
  return { ...told, differences: masked(differences, personal) as Difference[] };
}

const codeOf = (error: unknown): string =>
  error instanceof Rejection ? error.code : error instanceof Error ? error.name : 'Unknown';
