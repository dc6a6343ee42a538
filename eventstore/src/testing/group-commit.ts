import type { Expected, Proposed, Written } from './double-events.js';
import type { DoubleLog } from './double-log.js';
import type { DoubleFaults } from './faults.js';

export interface DoubleAppend {
  readonly stream: string;
  readonly events: readonly Proposed[];
  readonly expected: Expected;
}

interface Waiting extends DoubleAppend {
  readonly done: (written: Written) => void;
}

/** Appends of one turn of the event loop are committed together. */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(
    private readonly log: DoubleLog,
    private readonly faults: DoubleFaults,
  ) {}

  written(append: DoubleAppend): Promise<Written> {
    return new Promise((done) => {
      if (this.waiting.length === 0) setImmediate(() => this.commit());
      this.waiting.push({ ...append, done });
    });
  }

  private commit(): void {
    const batch = this.waiting;
    this.waiting = [];
    if (!this.faults.takesHalfOf(batch.length)) return this.keep(batch, true);
    this.keep(batch.slice(0, batch.length >> 1), false);
    this.faults.cut();
  }

  private keep(batch: readonly Waiting[], isAnswered: boolean): void {
    const results: Written[] = [];
    this.log.together(() => {
      for (const { stream, events, expected } of batch) {
        results.push(this.log.write(stream, events, expected));
      }
    });
    if (!isAnswered) return;
    for (const [index, written] of results.entries()) batch[index]?.done(written);
  }
}
