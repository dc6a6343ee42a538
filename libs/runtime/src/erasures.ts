import type { EventStore } from '#eventstore/event-store.js';
import type { SubjectKeys } from '#eventstore/subject-keys.js';

/** Where keys are kept, and how far erasures were applied there. */
export interface KeptKeys extends Pick<SubjectKeys, 'isErased' | 'erase' | 'durable' | 'fetch'> {
  erasuresAppliedUpTo: number;
  /** Where setting it alone does not keep it. */
  saveErasuresApplied?(): Promise<void>;
}

/**
 * Destroys the key of everyone whom the log says was erased: a process that ended between the two,
 * or a key store brought back from an older backup, may still have it. The key store says how far
 * it was done, so that a backup of it is done again.
 */
export async function applyErasures(
  log: Pick<EventStore, 'readAll' | 'head'>,
  keys: KeptKeys,
): Promise<number> {
  const head = await log.head();
  let after = keys.erasuresAppliedUpTo;
  // A log that ends before is another one, or an older backup.
  if (after > head) after = 0;
  let destroyed = 0;
  for (let caughtUp = false; !caughtUp;) {
    const page = await log.readAll({ after, filter: { types: ['PersonErased'] } });
    for (const { data } of page.events) {
      const { personId } = data as { personId: string };
      await keys.fetch?.(personId);
      if (keys.isErased(personId)) continue;
      keys.erase(personId);
      destroyed += 1;
    }
    ({ upTo: after, caughtUp } = page);
  }
  await keys.durable();
  keys.erasuresAppliedUpTo = after;
  await keys.saveErasuresApplied?.();
  return destroyed;
}
