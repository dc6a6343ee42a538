import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import type { EventStore } from '#eventstore/event-store.js';
import { eventsOf, type Counted } from './figure-events.queries.js';
import type { FigureEvent } from './figure-events.view.js';

export const fileFormats = ['csv', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

const types: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

const head = ['eventId', 'type', 'stream', 'revision', 'position', 'recordedAt', 'concerns'];

const csvLine = (cells: readonly (string | number)[]): string =>
  stringify([[...cells]], { escape_formulas: true, record_delimiter: 'windows' });

const csvEvent = ({ concerns, ...event }: FigureEvent): string =>
  csvLine([
    ...[event.eventId, event.type, event.stream, event.revision],
    ...[event.position, event.recordedAt, concerns.join(' ')],
  ]);

/** The whole list as a file, line by line. */
export async function* fileOf(
  events: AsyncIterable<FigureEvent>,
  format: FileFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `\uFEFF${csvLine(head)}`;
  for await (const event of events) {
    yield format === 'csv' ? csvEvent(event) : `${JSON.stringify(event)}\n`;
  }
}

/** Streams the list to a client, who may go away. */
export async function sendEvents(
  response: Response,
  name: string,
  format: FileFormat,
  { log, counted }: { readonly log: Pick<EventStore, 'read'>; readonly counted: Counted },
): Promise<void> {
  response.set({
    'Cache-Control': 'private, no-store',
    'Content-Disposition': `attachment; filename="${name}.${format}"`,
    'Content-Type': types[format],
  });
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const lines = Readable.from(fileOf(eventsOf(log, counted), format));
  await pipeline(lines, response, { signal: gone.signal }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
}
