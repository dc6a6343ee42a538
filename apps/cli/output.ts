import { styleText } from 'node:util';
import type { Command } from 'commander';
import { exitCodes, Stop, type ExitCode } from './outcome.js';

/** What a command answers: lines for a person, one document for a program. */
export interface Answer {
  readonly lines: readonly string[];
  readonly document: object;
  /** Default 0. */
  readonly exitCode?: ExitCode;
}

/** How a command may speak while it works. */
export interface Speaker {
  readonly json: boolean;
  /** Standard error is a terminal and a person reads it. */
  readonly terminal: boolean;
}

export const speakerOf = (json: boolean): Speaker => ({
  json,
  terminal: !json && process.stderr.isTTY,
});

type Action<Arguments extends readonly unknown[], Options> = (
  speaker: Speaker,
  options: Options,
  ...args: Arguments
) => Promise<Answer> | Answer;

/** Adds `--json` to a command and lets it answer in the asked form. */
export function answering<Options extends object, Arguments extends readonly unknown[] = []>(
  command: Command,
  action: Action<Arguments, Options>,
): Command {
  return command.option('--json', 'answer one JSON document').action(async (...given) => {
    given.pop();
    const options = given.pop() as Options & { json?: boolean };
    const speaker = speakerOf(options.json ?? false);
    const answer = await action(speaker, options, ...(given as unknown as Arguments));
    say(speaker, answer);
  });
}

function say({ json }: Speaker, { lines, document, exitCode = exitCodes.ok }: Answer): void {
  const text = json ? JSON.stringify(document, undefined, 2) : lines.join('\n');
  process.stdout.write(`${text}\n`);
  process.exitCode = exitCode;
}

/** Says why nothing (more) was done. */
export function sayStop(stop: Stop, json: boolean): void {
  const { code, message, details } = stop;
  if (json) {
    const document = { error: { code, message, ...details } };
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  process.stderr.write(`${message}\n`);
  process.exitCode = stop.exitCode;
}

export const bold = (text: string): string =>
  process.stdout.isTTY ? styleText('bold', text) : text;

/** `1 event`, `2 events`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
