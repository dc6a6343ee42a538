import type { EventStore, Position } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';
import type { Checkpoint } from './checkpoint.js';
import type { ProjectionFile } from './projection-file.js';
import type { Slices } from './slices.js';

/** What a reader reads from. The file may be another one at the next read, after a rebuild. */
export interface ReadSource {
  readonly file: ProjectionFile;
  readonly checkpoint: Checkpoint;
  readonly store: Pick<EventStore, 'readAll'>;
  readonly slices: Slices;
  waitFor(position: Position, timeoutMs: number): Promise<void>;
}

/**
 * The position of the last event recorded up to an instant, by the running maximum of
 * `recordedAt`. The file keeps a sample of instants; the log between two of them is read.
 */
export async function positionAt(source: ReadSource, instant: Instant): Promise<Position> {
  const { position: end, recordedAt } = source.checkpoint;
  if (recordedAt === null || recordedAt <= instant) return end;
  const sample = source.file
    .prepared('SELECT max(position) AS position FROM _instants WHERE recordedAt <= ?')
    .get(instant) as { position: Position | null };
  let position = sample.position ?? 0;
  for (;;) {
    const page = await source.store.readAll({ after: position, limit: 1_000 });
    for (const event of page.events) {
      // The first later event raises the running maximum beyond the instant, for good.
      if (event.metadata.recordedAt > instant || event.position > end) return position;
      position = event.position;
    }
    if (page.caughtUp || page.upTo >= end) return position;
    position = page.upTo;
  }
}
