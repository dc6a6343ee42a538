import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.js';

/** What a command asked and who asked it, in 32 hex digits: equal content gives the same one. */
export function fingerprintOf(name: string, command: object, actor: Actor): string {
  const content = canonical([name, actor.id, actor.organisation ?? null, { ...command }]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined && field !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
};
