import { systemActor, type Actor } from '#kernel/actor.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import { invitationDeliveryId } from '#brokerage/delivery/delivery.rules.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<unknown>;

/** An invitation that fails, is doubted, is given up, is asked for again and goes out. */
export async function sendDeliveries(
  events: AsyncGenerator<StoredEvent>,
  send: Send,
): Promise<void> {
  const about = { kind: 'request-invitation', packageId: '', requestId: '', providerId: '' };
  for await (const { type, data } of events) {
    if (type === 'RequestIssued') Object.assign(about, requestOf(data));
    const { requestMailbox, providerId } = data as Record<string, string>;
    if (type === 'ProviderProfileRecorded' && requestMailbox) about.providerId = providerId ?? '';
  }
  const deliveryId = invitationDeliveryId(about.requestId, about.providerId);
  const asked = (name: string, fields: object) =>
    send(name, { deliveryId, ...fields }, systemActor);
  const attempted = async (attempt: number) => {
    const mail = {
      to: 'requests@sample-care.example',
      messageId: `<${deliveryId}@sample.example>`,
    };
    await asked('StartDelivery', { attempt, ...mail });
  };
  await asked('PrepareDelivery', about);
  await attempted(1);
  await asked('RecordDeliveryFailed', { attempt: 1, fault: 'unavailable' });
  await attempted(2);
  await attempted(3);
  await asked('GiveUpDelivery', { because: 'request-not-open' });
  await send('RetryDelivery', { deliveryId }, { id: 'broker', roles: ['broker'] });
  await attempted(4);
  await asked('RecordDeliverySent', { attempt: 4 });
}

const requestOf = (data: unknown) => {
  const { packageId, requestId } = data as { packageId: string; requestId: string };
  return { packageId, requestId };
};
