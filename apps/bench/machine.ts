import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { median, shortly } from './harness.js';

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly sqlite: string;
  /** Median of writing 4 KiB and `fdatasync`, in milliseconds. */
  readonly fsyncMs: number;
  readonly fileSystem: string;
  readonly measuredOn: string;
  readonly commit: string;
}

export function describeMachine(directory: string): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    sqlite: new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get() as string,
    fsyncMs: fsyncMs(directory),
    fileSystem: fileSystemOf(directory),
    measuredOn: new Date().toISOString().slice(0, 10),
    commit: commit(),
  };
}

export const machineLine = (machine: Machine): string =>
  `${machine.measuredOn}, commit ${machine.commit}: ${machine.cores} cores (${machine.processor}), ` +
  `${machine.memoryGb} GB, ${machine.fileSystem}, fsync ${shortly(machine.fsyncMs)} ms, ` +
  `Node ${machine.node}, SQLite ${machine.sqlite}`;

/** The median of 300 writes of 4 KiB, each followed by `fdatasync`. */
export function fsyncMs(directory: string): number {
  const file = join(directory, 'fsync.probe');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(4096, 1);
  const taken: number[] = [];
  for (let write = 0; write < 300; write += 1) {
    const startedAt = performance.now();
    writeSync(handle, page);
    fdatasyncSync(handle);
    taken.push(performance.now() - startedAt);
  }
  closeSync(handle);
  rmSync(file);
  return median(taken);
}

const fileSystems: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x01021994: 'tmpfs (nothing is durable here)',
  0x794c7630: 'overlayfs',
};

const fileSystemOf = (directory: string): string => {
  const { type } = statfsSync(directory);
  return fileSystems[type] ?? `file system ${type.toString(16)}`;
};

function commit(): string {
  try {
    const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
