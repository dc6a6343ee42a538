import type { CouncilPolicy } from '#kernel/council-policy.js';
import type { AnyDecider } from '#kernel/decider.js';
import { messageOf } from '#kernel/message-of.js';
import type { Position, RecordedFact, StoredEvent } from '#eventstore/event-store.js';
import type { Fact, FactReader, Slice } from '../commands/slice.js';
import type { SubmittedCommand } from '../commands/submission.js';
import type { Past } from './past.js';
import { isSameJson } from './same-json.js';

/**
 * What became of a recorded fact when it was fetched again as of its moment.
 * `held`: the same, and nothing came in between. `stale`: the same, but its stream had gone on when
 * the decision was recorded. `altered`: the log does not give it. `not-checked`: a list of a read
 * model, which is kept as it was told.
 */
export const factFindings = ['held', 'stale', 'altered', 'not-checked'] as const;
export type FactFinding = (typeof factFindings)[number];

export interface CheckedFact {
  readonly fact: RecordedFact;
  readonly finding: FactFinding;
  /** What the log gives instead, where it was altered. */
  readonly found?: unknown;
}

/** Fetches the facts of a decision again, each stream folded to its recorded revision. */
export async function checkFacts(
  past: Past,
  slice: Slice,
  [first]: readonly StoredEvent[],
  policy: CouncilPolicy,
): Promise<readonly CheckedFact[]> {
  const recorded = first?.metadata.facts ?? [];
  const { command, commandId, actor, recordedAt } = first?.metadata ?? {};
  const fetch = slice.commands[command?.name ?? '']?.facts;
  if (!first || !fetch || !actor || !recordedAt || recorded.length === 0) {
    return recorded.map((fact) => ({ fact, finding: 'not-checked' }));
  }
  const reader = new PastReader(past, slice, first);
  const fields = { commandId, ...(command?.fields as object) } as SubmittedCommand;
  let found: Record<string, Fact>;
  try {
    found = await fetch(fields, reader, actor, { now: recordedAt, policy });
  } catch (error) {
    // What was chosen out of a list cannot be chosen again from what was recorded of it.
    if (reader.askedForList) return recorded.map((fact) => ({ fact, finding: 'not-checked' }));
    const why = messageOf(error);
    return recorded.map((fact) => ({ fact, finding: 'altered', found: why }));
  }
  return Promise.all(
    recorded.map(async (fact): Promise<CheckedFact> => {
      const isNamed = fact.name in found;
      if (isList(fact) || (reader.askedForList && !isNamed))
        return { fact, finding: 'not-checked' };
      const { value } = found[fact.name] ?? {};
      if (!isSameJson(value, fact.value)) return { fact, finding: 'altered', found: value };
      return { fact, finding: (await reader.hasGoneOn(fact)) ? 'stale' : 'held' };
    }),
  );
}

/** The fact reader of a decision, as of the moment at which it was made. */
class PastReader implements FactReader {
  private readonly revisions: ReadonlyMap<string, number>;
  private readonly lists: readonly RecordedFact[];
  private readonly foldedBy = new Map<string, AnyDecider>();
  private listsTold = 0;

  constructor(
    private readonly past: Past,
    private readonly slice: Slice,
    private readonly first: StoredEvent,
  ) {
    const { facts = [] } = first.metadata;
    this.revisions = new Map(
      facts.flatMap(({ stream, revision }) =>
        stream === undefined ? [] : [[stream, revision ?? -1] as const],
      ),
    );
    this.lists = facts.filter(isList);
  }

  readonly folded: FactReader['folded'] = async (decider, stream) => {
    this.foldedBy.set(stream, decider);
    const { revision, state } = await this.stateSeen(decider, stream);
    return { stream, revision: revision < 0 ? 'none' : revision, state: state as never };
  };

  readonly holder: FactReader['holder'] = (stream) => this.past.holder(stream, this.first.position);

  /** Lists are told as they were recorded, in the order in which they were asked for. */
  readonly list: FactReader['list'] = () => {
    const told = this.lists[(this.listsTold += 1) - 1] ?? { value: undefined };
    return Promise.resolve(told as never);
  };

  get askedForList(): boolean {
    return this.listsTold > 0;
  }

  async hasGoneOn({ stream, revision = -1 }: RecordedFact): Promise<boolean> {
    const decider = stream === undefined ? undefined : this.foldedBy.get(stream);
    if (stream === undefined || !decider || stream === this.first.stream) return false;
    const last = await this.past.before(decider, stream, this.first.position);
    return last.revision > revision;
  }

  private stateSeen(decider: AnyDecider, stream: string) {
    if (stream === this.first.stream) {
      return this.past.at(this.slice.decider, stream, this.first.revision - 1);
    }
    const revision = this.revisions.get(stream);
    return revision === undefined
      ? this.past.before(decider, stream, this.first.position)
      : this.past.at(decider, stream, revision);
  }
}

const isList = ({ stream, position }: { stream?: string; position?: Position }): boolean =>
  stream === undefined && position !== undefined;
