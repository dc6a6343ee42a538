import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { strToU8, zipSync } from 'fflate';
import { projectRoot } from '#platform/config/project-root.js';
import { openChainedLog } from './audited-log.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer } from './output.js';
import { noteFor, stopped } from './prove.command.js';
import { withService } from './service-client.js';

interface Options {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly out: string;
}

/** `evidence-pack`: all evidence about one person's care in a period, with proofs, as a zip file. */
export function addEvidencePack(program: Command): void {
  answering<Options>(
    program
      .command('evidence-pack')
      .description(
        'write all evidence about a person’s care in a period, with proofs, as a zip file',
      )
      .requiredOption('--person <id>', 'the person’s id')
      .requiredOption('--from <day>', 'the first day, 2026-03-01')
      .requiredOption('--to <day>', 'the last day')
      .requiredOption('--out <file>', 'where the zip file goes; it must not exist'),
    (_, options) => evidencePack(options),
  );
}

async function evidencePack({ person, from, to, out }: Options): Promise<Answer> {
  if (existsSync(out)) throw badUsage(`${out} exists already. Name another file.`);
  if (from > to) throw badUsage('The period begins after it ends.');
  const pack = await withService((client) =>
    client.ask('evidence-pack', { personId: person, fromOn: from, lastDay: to }),
  );
  if (!('files' in pack)) {
    throw new Stop('PersonUnknown', `There is no care of person ${person}.`, exitCodes.refused);
  }
  const { proofs, unproven } = await proofsOf(pack.eventIds);
  const files = { ...pack.files, ...proofs, ...verifier() };
  const zipped = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
  writeFileSync(out, zipped, { flag: 'wx', mode: 0o600 });
  const proven = pack.eventIds.length - unproven;
  return {
    document: {
      ...{ ok: true, file: out, packages: pack.packages, events: pack.eventIds.length },
      ...{ proven, erased: pack.erased, files: Object.keys(files).length },
    },
    lines: [
      `${counted(pack.packages, 'package')}, ${counted(pack.eventIds.length, 'event')}, ${counted(proven, 'proof')}: ${out}`,
      ...(unproven > 0
        ? [`${unproven} came after the newest checkpoint: run \`brokerage checkpoint\` and again.`]
        : []),
      ...(pack.erased ? ['The person was erased: README.html says what cannot be read.'] : []),
      'README.html in it says how each part is checked. It tells about a person: keep it safe.',
    ],
  };
}

/** A proof for each event that the newest checkpoint covers. */
async function proofsOf(
  eventIds: readonly string[],
): Promise<{ readonly proofs: Record<string, string>; readonly unproven: number }> {
  const place = logPlace();
  const { NothingToProve, proveInclusion } = await import('#eventstore/proof/inclusion.js');
  const { treeFileIn } = await import('#eventstore/proof/next-checkpoint.js');
  const log = await openChainedLog(place);
  try {
    const note = await noteFor(log, place);
    const proofs: Record<string, string> = { 'checkpoint.txt': note };
    let unproven = 0;
    for (const event of eventIds) {
      try {
        const proof = await proveInclusion(log, treeFileIn(place.dataDir), { event, note });
        proofs[`proofs/${event}.json`] = `${JSON.stringify(proof, undefined, 2)}\n`;
      } catch (error) {
        if (!(error instanceof NothingToProve)) throw error;
        unproven += 1;
      }
    }
    return { proofs, unproven };
  } catch (error) {
    throw stopped(error);
  } finally {
    await log.close();
  }
}

/** The second verifier, so that the pack can be checked with nothing of the service. */
function verifier(): Record<string, string> {
  const file = join(projectRoot, 'apps/auditor/verify.py');
  return existsSync(file) ? { 'verify.py': readFileSync(file, 'utf8') } : {};
}
