import { deriveId } from '#kernel/ids.js';
import { tracingRules } from '#kernel/rejection.js';
import { messageOf } from '#kernel/message-of.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { streamPages, wholeStream } from '#eventstore/stream-pages.js';
import type { Slice } from '../commands/slice.js';
import type { SubmittedCommand } from '../commands/submission.js';
import type { Policy } from '../policies/policy.js';
import { decideUnder, type ReplayedDecision } from './decision.js';
import { differencesOf, type Difference } from './differences.js';
import type { CheckedFact } from './fact-check.js';
import { masked, personalIn } from './masked.js';
import { Past } from './past.js';
import { refusalIn } from './refusal.js';
import { continues, replayAppend } from './replay-log.js';

/** A rule that the decision checked. */
export interface CheckedRule {
  readonly code: string;
  readonly sentence: string;
  readonly holds: boolean;
}

/** What a policy sent because of one of the events. */
export interface PolicyConsequence {
  readonly policy: string;
  readonly command: string;
  readonly stream: string;
  /** Absent where it found nothing to do, was refused, or has not come yet. */
  readonly recorded?: StoredEvent;
}

/** One decision made again and told; personal texts are marks. */
export interface DecisionExplanation {
  /** The events of the append, the first with the command, facts and actor. */
  readonly append: readonly StoredEvent[];
  readonly outcome: ReplayedDecision['outcome'];
  readonly differences: readonly Difference[];
  /** Why today's software refuses it. */
  readonly error?: string;
  /** The code of a refusal that was recorded: nothing was decided, and no event followed. */
  readonly refusedWith?: string;
  readonly stateBefore: unknown;
  readonly rules: readonly CheckedRule[];
  readonly facts: readonly CheckedFact[];
  readonly followed: readonly PolicyConsequence[];
}

export interface ExplainerParts {
  readonly slices: readonly Slice[];
  readonly policies: readonly Policy[];
  /** With personal fields unsealed, as the decision saw them. */
  readonly log: Pick<EventStore, 'read'>;
  readonly sealed: Pick<EventStore, 'read'>;
  readonly policyStream: string;
}

/** Tells how decisions came about, from the log alone. */
export class Explainer {
  constructor(private readonly parts: ExplainerParts) {}

  /**
   * Explains the decision whose append holds an event, or the refusal that it records. `undefined`
   * where no command decided it: keys are reserved beside the decision that needs them.
   */
  async explain(event: StoredEvent): Promise<DecisionExplanation | undefined> {
    const { slices, log, sealed, policyStream } = this.parts;
    const recorded = await this.appendOf(event);
    if (!recorded[0]?.metadata.command) return undefined;
    const past = new Past({ log, policyStream });
    const { seen, result, facts } = await replayAppend(slices, past, recorded);
    const { slice, state, append, refusal } = seen;
    const [first] = append;
    if (!slice || !first) return undefined;
    const rules: CheckedRule[] = [];
    if ('policy' in result && result.policy) {
      const { policy } = result;
      tracingRules(
        (check) => rules.push(check),
        () => decideUnder(policy, seen),
      );
    }
    const personal = await personalIn(sealed, log, first.stream);
    const shown = <Value>(value: Value): Value => masked(value, personal) as Value;
    return {
      append: shown(append),
      outcome: result.outcome,
      differences: result.outcome === 'different' ? shown(differing(result)) : [],
      ...(result.outcome === 'threw' && { error: shown(messageOf(result.error)) }),
      ...(refusal && { refusedWith: refusal.code }),
      stateBefore: shown(state ?? null),
      rules,
      facts: shown(facts),
      followed: refusal ? [] : shown(await this.followed(append)),
    };
  }

  private async appendOf(event: StoredEvent): Promise<readonly StoredEvent[]> {
    if (refusalIn(event)) return [event];
    return appendAround(await wholeStream(this.parts.log, event.stream), event.revision);
  }

  private async followed(append: readonly StoredEvent[]): Promise<readonly PolicyConsequence[]> {
    const found: PolicyConsequence[] = [];
    for (const event of append) {
      for (const policy of this.parts.policies) {
        const commands = policy.on[event.type]?.(event) ?? [];
        for (const [index, { name: command, fields }] of commands.entries()) {
          const commandId = deriveId(event.id, policy.name, index);
          const stream = this.streamOf(command, { ...fields, commandId }, event);
          const recorded = await recordedBy(this.parts.sealed, stream, commandId, event.position);
          found.push({ policy: policy.name, command, stream, ...(recorded && { recorded }) });
        }
      }
    }
    return found;
  }

  private streamOf(name: string, command: SubmittedCommand, { metadata }: StoredEvent): string {
    const slice = this.parts.slices.find(({ commands }) => name in commands);
    const binding = slice?.commands[name];
    if (!slice || !binding) return '';
    const create = (category: string) => deriveId(command.commandId, category);
    const id = binding.id(command, create, metadata.actor);
    return binding.stream?.(id, command) ?? `${slice.category}-${id}`;
  }
}

const differing = ({ recorded, decided }: Extract<ReplayedDecision, { outcome: 'different' }>) =>
  differencesOf(recorded, decided);

/** The append to which the event of a revision belongs. */
function appendAround(events: readonly StoredEvent[], revision: number): readonly StoredEvent[] {
  let from = events.findIndex((event) => event.revision === revision);
  const event = events[from];
  if (!event) return [];
  while (from > 0 && !events[from]?.metadata.command) from -= 1;
  const first = events[from];
  if (!first) return [];
  const rest = events.slice(from + 1);
  const end = rest.findIndex((other) => !continues(first, other));
  const append = [first, ...(end < 0 ? rest : rest.slice(0, end))];
  return append.includes(event) ? append : [];
}

async function recordedBy(
  log: Pick<EventStore, 'read'>,
  stream: string,
  commandId: string,
  after: Position,
): Promise<StoredEvent | undefined> {
  if (stream === '') return undefined;
  for await (const page of streamPages(log, stream)) {
    const found = page.find(
      ({ metadata, position }) => metadata.commandId === commandId && position > after,
    );
    if (found) return found;
  }
  return undefined;
}
