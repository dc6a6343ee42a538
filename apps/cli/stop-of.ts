import { exitCodes, Stop } from './outcome.js';

type Classify = (error: Error) => Stop;

const ends =
  (exitCode: (typeof exitCodes)[keyof typeof exitCodes]): Classify =>
  (error) =>
    new Stop(error.name, error.message, exitCode);

/** By class name, for the classes live in libraries that a quick command does not load. */
const stops: Readonly<Record<string, Classify>> = {
  Stop: (error) => error as Stop,
  BadConfiguration: ends(exitCodes.badUsage),
  DataDirectoryLocked: ends(exitCodes.unreachable),
  LogCut: ends(exitCodes.refused),
  Rejection: (error) => {
    const { code, violations } = error as Error & { code: string; violations: unknown };
    return new Stop(code, error.message, exitCodes.refused, { violations });
  },
};

/** The end that an error means; what is not foreseen keeps its stack. */
export function stopOf(error: unknown): Stop {
  if (!(error instanceof Error)) return new Stop('Failed', String(error), exitCodes.failed);
  const known = stops[error.name]?.(error);
  return known ?? new Stop('Failed', error.stack ?? error.message, exitCodes.failed);
}
