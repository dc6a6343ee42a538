import { leafHash, inclusionProof, isIncluded, isSame, rootOf } from './merkle-tree.js';
import { chainHash } from '../hash-chain.js';
import { eventAt, type ChainedLog, type LinkedEvent } from './chained-log.js';
import { grownTree } from './log-tree.js';
import { readCheckpoint } from './signed-checkpoint.js';
import { storedPart } from './stored-part.js';

/** That an event is among those of a checkpoint, for who has nothing but the checkpoint's key. */
export interface InclusionProof {
  readonly format: typeof proofFormat;
  readonly version: 1;
  readonly logId: string;
  readonly event: ReturnType<typeof eventDocument>;
  /** The chain's hash before the event and at it, 64 hex digits. */
  readonly previousHash: string;
  readonly hash: string;
  /** The leaf's place, and the hashes beside its way up to the root, 64 hex digits each. */
  readonly leafIndex: number;
  readonly auditPath: readonly string[];
  /** The signed note. */
  readonly checkpoint: string;
}

export const proofFormat = 'care-brokerage-inclusion-proof';

/** There is nothing to prove; the message says why. */
export class NothingToProve extends Error {
  override readonly name = 'NothingToProve';
}

/**
 * Proves the event with this id or at this position against a checkpoint.
 * Throws `NothingToProve` where the event is not among those of the checkpoint, and `LogInconsistent`.
 */
export async function proveInclusion(
  log: ChainedLog,
  treeFile: string,
  asked: { readonly event: string | number; readonly note: string },
): Promise<InclusionProof> {
  const checkpoint = readCheckpoint(asked.note);
  const { size, root } = checkpoint;
  if (checkpoint.logId !== log.logId) {
    throw new NothingToProve(`The checkpoint is of log ${checkpoint.logId}, this is ${log.logId}.`);
  }
  const index = await log.find(asked.event);
  if (index === undefined) throw new NothingToProve(`The log has no event ${asked.event}.`);
  if (index >= size) {
    throw new NothingToProve(
      `The event came after the checkpoint, which has the first ${size}; this is number ${index + 1}. ` +
        'Take a later one.',
    );
  }
  const event = await eventAt(log, index);
  if (!event) throw new NothingToProve(`The log has no event ${asked.event}.`);
  if (chainHash(event.previous, event) !== event.hash) {
    throw new NothingToProve(
      `The event is not what was appended. \`brokerage verify\` says what is wrong.`,
    );
  }
  const tree = await grownTree(log, treeFile, { signed: { size, root } });
  try {
    const path = inclusionProof(tree, index, size);
    const leaf = leafHash(Buffer.from(event.hash, 'hex'));
    if (!isIncluded({ leaf, index, size }, path, root) || !isSame(rootOf(tree, size), root)) {
      throw new NothingToProve('The event is not the one that was signed.');
    }
    return {
      ...({ format: proofFormat, version: 1, logId: log.logId } as const),
      event: eventDocument(event),
      ...{ previousHash: event.previous, hash: event.hash, leafIndex: index },
      auditPath: path.map((each) => each.toString('hex')),
      checkpoint: asked.note,
    };
  } finally {
    tree.close();
  }
}

const eventDocument = (event: LinkedEvent) => {
  const { position, stream, revision, id, type, version, data, metadata } = event;
  const texts = { data: storedPart(data), metadata: storedPart(metadata) };
  return { position, stream, revision, id, type, version, ...texts };
};
