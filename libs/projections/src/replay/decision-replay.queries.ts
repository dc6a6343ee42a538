import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { CheckedFact } from '#platform/replay/fact-check.js';
import type { DecisionExplanation, Explainer } from '#platform/replay/explanation.js';
import type { Difference } from '#platform/replay/differences.js';
import type {
  DecisionDifference,
  DecisionEvent,
  DecisionFact,
  DecisionReplay,
} from './decision-replay.view.js';

export interface DecisionPlaces {
  readonly log: Pick<EventStore, 'at'>;
  /** Where an event stands, or the first event of a command. */
  readonly find: (id: string) => Promise<Position | undefined>;
  readonly explainer: Explainer;
}

/** Reads of decisions made again. */
export class DecisionReplays {
  constructor(private readonly places: DecisionPlaces) {}

  /** By the id of one of its events or of its command; `undefined` where there is no such decision. */
  async byId(id: string): Promise<DecisionReplay | undefined> {
    const position = await this.places.find(id.toLowerCase());
    const event = position === undefined ? undefined : await this.places.log.at(position);
    const explanation = event && (await this.places.explainer.explain(event));
    return explanation && told(explanation);
  }
}

function told(explanation: DecisionExplanation): DecisionReplay | undefined {
  const { append, outcome, differences, error, refusedWith } = explanation;
  const { stateBefore, rules, facts, followed } = explanation;
  const [first] = append;
  if (!first) return undefined;
  const {
    commandId,
    command,
    actor,
    recordedAt,
    policyVersion,
    rules: rulesVersion,
  } = first.metadata;
  const { software } = first.metadata;
  return {
    outcome,
    differences: differences.map(differenceTold),
    ...(error !== undefined && { error }),
    ...(refusedWith !== undefined && { refusedWith }),
    ...{ commandId, command: command?.name ?? '', asked: JSON.stringify(command?.fields ?? {}) },
    ...{ by: actor.id, roles: [...actor.roles], decidedAt: recordedAt, stream: first.stream },
    ...(actor.organisation !== undefined && { organisation: actor.organisation }),
    ...(policyVersion !== undefined && { policyVersion }),
    ...(rulesVersion !== undefined && { rulesVersion }),
    ...(software !== undefined && { software }),
    stateBefore: JSON.stringify(stateBefore),
    rules: rules.map((rule) => ({ ...rule })),
    facts: facts.map(factTold),
    events: refusedWith === undefined ? append.map(eventTold) : [],
    followed: followed.map(({ policy, command: name, stream, recorded }) => ({
      ...{ policy, command: name, stream },
      ...(recorded && { recorded: eventTold(recorded) }),
    })),
  };
}

export const differenceTold = ({ path, recorded, decided }: Difference): DecisionDifference => ({
  path,
  ...(recorded !== undefined && { recorded: JSON.stringify(recorded) }),
  ...(decided !== undefined && { decided: JSON.stringify(decided) }),
});

const factTold = ({ fact, finding, found }: CheckedFact): DecisionFact => ({
  ...{ name: fact.name, finding },
  ...(fact.stream !== undefined && { stream: fact.stream }),
  ...(fact.revision !== undefined && { revision: fact.revision }),
  ...(fact.position !== undefined && { position: String(fact.position) }),
  ...(fact.value !== undefined && { value: JSON.stringify(fact.value) }),
  ...(found !== undefined && { found: JSON.stringify(found) }),
});

const eventTold = (event: StoredEvent): DecisionEvent => ({
  ...{ eventId: event.id, type: event.type, stream: event.stream, revision: event.revision },
  ...{ position: String(event.position), recordedAt: event.metadata.recordedAt },
  data: JSON.stringify(event.data),
});
