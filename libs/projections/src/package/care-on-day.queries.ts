import type { EventStore, Position } from '#eventstore/event-store.js';
import { wholeStream } from '#eventstore/stream-pages.js';
import { fold } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';
import { coverOn, layerOn } from '#brokerage/package/package.cover.rules.js';
import { packageDecider } from '#brokerage/package/package.decider.js';
import type { CareOnDay } from './care-on-day.view.js';

/** The care that is valid on a day as it was known at a position; `undefined` for no such package. */
export async function careOnDay(
  log: Pick<EventStore, 'read'>,
  packageId: string,
  validOn: CivilDate,
  upTo: Position,
): Promise<CareOnDay | undefined> {
  const events = await wholeStream(log, `carePackage-${packageId}`);
  const known = events.filter(({ position }) => position <= upTo);
  const { packageId: found, service, endsBefore } = fold(packageDecider, known as never);
  if (!found) return undefined;
  const cover = endsBefore !== null && validOn >= endsBefore ? null : coverOn(service, validOn);
  const layer = cover && layerOn(service, validOn);
  return {
    ...{ packageId, validOn, cover: cover?.kind ?? 'none', knownUpTo: String(upTo) },
    ...(cover?.kind === 'provider' && {
      ...{ providerId: cover.providerId, contractId: cover.contractId },
    }),
    schedule: (layer?.schedule ?? []).map((line) => ({ ...line }) as CareOnDay['schedule'][number]),
    ...(layer && { scheduleFromOn: layer.fromOn }),
  };
}
