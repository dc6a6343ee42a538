import type { ChainedLog } from '#eventstore/proof/chained-log.js';
import {
  CheckpointComparison,
  type CheckpointVerdict,
} from '#eventstore/proof/checkpoint-comparison.js';
import type { GivenCheckpoint } from './audited-log.js';
import { openChainedLog } from './audited-log.js';
import type { LogPlace } from './data-directory.js';
import { counted } from './output.js';

/** What is said of one checkpoint. */
export interface CheckpointFinding {
  readonly file: string;
  readonly ok: boolean;
  readonly size?: number;
  readonly time?: string;
  readonly why?: string;
  /** The first event that is not the one that was signed, where that can be told. */
  readonly first?: {
    readonly position: number;
    readonly stream: string;
    readonly revision: number;
  };
}

/** Compares the log with signed checkpoints while its chain is verified. */
export class GivenCheckpoints {
  private comparison: CheckpointComparison | undefined;

  constructor(
    private readonly place: LogPlace,
    private readonly given: readonly GivenCheckpoint[],
  ) {}

  /** What the verification of the chain calls at each event. */
  async listener(): Promise<(hash: Buffer) => void> {
    const log = await openChainedLog(this.place);
    await log.close();
    const checkpoints = this.given.flatMap(({ checkpoint }) => checkpoint ?? []);
    const comparison = new CheckpointComparison(log.logId, checkpoints);
    this.comparison = comparison;
    return (hash) => {
      comparison.add(hash);
    };
  }

  /** One for each file, in the order in which they were given. */
  async findings(): Promise<readonly CheckpointFinding[]> {
    const verdicts = this.comparison?.finished() ?? [];
    const log = await openChainedLog(this.place);
    try {
      const found: CheckpointFinding[] = [];
      for (const given of this.given) found.push(await this.finding(log, given, verdicts));
      return found;
    } finally {
      await log.close();
    }
  }

  private async finding(
    log: ChainedLog,
    { file, checkpoint, why: unread }: GivenCheckpoint,
    verdicts: readonly CheckpointVerdict[],
  ): Promise<CheckpointFinding> {
    const verdict = verdicts.find((each) => each.checkpoint === checkpoint);
    if (!checkpoint || !verdict) return { file, ok: false, why: unread ?? 'it was not compared' };
    const { size, time } = checkpoint;
    const { why } = verdict;
    if (why === undefined) return { file, ok: true, size, time };
    const { firstDifference } = await import('#eventstore/proof/first-difference.js');
    const { treeFileIn } = await import('#eventstore/proof/next-checkpoint.js');
    const found = await firstDifference(log, treeFileIn(this.place.dataDir), verdict);
    const { position, stream, revision } = found ?? {};
    const first = position !== undefined && { first: { position, stream, revision } };
    return { file, ok: false, size, time, why, ...first } as CheckpointFinding;
  }
}

export const findingLine = ({
  file,
  ok,
  size = 0,
  time,
  why,
  first,
}: CheckpointFinding): string => {
  if (ok) return `${file}: signed ${time} for ${counted(size, 'event')}; the log begins with them.`;
  const place = first
    ? ` The first is at position ${first.position}, revision ${first.revision} of ${first.stream}.`
    : '';
  return `${file}: ${why}.${place}`;
};
