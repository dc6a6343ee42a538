import { deriveId } from '#kernel/ids.js';
import type { CivilDate } from '#kernel/time.js';
import {
  coverOn,
  endOfProvider,
  gapFrom,
  gapService,
  type ServiceState,
} from './package.cover.rules.js';
import type { GapClosed, GapOpened } from './package.service.events.js';
import type { PackageState } from './package.rules.js';

/** Who sees to a gap that no broker opened: the team's own queue, until someone takes it over. */
export const dutyDesk = 'duty-desk';

/**
 * Gaps that reach a day end on it; one that turns out never to have been ends on its own first day,
 * and one that was to end later ends earlier.
 */
export const gapClosed = (
  {
    packageId,
    personId,
    service: { gaps },
  }: Pick<PackageState, 'packageId' | 'personId' | 'service'>,
  on: CivilDate,
  how: string,
): GapClosed[] =>
  gaps.flatMap(({ gapId, fromOn, closedOn: before }) => {
    const closedOn = on > fromOn ? on : fromOn;
    if (before !== null && before <= closedOn) return [];
    const data = { packageId: packageId ?? '', personId, gapId, closedOn, how };
    return [{ type: 'GapClosed' as const, data }];
  });

/**
 * The alarms of the days from `on` on that have no provider when the one in charge has gone. A
 * suspension that follows, or the end of care, closes a gap again; after the suspension there is
 * another one (S4-14).
 */
export function gapOpened(
  state: PackageState,
  { on, commandId, ...gap }: { on: CivilDate; commandId: string; reason: string; owner: string },
  service: ServiceState = state.service,
): (GapOpened | GapClosed)[] {
  const fromOn = gapFrom(service, on);
  if (fromOn === null) return [];
  const { packageId, personId } = state;
  const gapId = deriveId(commandId, 'gap', fromOn);
  const data = { packageId: packageId ?? '', personId, gapId, fromOn, ...gap };
  const until = endOfProvider(service, fromOn);
  const opened: GapOpened = { type: 'GapOpened', data };
  if (until === null) return [opened];
  const how = coverOn(service, until) === null ? 'ended' : 'suspended';
  const closed: GapClosed = {
    type: 'GapClosed',
    data: { packageId: packageId ?? '', personId, gapId, closedOn: until, how },
  };
  return [
    opened,
    closed,
    ...gapOpened(state, { on: until, commandId, ...gap }, gapService(service, data)),
  ];
}
