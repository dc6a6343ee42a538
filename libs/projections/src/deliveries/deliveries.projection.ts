import type { StoredEvent } from '#eventstore/event-store.js';
import type { DeliveryEvent } from '#brokerage/delivery/delivery.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { Delivery, DeliveryAttempt } from './deliveries.view.js';

/** What is sent to providers, and what became of each attempt. */
export const deliveries = defineProjection<DeliveryEvent>()({
  name: 'deliveries',
  version: 1,
  tables: {
    deliveries: table<Delivery>()({
      columns: {
        preparedAt: text((row) => row.preparedAt),
        requestId: text((row) => row.requestId),
        status: text((row) => row.status),
      },
      indexes: [['preparedAt'], ['requestId', 'preparedAt'], ['status', 'preparedAt']],
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
  },
  on: {
    DeliveryPrepared: ({ event, data, tables }) =>
      tables.deliveries.change(data.deliveryId, () => ({
        ...data,
        ...{ status: 'prepared', preparedAt: event.metadata.recordedAt, attempts: [] },
      })),
    DeliveryStarted({ event, data: { deliveryId, messageId, ...begun }, tables }) {
      const attempt: DeliveryAttempt = {
        ...{ attempt: begun.attempt, startedAt: recordedAt(event), to: begun.to },
        possibleDuplicate: begun.afterUnknown === true,
      };
      tables.deliveries.change(deliveryId, (row) => {
        if (!row) return undefined;
        const { retryAt: _, ...rest } = row;
        return { ...rest, messageId, status: 'started', attempts: [...row.attempts, attempt] };
      });
    },
    DeliverySent: ({ event, data: { deliveryId, attempt }, tables }) =>
      tables.deliveries.change(
        deliveryId,
        (row) =>
          row && { ...withAttempt(row, attempt, { sentAt: recordedAt(event) }), status: 'sent' },
      ),
    DeliveryFailed: ({ event, data: { deliveryId, attempt, fault, retryAt }, tables }) =>
      tables.deliveries.change(
        deliveryId,
        (row) =>
          row && {
            ...withAttempt(row, attempt, { failedAt: recordedAt(event), fault }),
            ...{ status: 'waiting', ...(retryAt && { retryAt }) },
          },
      ),
    DeliveryGivenUp: ({ data: { deliveryId, because }, tables }) =>
      tables.deliveries.change(deliveryId, (row) => row && { ...row, status: 'given-up', because }),
    DeliveryReopened: ({ data: { deliveryId }, tables }) =>
      tables.deliveries.change(deliveryId, (row) => {
        if (!row) return undefined;
        const { because: _, ...rest } = row;
        return { ...rest, status: 'prepared' };
      }),
  },
});

const recordedAt = ({ metadata }: StoredEvent): string => metadata.recordedAt;

const withAttempt = (
  row: Delivery,
  number: number,
  outcome: Partial<DeliveryAttempt>,
): Delivery => ({
  ...row,
  attempts: row.attempts.map((attempt) =>
    attempt.attempt === number ? { ...attempt, ...outcome } : attempt,
  ),
});
