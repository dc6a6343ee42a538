import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { CommanderError } from 'commander';
import { keepHeapSteady } from '#platform/memory/steady-heap.js';
import { exitCodes, Stop } from './outcome.js';
import { sayStop } from './output.js';
import { createProgram } from './program.js';
import { stopOf } from './stop-of.js';

/** `brokerage <command>`: see `program.ts`. */
async function run(): Promise<void> {
  // A replay holds what streams were, and is as fast as its heap is free.
  if (!process.argv.includes('replay')) keepHeapSteady(10);
  if (existsSync('.env')) loadEnvFile('.env');
  const json = process.argv.includes('--json');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(signal));
  try {
    await createProgram().parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      sayStop(new Stop('BadUsage', usageOf(error), exitCodes.badUsage), json);
    } else {
      sayStop(stopOf(error), json);
    }
  }
}

const usageOf = ({ message }: CommanderError): string => {
  const said = message.replace(/^error: /, '').replace(/^\(outputHelp\)$/, 'no command was given');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}. See --help.`;
};

function end(signal: 'SIGINT' | 'SIGTERM'): void {
  // The cursor may be hidden by a progress bar.
  if (process.stderr.isTTY) process.stderr.write('\u001b[?25h\n');
  process.stderr.write('Stopped. What was recorded stays; the same command goes on from there.\n');
  process.exit(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated);
}

await run();
