import type { Command } from 'commander';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyProgress, CopyResult } from '#eventstore/copy/copy-log.js';
import type { CopyPlace } from '#eventstore/copy/copy-places.js';
import { esdbLibraries } from '#eventstore/esdb/esdb-settings.js';
import type { RawLog } from '#eventstore/copy/raw-log.js';
import { readConfig } from '#platform/config/config.js';
import { badUsage } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';

interface Options {
  readonly from: string;
  readonly to: string;
}

const labels: Readonly<Record<CopyProgress['phase'], string>> = {
  comparing: 'Comparing',
  copying: 'Copying',
  verifying: 'Verifying',
};

/** `copy-log`: a log with its keys and its policies' places, from one store to another. */
export function addCopyLog(program: Command): void {
  const place = 'sqlite:<data directory> or esdb://host:2113';
  answering<Options>(
    program
      .command('copy-log')
      .description(
        'copy a log to another store while no service runs on either; goes on when begun again',
      )
      .requiredOption('--from <log>', place)
      .requiredOption('--to <log>', place),
    copied,
  );
}

async function copied(speaker: Speaker, { from, to }: Options): Promise<Answer> {
  readConfig(process.env);
  const library = esdbLibraries.find((each) => each === process.env['ESDB_CLIENT']) ?? 'eventstore';
  const places = await import('#eventstore/copy/copy-places.js');
  const { copyLog } = await import('#eventstore/copy/copy-log.js');
  const [source, target] = [places.copyPlaceOf(from, library), places.copyPlaceOf(to, library)];
  const startedAt = performance.now();
  const raw = await places.openCopySource(source);
  const told = tellingOf(speaker);
  try {
    if (raw.logId === undefined) throw badUsage(`${from} holds no log.`);
    const into = await places.openCopyTarget(target, raw.logId);
    try {
      const map = positionsFile(target, raw);
      const result = await copyLog(raw, into, { onProgress: told.at, onMapped: map.add });
      map.close();
      await into.close();
      if (target.kind === 'esdb') await places.sealCopy(target.settings);
      return answerOf(result, map.file, (performance.now() - startedAt) / 1000);
    } finally {
      await into.close();
    }
  } finally {
    told.stop();
    await raw.close();
  }
}

/** A bar for each part of the work, the next one when that begins. */
function tellingOf(speaker: Speaker) {
  let phase: CopyProgress['phase'] | undefined;
  let progress = progressOf(speaker, '', 'events');
  return {
    at: (now: CopyProgress) => {
      if (now.phase !== phase) {
        progress.stop();
        progress = progressOf(speaker, labels[now.phase], 'events');
        phase = now.phase;
      }
      progress.at(now.events, Math.max(now.total ?? 0, now.events));
    },
    stop: () => {
      progress.stop();
    },
  };
}

/** Where each event lay and lies: places in recorded facts are those of the log that was copied. */
function positionsFile(target: CopyPlace, { logId = '' }: RawLog) {
  const name = `positions-of-${logId}.csv`;
  const file = target.kind === 'sqlite' ? join(target.directory, name) : name;
  const handle = openSync(file, 'w');
  let text = 'from,to\n';
  const write = () => {
    writeSync(handle, text);
    text = '';
  };
  return {
    file,
    add: (from: number, to: number) => {
      text += `${from},${to}\n`;
      if (text.length > 64 * 1024) write();
    },
    close: () => {
      write();
      closeSync(handle);
    },
  };
}

function answerOf(result: CopyResult, positions: string, seconds: number): Answer {
  const { logId, events, before, hash, keys, checkpoints } = result;
  const copied = events - before;
  const rate = Math.round(copied / Math.max(0.001, seconds));
  const took = `${counted(copied, 'event')} copied in ${seconds.toFixed(1)} s (${rate}/s).`;
  return {
    document: { ok: true, ...result, seconds, positions },
    lines: [
      before > 0 ? `${counted(before, 'event')} were there before. ${took}` : took,
      `Every event of the copy was read again: its chain is that of the source. Hash ${hash}`,
      `${counted(keys, 'key')} of people and ${counted(checkpoints, 'place')} of policies came along.`,
      `The copy is log ${logId}. Where events lay and lie: ${positions}`,
    ],
  };
}
