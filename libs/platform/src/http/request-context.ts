import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** What log lines, errors and events say about the request they belong to. */
export interface RequestContext {
  readonly requestId: string;
  /** 32 hex digits: the caller's trace id, or one of our own. */
  readonly correlationId: string;
}

const contexts = new AsyncLocalStorage<RequestContext>();

const outside: RequestContext = { requestId: 'none', correlationId: '0'.repeat(32) };

/** The request that is being answered; a placeholder outside of one. */
export const currentRequest = (): RequestContext => contexts.getStore() ?? outside;

const ownId = /^[\w.-]{8,64}$/;
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;
const noTrace = '0'.repeat(32);

/** Ids from the headers `x-request-id` and `traceparent` where they are well formed, else fresh ones. */
export function requestContextOf(headers: Request['headers']): RequestContext {
  const fresh = randomBytes(16).toString('hex');
  const named = headers['x-request-id'];
  const trace = traceparent.exec(String(headers['traceparent'] ?? ''))?.[1];
  return {
    requestId: typeof named === 'string' && ownId.test(named) ? named : fresh,
    correlationId: trace && trace !== noTrace ? trace : fresh,
  };
}

/** Gives each request its ids and answers the request id as `x-request-id`. */
export function withRequestContext(request: Request, response: Response, next: NextFunction): void {
  const context = requestContextOf(request.headers);
  response.setHeader('x-request-id', context.requestId);
  contexts.run(context, next);
}
