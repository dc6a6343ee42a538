import { deriveId } from '#kernel/ids.js';
import type { FactReader, Reservation } from '#platform/commands/slice.js';

/** A request's id leads to its package through a stream of its own, so providers never see the package. */
const requestStream = (requestId: string): string => `request-${requestId}`;

export const requestPackageId = (
  read: FactReader,
  requestId: string,
): Promise<string | undefined> => read.holder(requestStream(requestId));

/** Written before the request itself. */
export const requestReservation = (commandId: string, packageId: string): Reservation => ({
  stream: requestStream(deriveId(commandId, 'request')),
  holder: packageId,
  holderStream: `carePackage-${packageId}`,
  refusal: { code: 'RequestAlreadyIssued', message: () => 'This request was issued before.' },
});
