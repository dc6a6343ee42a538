import { Metadata, status as codes, type ServiceError } from '@grpc/grpc-js';

/** The server's own default. */
export const maxAppendBytes = 1024 * 1024;

/** How the server refuses a call: gRPC's code, its text, and trailers for what a client must know. */
const refusal = (
  code: codes,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const unavailable = () => refusal(codes.UNAVAILABLE, 'the double is away');

/** As a node answers while it starts. */
export const notReady = () => refusal(codes.UNAVAILABLE, notReadyText);
export const notReadyText = 'Server Is Not Ready';

export const notLeader = (host: string, port: number) =>
  refusal(codes.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const noLeaderInfo = () => refusal(codes.UNKNOWN, 'No leader info available in response');

/** `$all` is read from positions of records alone. */
export const invalidPosition = () =>
  refusal(codes.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');

/** A subscription is confirmed before it is refused so. */
export const invalidSubscribedPosition = () =>
  refusal(codes.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const streamDeleted = (stream: string) =>
  refusal(codes.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': encodeURI(stream),
  });

export const appendTooLarge = () =>
  refusal(codes.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendBytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxAppendBytes),
  });

export const accessDenied = () =>
  refusal(codes.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notAuthenticated = () =>
  refusal(codes.UNAUTHENTICATED, 'Bad gRPC response. HTTP status code: 401');

export const wrongDeletion = (stream: string, expected: number, actual: number) =>
  refusal(
    codes.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, ` +
      `Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': encodeURI(stream),
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );
