import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../config/config.js';
import { extensionsOf, faultOf, type Fault } from '../graphql/faults.js';
import { logUnexpected } from '../logging/logger.js';
import { CONFIG } from '../runtime/runtime.js';
import { currentRequest } from './request-context.js';

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  REQUEST_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  STORE_UNAVAILABLE: 503,
  SIGN_IN_UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** A rule refused it. */
const refused = 422;

/** Errors of plain HTTP requests in the shape of a GraphQL answer. GraphQL formats its own. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw thrown;
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    if (isHealthReport(thrown)) {
      response.status(thrown.getStatus()).json(thrown.getResponse());
      return;
    }
    const fault = this.faultFor(thrown);
    if (fault.unexpected) logUnexpected(thrown);
    const { requestId } = currentRequest();
    response
      .status(statuses[fault.code] ?? (fault.violations.length > 0 ? refused : 409))
      .json({ errors: [{ message: fault.message, extensions: extensionsOf(fault, requestId) }] });
  }

  private faultFor(thrown: unknown): Fault {
    const fault = faultOf(thrown);
    if (fault.code !== 'REQUEST_TOO_LARGE') return fault;
    const { maxBodyBytes } = this.config;
    return {
      ...fault,
      message: `A request may have at most ${maxBodyBytes} bytes. Send less at once.`,
    };
  }
}

const isHealthReport = (thrown: unknown): thrown is HttpException => {
  if (!(thrown instanceof HttpException)) return false;
  const body = thrown.getResponse();
  return typeof body === 'object' && 'details' in body && 'status' in body;
};
