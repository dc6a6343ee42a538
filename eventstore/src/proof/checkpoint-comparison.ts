import { leafHash } from './merkle-tree.js';
import type { AuditCheckpoint } from './signed-checkpoint.js';
import { TreeFrontier } from './tree-frontier.js';

/** What became of a checkpoint when a log was compared with it. */
export interface CheckpointVerdict {
  readonly checkpoint: AuditCheckpoint;
  /** Why the log is not what it was then; absent where it is. */
  readonly why?: string;
  /** The first `intact` events are what an earlier checkpoint says; the difference lies behind them. */
  readonly intact: number;
}

/** Compares a log with checkpoints of it, while the log is read from its first event to its last. */
export class CheckpointComparison {
  private readonly verdicts: CheckpointVerdict[] = [];
  private readonly frontier = new TreeFrontier();
  private readonly waiting: AuditCheckpoint[];
  private intact = 0;

  constructor(
    private readonly logId: string,
    checkpoints: readonly AuditCheckpoint[],
  ) {
    this.waiting = checkpoints.toSorted((a, b) => a.size - b.size || (a.time < b.time ? -1 : 1));
    this.judgeReached();
  }

  /** The next event's hash in the chain. */
  add(chainHash: Buffer): void {
    if (this.waiting.length === 0) return;
    this.frontier.add(leafHash(chainHash));
    if (this.waiting[0]?.size === this.frontier.size) this.judgeReached();
  }

  /** One verdict for each checkpoint, the smallest first; what was not reached is cut off. */
  finished(): readonly CheckpointVerdict[] {
    for (const checkpoint of this.waiting.splice(0)) {
      const { size } = this.frontier;
      this.tell(checkpoint, `the log proves ${size} events but had ${checkpoint.size}`);
    }
    return this.verdicts;
  }

  private judgeReached(): void {
    while (this.waiting[0]?.size === this.frontier.size) {
      const checkpoint = this.waiting.shift() as AuditCheckpoint;
      this.tell(checkpoint, this.whyNot(checkpoint));
    }
  }

  private whyNot({ logId, root, size, time }: AuditCheckpoint): string | undefined {
    if (logId !== this.logId) return `it is of log ${logId}, this is log ${this.logId}`;
    const [earlier] = this.verdicts.slice(-1);
    if (earlier && earlier.checkpoint.time > time) {
      return `it says ${time}, but a shorter log was signed later, at ${earlier.checkpoint.time}`;
    }
    if (this.frontier.root().equals(root)) return undefined;
    const behind = this.intact > 0 ? ` behind the first ${this.intact}` : '';
    return `the log's first ${size} events are not those that were signed: something${behind} was rewritten`;
  }

  private tell(checkpoint: AuditCheckpoint, why: string | undefined): void {
    this.verdicts.push({ checkpoint, ...(why !== undefined && { why }), intact: this.intact });
    if (why === undefined) this.intact = checkpoint.size;
  }
}
