import { systemActor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import type { AnyDecider } from '#kernel/decider.js';
import { acorn, broker, packageId, requestId } from '../package/package.fixtures.js';
import { deliveryDecider } from './delivery.decider.js';
import type { DeliveryEvent, DeliveryPrepared } from './delivery.events.js';
import { invitationDeliveryId } from './delivery.rules.js';

const { given } = specFor(deliveryDecider);
const commandId = '01932e1c-0a10-7000-8000-000000000010';
const deliveryId = invitationDeliveryId(requestId, acorn);
const about: DeliveryPrepared['data'] = {
  ...{ deliveryId, providerId: acorn, packageId, requestId },
  kind: 'request-invitation',
};
const prepared: DeliveryPrepared = { type: 'DeliveryPrepared', data: about };
const mail = { to: 'requests@acorn.example', messageId: `<${deliveryId}@council.example>` };
const now = '2026-03-02T12:00:00.000Z';

const started = (attempt: number, doubt = {}): DeliveryEvent => ({
  type: 'DeliveryStarted',
  data: { deliveryId, attempt, ...mail, ...doubt },
});
const failed = (attempt: number, retryAt?: string): DeliveryEvent => ({
  type: 'DeliveryFailed',
  data: { deliveryId, attempt, fault: 'unavailable', ...(retryAt && { retryAt }) },
});
const sent: DeliveryEvent = { type: 'DeliverySent', data: { deliveryId, attempt: 1 } };
const givenUp = (
  because: Extract<DeliveryEvent, { type: 'DeliveryGivenUp' }>['data']['because'],
): DeliveryEvent => ({ type: 'DeliveryGivenUp', data: { deliveryId, because } });

describe('A delivery', () => {
  const when = (
    events: readonly DeliveryEvent[],
    name: string,
    fields: object,
    actor = systemActor,
  ) =>
    given(...events).when(
      name,
      { commandId, deliveryId, ...fields },
      {
        now,
        actor,
        facts: { hasMailbox: true },
      },
    );
  const start = (events: readonly DeliveryEvent[], attempt: number) =>
    when(events, 'StartDelivery', { attempt, ...mail });
  const fail = (events: readonly DeliveryEvent[], attempt: number, fault = 'unavailable') =>
    when(events, 'RecordDeliveryFailed', { attempt, fault });

  it('is prepared once, and only for a provider with a mailbox (S1-9)', () => {
    when([], 'PrepareDelivery', about).then(prepared);
    when([prepared], 'PrepareDelivery', about).thenNothing();
    const decide = (deliveryDecider as AnyDecider).decide['PrepareDelivery'];
    const nobody = { facts: { hasMailbox: false } };
    expect(decide?.(deliveryDecider.initial, { commandId, ...about }, nobody as never)).toEqual([]);
  });

  it('begins the next attempt alone: not one that another worker has begun', () => {
    start([prepared], 1).then(started(1));
    start([prepared], 2).thenRejected('DeliveryStartedElsewhere');
    start([prepared, started(1)], 1).thenRejected('DeliveryStartedElsewhere');
    start([], 1).thenRejected('DeliveryUnknown');
    start([prepared, started(1), sent], 2).thenRejected('DeliveryIsOver');
  });

  it('is sent once more where nobody knows what became of an attempt, and never twice more', () => {
    start([prepared, started(1)], 2).then(started(2, { afterUnknown: true }));
    const doubted = [prepared, started(1), started(2, { afterUnknown: true })];
    start(doubted, 3).then(givenUp('outcome-unknown'));
    // A failure in between clears nothing: the first copy may still be there.
    start([...doubted, failed(2, now), started(3)], 4).then(givenUp('outcome-unknown'));
  });

  it('waits longer after each failure, and is given up after the sixth', () => {
    const waits = ['12:01', '12:05', '12:15', '13:00', '16:00'];
    const events: DeliveryEvent[] = [prepared];
    for (const [index, time] of waits.entries()) {
      const attempt = index + 1;
      events.push(started(attempt));
      const next = failed(attempt, `2026-03-02T${time}:00.000Z`);
      fail(events, attempt).then(next);
      events.push(next);
    }
    fail([...events, started(6)], 6).then(failed(6), givenUp('unavailable'));
  });

  it('is given up at once where the address is refused', () => {
    const refused = { deliveryId, attempt: 1, fault: 'address-refused' } as const;
    fail([prepared, started(1)], 1, 'address-refused').then(
      { type: 'DeliveryFailed', data: refused },
      givenUp('address-refused'),
    );
  });

  it('has an outcome of the attempt that runs, of no other', () => {
    when([prepared, started(1)], 'RecordDeliverySent', { attempt: 1 }).then(sent);
    when([prepared, started(1)], 'RecordDeliverySent', { attempt: 2 }).thenRejected(
      'DeliveryNotStarted',
    );
    when([prepared], 'RecordDeliverySent', { attempt: 1 }).thenRejected('DeliveryNotStarted');
    fail([prepared, started(1), sent], 1).thenRejected('DeliveryNotStarted');
  });

  it('becomes pointless until it has gone out', () => {
    const pointless = { because: 'request-not-open' };
    when([prepared], 'GiveUpDelivery', pointless).then(givenUp('request-not-open'));
    when([prepared, started(1), sent], 'GiveUpDelivery', pointless).thenNothing();
  });

  it('is tried again by a person where it was given up, with all its attempts', () => {
    const over = [
      prepared,
      started(1),
      started(2, { afterUnknown: true }),
      givenUp('outcome-unknown'),
    ];
    const reopened: DeliveryEvent = {
      ...{ type: 'DeliveryReopened', data: { deliveryId, by: broker.id } },
    };
    when(over, 'RetryDelivery', {}, broker).then(reopened);
    when([prepared], 'RetryDelivery', {}, broker).thenRejected('DeliveryNotGivenUp');
    start([...over, reopened], 3).then(started(3));
  });
});
