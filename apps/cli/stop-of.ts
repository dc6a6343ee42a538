import { exitCodes, Stop, type ExitCode } from './outcome.js';

/** An error as the service answers it over HTTP. */
export interface AnsweredFault {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly violations?: readonly unknown[] };
}

const exitCodeOf: Readonly<Record<string, ExitCode>> = {
  BAD_USER_INPUT: exitCodes.badUsage,
  REQUEST_TOO_LARGE: exitCodes.badUsage,
  INTERNAL: exitCodes.failed,
  STORE_UNAVAILABLE: exitCodes.unreachable,
};

/** The end that a service's refusal means. */
export function stopOfFault(fault: AnsweredFault | undefined): Stop {
  if (!fault) return new Stop('Failed', 'The service refused without a reason.', exitCodes.failed);
  const { code, violations } = fault.extensions;
  const details = violations && violations.length > 0 ? { violations } : {};
  return new Stop(code, fault.message, exitCodeOf[code] ?? exitCodes.refused, details);
}

type Classify = (error: Error) => Stop;

const ends =
  (exitCode: ExitCode): Classify =>
  (error) =>
    new Stop(error.name, error.message, exitCode);

const refused =
  (exitCode: ExitCode): Classify =>
  (error) => {
    const { code, violations } = error as Error & { code?: string; violations?: unknown };
    return new Stop(code ?? error.name, error.message, exitCode, { violations });
  };

/** By class name, for the classes live in libraries that a quick command does not load. */
const stops: Readonly<Record<string, Classify>> = {
  Stop: (error) => error as Stop,
  BadConfiguration: ends(exitCodes.badUsage),
  InvalidInput: refused(exitCodes.badUsage),
  DataDirectoryLocked: ends(exitCodes.unreachable),
  StoreUnavailable: ends(exitCodes.unreachable),
  ServiceFileUnreadable: ends(exitCodes.unreachable),
  LogCut: ends(exitCodes.refused),
  LogUnfinished: ends(exitCodes.refused),
  CopyRefused: ends(exitCodes.refused),
  KeysUnusable: ends(exitCodes.refused),
  Rejection: refused(exitCodes.refused),
  DemoLoading: ends(exitCodes.refused),
  IdempotencyKeyReused: ends(exitCodes.refused),
};

/** The end that an error means; what is not foreseen keeps its stack. */
export function stopOf(error: unknown): Stop {
  if (!(error instanceof Error)) return new Stop('Failed', String(error), exitCodes.failed);
  const known = stops[error.name]?.(error);
  return known ?? new Stop('Failed', error.stack ?? error.message, exitCodes.failed);
}
