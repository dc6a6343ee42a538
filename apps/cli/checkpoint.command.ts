import type { Command } from 'commander';
import { ChainBroken } from '#eventstore/proof/chained-log.js';
import { LogInconsistent } from '#eventstore/proof/log-tree.js';
import { BadCheckpoint, originOf } from '#eventstore/proof/signed-checkpoint.js';
import { openChainedLog, signingKeyOf } from './audited-log.js';
import { logPlace } from './data-directory.js';
import { exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer } from './output.js';

/** `checkpoint`: signs what the log is now, beside a running service or alone. */
export function addCheckpoint(program: Command): void {
  answering<{ out?: string }>(
    program
      .command('checkpoint')
      .description('sign what the log is now, once it begins with what was signed last')
      .option('--out <file>', 'where a copy of the checkpoint goes, for the auditor'),
    (_, { out }) => checkpoint(out),
  );
}

async function checkpoint(out: string | undefined): Promise<Answer> {
  const place = logPlace();
  const key = signingKeyOf(place);
  const { signNext } = await import('#eventstore/proof/next-checkpoint.js');
  const { writeWhole } = await import('#eventstore/proof/checkpoint-folder.js');
  const log = await openChainedLog(place);
  try {
    const time = new Date().toISOString();
    const signed = await signNext(log, { dataDir: place.dataDir, key, time });
    if (!signed)
      throw refused('LogEmpty', 'The log has no event with a hash yet; nothing to sign.');
    if (out !== undefined) writeWhole(out, signed.note);
    const { size, root } = signed.checkpoint;
    const unsealed = await log.unsealed();
    const behind =
      unsealed > 0 ? [`${counted(unsealed, 'event')} behind them not sealed yet.`] : [];
    return {
      document: {
        ok: true,
        file: out ?? signed.file,
        size,
        root: root.toString('hex'),
        time,
        unsealed,
      },
      lines: [
        `Signed ${counted(size, 'event')} of log ${log.logId} at ${time}: ${out ?? signed.file}`,
        ...behind,
        `Give it to the auditor with the key ${key.public.verifierFor(originOf(log.logId))}`,
      ],
    };
  } catch (error) {
    throw stopped(error);
  } finally {
    await log.close();
  }
}

function stopped(error: unknown): unknown {
  const isFound =
    error instanceof LogInconsistent ||
    error instanceof ChainBroken ||
    error instanceof BadCheckpoint;
  if (!isFound) return error;
  const advice =
    'Run `brokerage verify --checkpoint` with the auditor’s copies, and bring the log back.';
  return refused(error.name, `Not signed: ${error.message}. ${advice}`);
}

const refused = (code: string, message: string): Stop => new Stop(code, message, exitCodes.refused);
