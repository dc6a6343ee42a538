import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import type { IsoWeek } from '#kernel/time.js';
import type { ProviderContractEvent } from '#brokerage/provider-contract/provider-contract.events.js';
import { withContractEvent, type PayContract } from '#brokerage/statement/pay-book.rules.js';
import { withPayEvent, type PayWeek } from '#brokerage/statement/pay-week.rules.js';

export type Log = Pick<EventStore, 'read'>;

const upTo = async (log: Log, stream: string, position: number): Promise<StoredEvent[]> =>
  (await log.read(stream, { limit: 10_000 })).filter((event) => event.position <= position);

/** A package's week as the log had it at a position. */
export async function weekAt(
  log: Log,
  { packageId, week }: { readonly packageId: string | null; readonly week: IsoWeek },
  position: number,
) {
  const events = await upTo(log, `visitWeek-${packageId}-${week}`, position);
  return events.reduce<PayWeek | undefined>(withPayEvent, undefined);
}

/** A contract as the log had it at a position. */
export async function contractAt(log: Log, contractId: string, position: number) {
  const events = await upTo(log, `providerContract-${contractId}`, position);
  return events.reduce<PayContract | undefined>(
    (contract, { type, data }) =>
      withContractEvent(contract, { type, data } as ProviderContractEvent),
    undefined,
  );
}
