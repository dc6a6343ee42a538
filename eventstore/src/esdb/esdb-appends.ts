import {
  EventTooLarge,
  StoreUnavailable,
  type AppendResult,
  type ExpectedRevision,
} from '../event-store.js';
import { revisionOf, wrongExpectation } from '../expectation.js';
import type { EsdbAppended, EsdbEvent, EsdbLibraryClient } from './esdb-client.js';
import { patient, within, type EsdbConnection } from './esdb-connection.js';
import { maxAppendBytes, positionOf } from './event-form.js';
import type { EsdbReads } from './esdb-reads.js';
import { actualRevisionOf, failureOf } from './outage.js';

/** How appends ended; for the metrics. */
export interface AppendTally {
  appended: number;
  appendSeconds: number;
  refused: number;
  /** A try ended without an answer, so the same append was sent again. */
  unknown: number;
  unavailable: number;
}

interface Append {
  readonly stream: string;
  readonly events: readonly EsdbEvent[];
  readonly expected: ExpectedRevision;
  /** At most so many. */
  readonly bytes: number;
}

/**
 * Appends at an exact revision. Each try has a deadline of its own, since a hung server answers
 * nothing for long; a try without an answer is repeated exactly, and the server's idempotence tells
 * what became of it.
 */
export class EsdbAppends {
  readonly tally: AppendTally = {
    appended: 0,
    appendSeconds: 0,
    refused: 0,
    unknown: 0,
    unavailable: 0,
  };
  private readonly running = new Set<Promise<unknown>>();
  private outage: string | undefined;

  constructor(
    private readonly connection: EsdbConnection,
    private readonly reads: EsdbReads,
  ) {}

  /** Why appends fail just now, `undefined` while they do not. */
  get unavailable(): string | undefined {
    return this.outage;
  }

  /** A value of the store itself is small; other appends say how many bytes they have at most. */
  append(
    stream: string,
    events: readonly EsdbEvent[],
    expected: ExpectedRevision,
    bytes = 0,
  ): Promise<AppendResult> {
    const running = this.appended({ stream, events, expected, bytes });
    this.running.add(running);
    const ended = () => this.running.delete(running);
    running.then(ended, ended);
    return running;
  }

  /** Resolves when nothing is on its way any more. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private async appended(append: Append): Promise<AppendResult> {
    const began = performance.now();
    try {
      const result = await this.connection.tried('append', (client, attempt) => {
        if (attempt > 0) this.tally.unknown += 1;
        const deadline = patient(this.connection.settings.appendDeadlineMs, attempt);
        return this.sent(client, append, deadline);
      });
      this.outage = undefined;
      this.tally.appended += 1;
      this.tally.appendSeconds += (performance.now() - began) / 1000;
      const { nextExpectedRevision, position } = result;
      const revision = Number(nextExpectedRevision);
      // A repeat may be answered without its position.
      return position
        ? { revision, position: Number(position.commit) }
        : await this.found(append.stream, revision);
    } catch (error) {
      throw this.meaning(error, append);
    }
  }

  private sent(
    client: EsdbLibraryClient,
    { stream, events, expected, bytes }: Append,
    deadline: number,
  ): Promise<EsdbAppended> {
    const { dialect, settings } = this.connection;
    const isBatched = bytes <= dialect.batchedBytes && !hasCredentials(settings);
    const appending = client.appendToStream(stream, events, {
      [dialect.expectation]: expected === 'none' ? 'no_stream' : BigInt(expected),
      requiresLeader: true,
      deadline,
      // Credentials of its own give an append a call of its own; an insecure server ignores them.
      ...(!isBatched && { credentials: settings.credentials }),
    });
    return within(deadline + 500, appending, `an append to ${stream}`);
  }

  private async found(stream: string, revision: number): Promise<AppendResult> {
    const [record] = await this.reads.records(stream, { from: revision, limit: 1 });
    if (!record) throw new StoreUnavailable(`${stream}@${revision} was appended but is not there`);
    return { revision, position: positionOf(record) };
  }

  private meaning(error: unknown, { stream, events, expected }: Append): unknown {
    if (error instanceof StoreUnavailable) {
      this.outage = error.message;
      this.tally.unavailable += 1;
      return error;
    }
    const failure = failureOf(error);
    if (failure === 'wrong-expectation') {
      this.tally.refused += 1;
      return wrongExpectation(stream, revisionOf(expected), actualRevisionOf(error));
    }
    if (failure === 'too-large') {
      const [largest] = [...events].sort((a, b) => bytesOf([b]) - bytesOf([a]));
      return new EventTooLarge(largest?.type ?? stream, bytesOf(events), maxAppendBytes);
    }
    return error;
  }
}

const hasCredentials = ({ credentials }: EsdbConnection['settings']): boolean =>
  credentials.username !== '';

const bytesOf = (events: readonly EsdbEvent[]): number =>
  events.reduce(
    (sum, { data, metadata }) => sum + JSON.stringify(data).length + metadata.length,
    0,
  );
