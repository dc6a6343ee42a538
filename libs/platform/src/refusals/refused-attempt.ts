import type { Actor } from '#kernel/actor.js';
import type { SubmittedCommand } from '../commands/submission.js';
import type { RefusedDecision } from '../commands/work.js';
import type { RefusedAttempt } from './refusal.events.js';

/** What stands where somebody wrote something. */
export const textMark = '(text)';

/** Longer ones are not kept: a refusal is a small event. */
const longestAttempt = 8_192;

/** What a refused decision saw, without what people wrote; `undefined` where that is too much. */
export function attemptOf(
  command: SubmittedCommand,
  actor: Actor,
  { name, version, stream, revision, decision }: RefusedDecision,
  isCode: (text: string) => boolean,
): RefusedAttempt | undefined {
  const { commandId, ...fields } = command;
  const { facts, context } = decision;
  const { now: at, policy, rules, entropy } = context;
  const attempt: RefusedAttempt = {
    ...{ commandId, command: { name, version, fields: coded(fields, isCode) }, stream },
    revision: revision === 'none' ? -1 : revision,
    facts: Object.entries(facts).map(([fact, { value, ...source }]) => ({
      ...{ name: fact, value: coded(value, isCode) },
      ...(source.stream !== undefined && { stream: source.stream }),
      ...(source.revision !== undefined && { revision: source.revision }),
    })),
    actor: {
      ...{ id: actor.id, roles: [...actor.roles] },
      ...(actor.organisation !== undefined && { organisation: actor.organisation }),
    },
    ...{ at, policyVersion: policy.version, rules, entropy },
  };
  return JSON.stringify(attempt).length > longestAttempt ? undefined : attempt;
}

/** Ids, dates and times: nothing in which a sentence or a name would fit. */
const idOrTime =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-[-\dTW:.Z]{3,20}|\d{2}:\d{2})$/;

/** A copy in which every text that is no id, code or time is a mark. */
function coded(value: unknown, isCode: (text: string) => boolean): unknown {
  if (typeof value === 'string') return idOrTime.test(value) || isCode(value) ? value : textMark;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => coded(entry, isCode));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, coded(field, isCode)]),
  );
}
