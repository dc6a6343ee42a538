import { pino, type Logger } from 'pino';
import { currentRequest } from '../http/request-context.js';

/**
 * The fields a log line may have. Anything else is dropped, so that no query variable, header or
 * personal field reaches a log by accident. Ids, names from our own code, and numbers only.
 */
const allowed = new Set([
  ...['requestId', 'correlationId', 'actorId', 'commandId', 'eventId', 'stream', 'position'],
  ...['method', 'route', 'status', 'durationMs', 'bytes', 'operation', 'code', 'context'],
  ...['projection', 'policy', 'lagEvents', 'count', 'percent', 'errorName', 'stack', 'signal'],
]);

/** Keeps the allowed fields. An `Error` under `err` becomes its name and stack. */
export function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...others } = fields;
  const failure = err instanceof Error ? { errorName: err.name, stack: err.stack } : {};
  return Object.fromEntries(
    Object.entries({ ...others, ...failure }).filter(([field]) => allowed.has(field)),
  );
}

/** The process's log: one JSON object a line, on standard output. */
export const logger: Logger = pino({
  level: 'warn',
  base: null,
  formatters: { level: (label) => ({ level: label }), log: allowedFields },
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** Logs a failure that its caller is told only the request id of. */
export function logUnexpected(thrown: unknown): void {
  const { requestId, correlationId } = currentRequest();
  const err = causeOf(thrown);
  logger.error(
    { requestId, correlationId, code: 'INTERNAL', err },
    'a request failed unexpectedly',
  );
}

function causeOf(thrown: unknown): Error {
  const original = (thrown as { originalError?: unknown } | null)?.originalError;
  if (original instanceof Error) return causeOf(original);
  return thrown instanceof Error ? thrown : new Error(typeof thrown);
}
