import type { DeliveryEvent } from '#brokerage/delivery/delivery.events.js';
import { broker, providerUser } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { deliveries } from './deliveries.projection.js';
import { DeliveryReads } from './deliveries.queries.js';

const deliveryId = 'delivery-1';
const messageId = '<delivery-1@council.example>';
const to = 'requests@acorn.example';
const about = { providerId: 'acorn', packageId: 'package-1', requestId: 'request-1' };
const prepared: DeliveryEvent = {
  type: 'DeliveryPrepared',
  data: { deliveryId, kind: 'request-invitation', ...about },
};
const started = (attempt: number, doubt = {}): DeliveryEvent => ({
  type: 'DeliveryStarted',
  data: { deliveryId, attempt, to, messageId, ...doubt },
});
const retryAt = '2026-03-02T09:30:00.000Z';
const failed: DeliveryEvent = {
  type: 'DeliveryFailed',
  data: { deliveryId, attempt: 1, fault: 'unavailable', retryAt },
};
const sent: DeliveryEvent = { type: 'DeliverySent', data: { deliveryId, attempt: 2 } };
const givenUp: DeliveryEvent = {
  type: 'DeliveryGivenUp',
  data: { deliveryId, because: 'request-not-open' },
};
const reopened: DeliveryEvent = { type: 'DeliveryReopened', data: { deliveryId, by: 'b' } };

describe('Deliveries', () => {
  const folded = (...events: DeliveryEvent[]) => givenEvents(deliveries).given(...events);
  const readsAfter = (...events: DeliveryEvent[]) =>
    new DeliveryReads(projectorOver({ deliveries: folded(...events) }).projector);
  const rowAfter = (...events: DeliveryEvent[]) =>
    readsAfter(...events).deliveries(broker, { first: 10 }).edges[0]?.node;

  it('tell each attempt, and when the next one is', () => {
    expect(rowAfter(prepared, started(1), failed)).toMatchObject({
      ...{ status: 'waiting', retryAt, messageId },
      attempts: [{ attempt: 1, to, fault: 'unavailable', possibleDuplicate: false }],
    });
    const row = rowAfter(prepared, started(1), failed, started(2, { afterUnknown: true }), sent);
    expect(row).toMatchObject({ status: 'sent', attempts: [{}, { possibleDuplicate: true }] });
    expect(row).not.toHaveProperty('retryAt');
  });

  it('tell why nothing more is tried, until somebody asks for it', () => {
    const because = 'request-not-open';
    expect(rowAfter(prepared, givenUp)).toMatchObject({ status: 'given-up', because });
    expect(rowAfter(prepared, givenUp, reopened)).not.toHaveProperty('because');
  });

  it('are the council’s to read, by request and by where they stand', () => {
    const reads = readsAfter(prepared);
    const found = (viewer: typeof broker, question: object) =>
      reads.deliveries(viewer, { first: 10, ...question }).edges.length;
    expect(found(broker, { requestId: 'request-1', status: 'prepared' })).toBe(1);
    expect(found(broker, { requestId: 'request-2' })).toBe(0);
    expect(found(broker, { status: 'sent' })).toBe(0);
    expect(found(providerUser, {})).toBe(0);
  });
});
