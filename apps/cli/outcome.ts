/** What the process ends with; `brokerage --help` documents each. */
export const exitCodes = {
  ok: 0,
  refused: 1,
  badUsage: 2,
  unreachable: 3,
  failed: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Text of `--help` on exit codes. */
export const exitCodesHelp = `
Exit codes:
  0    done; every check passed
  1    refused, or a check failed: the sentence says why
  2    the command was given wrongly, or a setting cannot be used
  3    the service does not answer, or another process has the data directory
  70   something failed here that was not foreseen
  130  interrupted by Ctrl-C (143: by a termination signal); what was recorded stays

With --json, standard output holds one JSON document and nothing else (through npm, use
\`npm run -s brokerage -- ...\`); an error is {"error": {"code", "message"}}.
`;

/** An end that was foreseen: one sentence that says what to do, and the exit code. */
export class Stop extends Error {
  override readonly name = 'Stop';
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: ExitCode,
    /** What else a program may want to know. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const badUsage = (message: string): Stop =>
  new Stop('BadUsage', message, exitCodes.badUsage);
