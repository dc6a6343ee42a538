import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { readCheckpoint } from '#eventstore/proof/signed-checkpoint.js';
import { givenCheckpoint, openChainedLog } from './audited-log.js';
import { logPlace } from './data-directory.js';
import { badUsage } from './outcome.js';
import { answering, counted, type Answer } from './output.js';
import { stopped } from './prove.command.js';

/** `prove-growth`: that the log of one checkpoint begins with that of another. */
export function addProveGrowth(program: Command): void {
  answering<{ out: string }, [string, string]>(
    program
      .command('prove-growth')
      .description('write a proof that the log only grew between two signed checkpoints')
      .argument('<earlier>', 'file of the earlier checkpoint')
      .argument('<later>', 'file of the later one')
      .requiredOption('--out <file>', 'where the proof goes'),
    (_, { out }, earlier, later) => proveGrowth([noteIn(earlier), noteIn(later)], out),
  );
}

async function proveGrowth(notes: readonly [string, string], out: string): Promise<Answer> {
  const place = logPlace();
  const growth = await import('#eventstore/proof/growth.js');
  const { treeFileIn } = await import('#eventstore/proof/next-checkpoint.js');
  const log = await openChainedLog(place);
  try {
    const proof = await growth.proveGrowth(log, treeFileIn(place.dataDir), notes);
    writeFileSync(out, `${JSON.stringify(proof, undefined, 2)}\n`);
    const [old, now] = notes.map((note) => readCheckpoint(note).size);
    return {
      document: { ok: true, file: out, earlier: old, later: now },
      lines: [
        `The log of ${counted(now ?? 0, 'event')} begins with the ${counted(old ?? 0, 'event')} before: ${out}`,
      ],
    };
  } catch (error) {
    throw stopped(error);
  } finally {
    await log.close();
  }
}

function noteIn(file: string): string {
  const { note, why } = givenCheckpoint(file);
  if (why !== undefined) throw badUsage(`${file} is no checkpoint: ${why}.`);
  return note;
}
