import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Options } from 'pino-http';
import { currentRequest } from '../http/request-context.js';
import { routeOf } from '../http/route.js';
import type { SignedRequest } from '../viewer/current-actor.js';
import { logger } from './logger.js';

const answered = (request: IncomingMessage, response: ServerResponse) => ({
  correlationId: currentRequest().correlationId,
  actorId: (request as SignedRequest).actor?.id,
  method: request.method,
  route: routeOf((request as SignedRequest).originalUrl),
  status: response.statusCode,
});

/** One line for each answered request: who, where, how long; never a body, header or query string. */
export const requestLog: Options = {
  logger,
  genReqId: () => currentRequest().requestId,
  quietReqLogger: true,
  quietResLogger: true,
  customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
  customLogLevel: (_, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
  customSuccessMessage: () => 'answered',
  customErrorMessage: () => 'answered',
  customSuccessObject: (request, response, value: object) => ({
    ...value,
    ...answered(request, response),
  }),
  customErrorObject: (request, response, _error, { durationMs }: { durationMs?: number }) => ({
    durationMs,
    ...answered(request, response),
  }),
};
