import { HttpException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { Violation } from '#kernel/rejection.js';
import type { PlatformCode } from './error-codes.js';
import type { InvalidInput } from './invalid-input.js';
import { asOf, type AsOf, type ReadUpTo } from './paging.view.js';

/** What a caller hears about a failed request. `code` is a platform code or the code of a rule. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly retryable: boolean;
  readonly violations: readonly Violation[];
  /** How far the read model is (`READ_MODEL_BEHIND`). */
  readonly asOf?: AsOf;
  /** The cause is not for callers: it is logged under the request id. */
  readonly unexpected?: true;
}

/** The query's cost is over the limit. */
export class QueryTooComplex extends Error {
  override readonly name = 'QueryTooComplex';
}

type Classify = (error: Error) => Fault;

const answers =
  (code: PlatformCode, retryable = false): Classify =>
  ({ message }) => ({ code, message, retryable, violations: [] });

const conflict = (): Fault => ({
  code: 'CONFLICT',
  message:
    'Someone else changed this at the same moment. Nothing was recorded; please send it again.',
  retryable: true,
  violations: [],
});

/**
 * The error contract by class name, for the classes live in libraries that this one does not import.
 * What is not listed is unexpected.
 */
const faults: Readonly<Record<string, Classify>> = {
  Rejection: (error) => {
    const { code, violations } = error as Error & { code: string; violations: Violation[] };
    return { code, message: error.message, retryable: false, violations };
  },
  InvalidInput: (error) => ({
    ...answers('BAD_USER_INPUT')(error),
    violations: (error as InvalidInput).violations,
  }),
  BadCursor: answers('BAD_USER_INPUT'),
  QueryTooComplex: answers('QUERY_TOO_COMPLEX'),
  Unauthenticated: answers('UNAUTHENTICATED'),
  SignInUnavailable: answers('SIGN_IN_UNAVAILABLE', true),
  TooManyRequests: answers('TOO_MANY_REQUESTS', true),
  Forbidden: answers('FORBIDDEN'),
  DemoLoading: answers('DEMO_LOADING', true),
  Conflict: conflict,
  WrongExpectedRevision: conflict,
  IdempotencyKeyReused: answers('IDEMPOTENCY_KEY_REUSED'),
  EventTooLarge: answers('EVENT_TOO_LARGE'),
  SubjectErased: answers('PERSON_ERASED'),
  StoreUnavailable: (error) => ({
    ...answers('STORE_UNAVAILABLE', true)(error),
    message: 'Nothing can be recorded at the moment; please send it again later.',
  }),
  ReadModelBehind: (error) => ({
    ...answers('READ_MODEL_BEHIND', true)(error),
    asOf: asOf((error as Error & { asOf: ReadUpTo }).asOf),
  }),
};

const httpCodes: Readonly<Record<number, PlatformCode>> = {
  400: 'BAD_USER_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'REQUEST_TOO_LARGE',
  415: 'BAD_USER_INPUT',
  429: 'TOO_MANY_REQUESTS',
};

const unexpected: Fault = {
  code: 'INTERNAL',
  message: 'Something failed here. Please tell us the request id.',
  retryable: false,
  violations: [],
  unexpected: true,
};

/** Codes of `graphql` and of Apollo for documents and variables that do not fit the schema. */
const malformed = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What graphql-armor and the parser say of a document over a limit. */
const limitMessage = /^Syntax Error: (.* limit of .*|Document contains more.*)$/s;

/**
 * The one mapping from a thrown value to what a caller hears. `graphqlCode` is what Apollo calls an
 * error of the document or its variables.
 */
export function faultOf(thrown: unknown, graphqlCode?: unknown): Fault {
  if (thrown instanceof GraphQLError) return faultOfGraphqlError(thrown, graphqlCode);
  if (thrown instanceof HttpException) return faultOfHttp(thrown.getStatus(), thrown.message);
  if (thrown instanceof Error) return faults[thrown.name]?.(thrown) ?? unexpected;
  return unexpected;
}

function faultOfGraphqlError(error: GraphQLError, graphqlCode: unknown): Fault {
  const limit = limitMessage.exec(error.message)?.[1];
  if (limit) return answers('QUERY_TOO_COMPLEX')(new Error(limit));
  const code = graphqlCode ?? error.extensions['code'];
  if (error.originalError && !(error.originalError instanceof GraphQLError)) {
    return faultOf(error.originalError);
  }
  return typeof code === 'string' && malformed.has(code)
    ? answers('BAD_USER_INPUT')(error)
    : unexpected;
}

function faultOfHttp(status: number, message: string): Fault {
  const code = httpCodes[status];
  if (!code) return unexpected;
  return { ...answers(code, status === 429)(new Error(message)) };
}

/** The `extensions` of an error, in the same shape over GraphQL and plain HTTP. */
export const extensionsOf = (fault: Fault, requestId: string) => ({
  code: fault.code,
  requestId,
  retryable: fault.retryable,
  violations: fault.violations,
  ...(fault.asOf !== undefined && { asOf: fault.asOf }),
});
