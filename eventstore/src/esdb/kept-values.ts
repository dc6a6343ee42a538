import { randomUUID } from 'node:crypto';
import type { Position } from '../event-store.js';
import { expectedOf } from '../expectation.js';
import { WrongExpectedRevision } from '../event-store.js';
import type { EsdbEvent } from './esdb-client.js';
import type { EsdbAppends } from './esdb-appends.js';
import type { EsdbConnection } from './esdb-connection.js';
import type { EsdbReads } from './esdb-reads.js';
import { besideTheLog } from './log-streams.js';

const empty = new Uint8Array();

/** A small value of the store itself, an event of a stream that keeps only its last ones. */
export const valueEvent = (type: string, data: object, id = randomUUID()): EsdbEvent => ({
  ...{ id, type, contentType: 'application/json', data, metadata: empty },
});

/** Keeps the last event of a stream; older ones are removed by the server's next scavenge. */
export const keepLastOnly = (connection: EsdbConnection, stream: string): Promise<unknown> =>
  connection.tried('append', (client) => {
    const { credentials, appendDeadlineMs } = connection.settings;
    const call = { credentials, deadline: appendDeadlineMs };
    return client.setStreamMetadata(stream, { maxCount: 1 }, call);
  });

/** The positions that policies have reached, one stream each. */
export class EsdbCheckpoints {
  private readonly revisions = new Map<string, number>();

  constructor(
    private readonly connection: EsdbConnection,
    private readonly appends: EsdbAppends,
    private readonly reads: EsdbReads,
  ) {}

  async read(name: string): Promise<Position | undefined> {
    const stream = streamOf(name);
    const [last] = await this.reads.records(stream, { direction: 'backwards', limit: 1 });
    this.revisions.set(stream, last ? Number(last.revision) : -1);
    return (last?.data as { readonly position?: Position } | undefined)?.position;
  }

  /** The last one counts, whoever saves it. */
  async save(name: string, position: Position): Promise<void> {
    const stream = streamOf(name);
    if (!this.revisions.has(stream)) await this.read(name);
    for (;;) {
      const revision = this.revisions.get(stream) ?? -1;
      try {
        const event = valueEvent('CheckpointReached', { name, position });
        const saved = await this.appends.append(stream, [event], expectedOf(revision));
        this.revisions.set(stream, saved.revision);
        if (revision < 0) await keepLastOnly(this.connection, stream);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        await this.read(name);
      }
    }
  }
}

const streamOf = (name: string): string => `${besideTheLog.checkpoint}-${name}`;
