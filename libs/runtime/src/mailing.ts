import { join } from 'node:path';
import type { EventStore } from '#eventstore/event-store.js';
import type { AttemptOutcome, Letter } from '#brokerage/delivery/delivery-attempts.js';
import type { DeliveryPrepared } from '#brokerage/delivery/delivery.events.js';
import { packageDecider } from '#brokerage/package/package.decider.js';
import type { RequestIssued } from '#brokerage/package/package.sourcing.events.js';
import { providerDecider } from '#brokerage/provider/provider.decider.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Config } from '#platform/config/config.js';
import { FolderTransport } from '#platform/mail/folder-transport.js';
import { requestInvitation } from '#projections/pages/request-invitation-mail.js';
import type { Mailing } from './worker.js';

export interface Mailed {
  readonly store: EventStore;
  readonly commands: Commands;
  readonly clock: Pick<Clock, 'now'>;
  readonly mailAttempts: Map<AttemptOutcome, number>;
}

/** How this service sends mail; `undefined` where it sends none. */
export function mailingOf(service: Mailed, config: Config): Mailing | undefined {
  if (config.mail === 'off') return undefined;
  const { mailAttempts } = service;
  return {
    transport: new FolderTransport(join(config.dataDir, 'mail'), () => service.clock.now()),
    from: config.mailFrom,
    letter: (delivery) => invitation(service, config.publicUrl, delivery),
    onAttempt: (outcome) => mailAttempts.set(outcome, (mailAttempts.get(outcome) ?? 0) + 1),
  };
}

/** The request as it was issued and leak-checked, while it is open and where its provider reads mail. */
async function invitation(
  { store, commands, clock }: Mailed,
  publicUrl: string,
  { packageId, requestId, providerId }: DeliveryPrepared['data'],
): Promise<Letter> {
  const stream = `carePackage-${packageId}`;
  const { reader } = commands;
  const { request } = (await reader.folded(packageDecider, stream)).state;
  const isOpen =
    request?.requestId === requestId && !request.closed && clock.now() < request.closesAt;
  if (!isOpen) return { pointless: 'request-not-open' };
  const provider = await reader.folded(providerDecider, `provider-${providerId}`);
  const { requestMailbox: to } = provider.state;
  if (to === undefined) return { pointless: 'no-address' };
  const { pack } = await issued(store, stream, requestId);
  const { closesAt } = request;
  return { to, ...requestInvitation({ pack, closesAt, link: linkTo(publicUrl, requestId) }) };
}

const linkTo = (publicUrl: string, requestId: string): string =>
  `${publicUrl}/pages/request-pack/${requestId}`;

async function issued(store: EventStore, stream: string, requestId: string) {
  for (const { type, data } of await store.read(stream)) {
    const event = data as RequestIssued['data'];
    if (type === 'RequestIssued' && event.requestId === requestId) return event;
  }
  throw new Error(`${stream} has lost request ${requestId}`);
}
