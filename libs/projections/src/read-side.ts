import type { EventStore, Position } from '#eventstore/event-store.js';
import { connectionFrom, type Connection } from '#platform/graphql/connection.js';
import { asOf, positionOf } from '#platform/graphql/paging.view.js';
import type { ProjectionOf, Tables } from './projector/definition.js';
import type { Page } from './projector/paging.js';
import type { ProjectionReader } from './projector/reader.js';

/** Gives typed reads of the read models that follow the log. */
export interface Projector {
  reader<T extends Tables>(projection: ProjectionOf<T>): ProjectionReader<T>;
}

/** Injection token of the opened `Projector`. */
export const PROJECTOR = Symbol('Projector');

/** Injection token of the log itself, its personal fields sealed. */
export const LOG = Symbol('Log');

type AnyReader = Pick<ProjectionReader<Tables>, 'asOf' | 'waitFor'>;

/** Waits until each read model shows the position that a caller gave as `after`, if any. */
export async function showing(after: string | undefined, ...readers: readonly AnyReader[]) {
  const position = positionOf(after);
  if (position === undefined) return;
  await Promise.all(readers.map((reader) => reader.waitFor(position)));
}

/**
 * Waits until a read model knows every event of its own that the log holds now, and answers how far
 * the log was read for that. Events that it does not handle are not waited for, so that a write
 * that asks the read side is not held up by a file of visits. Throws `ReadModelBehind`.
 */
export async function settled(
  reader: AnyReader,
  projection: { readonly on: object },
  store: Pick<EventStore, 'readAll'>,
): Promise<Position> {
  const filter = { types: Object.keys(projection.on) };
  for (let after = reader.asOf().position; ;) {
    const page = await store.readAll({ after, filter });
    const last = page.events.at(-1);
    if (last) await reader.waitFor(last.position);
    if (page.caughtUp) return page.upTo;
    after = page.upTo;
  }
}

/** A read model's page as a Relay connection, its total counted only for who asks for it. */
export const connected = <Row>(page: Page<Row>): Connection<Row> => {
  const { edges, hasNextPage, hasPreviousPage } = page;
  const { pageInfo } = connectionFrom({ edges, hasNextPage, hasPreviousPage, ...noTotal });
  return {
    ...{ edges, pageInfo, asOf: asOf(page.asOf) },
    get totalCount() {
      return page.totalCount;
    },
  };
};

const noTotal = { totalCount: 0, asOf: { position: '0' } };
