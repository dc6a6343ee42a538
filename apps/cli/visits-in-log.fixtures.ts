import { join } from 'node:path';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';

/** What the log says of visits, stream by stream: not when it was said. */
export async function visitsIn(dataDir: string): Promise<{
  readonly visits: ReadonlyMap<string, readonly string[]>;
  readonly filesAccepted: number;
}> {
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  const visits = new Map<string, string[]>();
  let filesAccepted = 0;
  try {
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await store.readAll({ after });
      for (const event of page.events) {
        if (event.type === 'EcmFileAccepted') filesAccepted += 1;
        const told = toldBy(event as unknown as VisitEvent);
        if (told.length > 0) {
          visits.set(event.stream, [...(visits.get(event.stream) ?? []), ...told].toSorted());
        }
      }
      ({ upTo: after, caughtUp } = page);
    }
  } finally {
    await store.close();
  }
  return { visits, filesAccepted };
}

function toldBy({ type, data }: VisitEvent): string[] {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- what files tell of
  switch (type) {
    case 'VisitsRecorded':
      return data.legs.map((leg) => JSON.stringify(leg));
    case 'VisitsUnallocated':
      return data.rows.map((row) => JSON.stringify(row));
    case 'VisitCorrected':
    case 'VisitCorrectionProposed': {
      const { visit, leg, carerId, inAt, outAt, voided } = data;
      return [JSON.stringify([type, visit, leg, carerId, inAt, outAt, voided])];
    }
    case 'VisitMissReported':
    case 'VisitExcused':
    case 'VisitExcuseClaimed':
      return [JSON.stringify([type, data.visit, data.reason])];
    default:
      return [];
  }
}
