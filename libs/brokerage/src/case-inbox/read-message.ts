import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { instantFrom } from '#kernel/time-offset.js';
import type { Instant } from '#kernel/time.js';
import { isCaseMessageType, messagesIn, unknownMessage } from './messages-in.js';

/** A message that has the shape of one; whether it can be taken is found later. */
export interface ReadMessage {
  readonly type: string;
  readonly system: string;
  readonly personRef: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  /** What it says, as JSON: the fields of the schema. */
  readonly body: string;
  /** Fields that the schema does not know, kept aside as JSON. */
  readonly aside?: string;
}

/** Reads the text of a request. Throws `InvalidInput` that names every error. */
export function readMessage(text: string): ReadMessage {
  const given = jsonOf(text);
  const { type } = given as { readonly type?: unknown };
  const isKnown = typeof type === 'string' && isCaseMessageType(type);
  const parsed = (isKnown ? messagesIn[type] : unknownMessage).safeParse(given);
  if (!parsed.success) {
    throw new InvalidInput(
      parsed.error.issues.map(({ path, message }) => ({
        ...{ code: 'invalid', path: path.join('.'), message },
      })),
    );
  }
  const { data, ...envelope } = parsed.data;
  const aside = leftOut(given, parsed.data);
  return {
    ...{ type: envelope.type, system: data.system, personRef: data.personRef },
    // The schema has seen that it is an instant.
    ...{ sequence: data.sequence, occurredAt: instantFrom(envelope.timestamp) ?? '' },
    body: JSON.stringify(data),
    ...(aside !== undefined && { aside: JSON.stringify(aside) }),
  };
}

function jsonOf(text: string): object {
  const message = 'The body is a JSON object: {"type": …, "timestamp": …, "data": …}.';
  const wrong = new InvalidInput([{ code: 'invalid', path: '', message }]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong;
  return value;
}

/** What was given and not taken, at any depth; `undefined` where all was taken. */
export function leftOut(given: unknown, taken: unknown): unknown {
  if (typeof given !== 'object' || given === null) return taken === undefined ? given : undefined;
  if (typeof taken !== 'object' || taken === null) return given;
  const left = Object.entries(given).flatMap(([name, value]) => {
    const rest = leftOut(value, (taken as Record<string, unknown>)[name]);
    return rest === undefined ? [] : [[name, rest] as const];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
