import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { LogInconsistent } from '#eventstore/proof/log-tree.js';
import { BadCheckpoint } from '#eventstore/proof/signed-checkpoint.js';
import { NothingToProve } from '#eventstore/proof/inclusion.js';
import { ChainBroken, type ChainedLog } from '#eventstore/proof/chained-log.js';
import { givenCheckpoint, openChainedLog } from './audited-log.js';
import { logPlace, type LogPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer } from './output.js';

interface Options {
  readonly checkpoint?: string;
  readonly out: string;
}

/** `prove`: one event with the hashes that lead from it to a signed checkpoint. */
export function addProve(program: Command): void {
  answering<Options, [string]>(
    program
      .command('prove')
      .description('write a proof that an event is among those that were signed')
      .argument('<event>', 'id or position of the event')
      .option('--checkpoint <file>', 'the signed checkpoint, default the newest of the service')
      .requiredOption('--out <file>', 'where the proof goes'),
    (_, options, event) => prove(event, options),
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function prove(asked: string, { checkpoint, out }: Options): Promise<Answer> {
  const isPosition = /^[1-9]\d{0,14}$/.test(asked);
  if (!isPosition && !uuid.test(asked)) {
    throw badUsage(`${JSON.stringify(asked)} is neither the id nor the position of an event.`);
  }
  const place = logPlace();
  const { proveInclusion } = await import('#eventstore/proof/inclusion.js');
  const { treeFileIn } = await import('#eventstore/proof/next-checkpoint.js');
  const log = await openChainedLog(place);
  try {
    const note = await noteFor(log, place, checkpoint);
    const event = isPosition ? Number(asked) : asked.toLowerCase();
    const proof = await proveInclusion(log, treeFileIn(place.dataDir), { event, note });
    writeFileSync(out, `${JSON.stringify(proof, undefined, 2)}\n`);
    const { stream, revision, position, type } = proof.event;
    const { length } = proof.auditPath;
    return {
      document: { ok: true, file: out, position, stream, revision, leafIndex: proof.leafIndex },
      lines: [
        `${type}, revision ${revision} of ${stream} at position ${position}, is among the signed events.`,
        `${counted(length, 'hash', 'hashes')} lead to the signed root: ${out}`,
        'The event is told as it is stored; names of people in it are sealed.',
      ],
    };
  } catch (error) {
    throw stopped(error);
  } finally {
    await log.close();
  }
}

/** The checkpoint of a file, else the newest of the service. */
export async function noteFor(
  log: ChainedLog,
  { dataDir }: LogPlace,
  file?: string,
): Promise<string> {
  if (file !== undefined) {
    const { note, why } = givenCheckpoint(file);
    if (why !== undefined) throw badUsage(`${file} is no checkpoint: ${why}.`);
    return note;
  }
  const { CheckpointFolder } = await import('#eventstore/proof/checkpoint-folder.js');
  const last = new CheckpointFolder(dataDir).last(log.logId);
  if (!last) throw badUsage('There is no checkpoint yet: run `brokerage checkpoint` first.');
  return last.note;
}

/** What a proof that cannot be given ends with. */
export function stopped(error: unknown): unknown {
  if (error instanceof NothingToProve) {
    return new Stop(error.name, error.message, exitCodes.refused);
  }
  const isFound =
    error instanceof LogInconsistent ||
    error instanceof ChainBroken ||
    error instanceof BadCheckpoint;
  return isFound
    ? new Stop(error.name, `Nothing proven: ${error.message}.`, exitCodes.refused)
    : error;
}
