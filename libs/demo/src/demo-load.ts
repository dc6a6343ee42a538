import { deriveId, uuidV7 } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import { instantMs, type Instant } from '#kernel/time.js';
import type { EventStore, NewEvent } from '#eventstore/event-store.js';
import type { DemoRequest } from './demo-plan.js';
import type { YearRequest } from './ecm-year/year-request.js';

/** The stream that tells whether a log holds a demo council. */
export const demoStream = 'demo-council';

export type DemoLoad =
  | { readonly state: 'none' }
  | {
      readonly state: 'loading';
      readonly request: DemoRequest;
      /** How far the simulation came: a clock that goes on from here never goes back. */
      readonly reachedAt: Instant;
    }
  | { readonly state: 'loaded'; readonly request: DemoRequest };

/** What a log knows of its demo council. A half-loaded one goes on with the same request. */
export async function demoLoad(store: EventStore): Promise<DemoLoad> {
  const [started, ended] = await store.read(demoStream);
  if (!started) return { state: 'none' };
  const request = started.data as DemoRequest;
  if (ended) return { state: 'loaded', request };
  const { metadata } = (await store.at(await store.head())) ?? started;
  return { state: 'loading', request, reachedAt: metadata.recordedAt };
}

/** Marks a log at once as one of invented people, so that production never starts on it. */
export async function markYear(
  { store, at }: Mark,
  { seed, endsBefore: asOfOn, ...year }: YearRequest,
): Promise<void> {
  const request = { seed, asOfOn, scale: 'full', year };
  const marks = [
    marked('DemoLoadStarted', request, at),
    marked('DemoLoaded', { loadedUpTo: at }, at),
  ];
  await store.append(demoStream, marks, 'none');
}

/** Marks that a load begins. */
export const markStarted = ({ store, at }: Mark, request: DemoRequest): Promise<void> =>
  mark({ store, at }, 'DemoLoadStarted', request, 'none');

/** Marks that everything is loaded. */
export const markLoaded = ({ store, at }: Mark): Promise<void> =>
  mark({ store, at }, 'DemoLoaded', { loadedUpTo: at }, 0);

interface Mark {
  readonly store: EventStore;
  readonly at: Instant;
}

async function mark(
  { store, at }: Mark,
  type: string,
  data: object,
  expected: 'none' | number,
): Promise<void> {
  await store.append(demoStream, [marked(type, data, at)], expected);
}

function marked(type: string, data: object, at: Instant): NewEvent {
  const commandId = deriveId(uuidV7(instantMs(at), ''), demoStream, type);
  const metadata = { commandId, actor: systemActor, recordedAt: at, simulated: true as const };
  return { id: deriveId(commandId, demoStream, 0), type, version: 1, data, metadata };
}
