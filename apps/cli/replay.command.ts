import type { Command } from 'commander';
import { isClean, type ReplayException, type ReplayTally } from '#platform/replay/replay-tally.js';
import { londonInstant, isCivilDate } from '#kernel/time.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';

interface Options {
  readonly all?: boolean;
  readonly stream?: string;
  readonly since?: string;
}

/** `replay`: decisions made again from all that they saw, read-only, beside a running service or alone. */
export function addReplay(program: Command): void {
  answering<Options>(
    program
      .command('replay')
      .description('make decisions of the log again and compare them with what was recorded')
      .option('--all', 'every decision')
      .option('--stream <name>', 'only of a stream, carePackage-<id> for example')
      .option('--since <when>', 'only recorded since a day (2026-03-29) or an instant'),
    replay,
  );
}

async function replay(speaker: Speaker, { all, stream, since }: Options): Promise<Answer> {
  if (!all && stream === undefined && since === undefined) {
    throw badUsage('Which decisions? Give --all, --stream or --since.');
  }
  const scope = {
    ...(stream !== undefined && { stream }),
    ...(since !== undefined && { since: instantOf(since) }),
  };
  const { config } = logPlace();
  const { replayed } = await import('#runtime/replaying/replayed.js');
  const progress = progressOf(speaker, 'Replaying', 'decisions');
  const startedAt = performance.now();
  try {
    const tally = await replayed(config, scope, (decisions) => {
      progress.at(decisions, decisions);
    });
    return answerOf(tally, (performance.now() - startedAt) / 1000);
  } catch (error) {
    if (error instanceof Error && error.name === 'StreamUnknown') {
      throw new Stop(error.name, error.message, exitCodes.refused);
    }
    throw error;
  } finally {
    progress.stop();
  }
}

function instantOf(text: string): string {
  if (isCivilDate(text)) return londonInstant(text, '00:00').instant;
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T.*Z$/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString();
  throw badUsage(
    '--since takes a day such as 2026-03-29 or an instant such as 2026-03-29T08:00:00Z.',
  );
}

function answerOf(tally: ReplayTally, seconds: number): Answer {
  const { decisions, outcomes, facts, exceptions } = tally;
  const clean = isClean(tally);
  const rate = Math.round(decisions / Math.max(seconds, 0.001));
  return {
    document: { ok: clean, ...tally, seconds },
    lines: [
      `${counted(decisions, 'decision')} made again in ${seconds.toFixed(1)} s (${rate}/s): ` +
        `${outcomes.same} same, ${outcomes.different} different, ${outcomes.threw} threw` +
        `${outcomes.erased > 0 ? `, ${outcomes.erased} need what was erased` : ''}.`,
      `Facts fetched again: ${facts.held} held, ${facts.stale} stale when recorded, ` +
        `${facts.altered} altered; ${facts['not-checked']} kept as they were told.`,
      ...exceptions.flatMap(linesOf),
    ],
    exitCode: clean ? exitCodes.ok : exitCodes.refused,
  };
}

const linesOf = (exception: ReplayException): string[] => {
  const { position, stream, command, outcome, differences = [], error, alteredFacts } = exception;
  return [
    `${command} at position ${position} of ${stream}: ${outcome}${error ? `: ${error}` : ''}`,
    ...differences.map(
      ({ path, recorded, decided }) =>
        `  ${path}: recorded ${JSON.stringify(recorded)}, decided ${JSON.stringify(decided)}`,
    ),
    ...(alteredFacts ? [`  altered: ${alteredFacts.join(', ')}`] : []),
  ];
};
