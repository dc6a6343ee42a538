import type { CivilDate } from '#kernel/time.js';
import { gapFrom, gapService, type ServiceState } from './package.cover.rules.js';
import type { GapClosed, GapOpened } from './package.service.events.js';
import type { PackageState } from './package.rules.js';

/** Who sees to a gap that no broker opened: the team's own queue, until someone takes it over. */
export const dutyDesk = 'duty-desk';

/** The open gap ends; a gap that turns out never to have been ends on its own first day. */
export function gapClosed(
  { packageId, personId, service: { gap } }: PackageState,
  on: CivilDate,
  how: string,
): GapClosed[] {
  if (!gap) return [];
  const closedOn = on > gap.fromOn ? on : gap.fromOn;
  const data = { packageId: packageId ?? '', personId, gapId: gap.gapId, closedOn, how };
  return [{ type: 'GapClosed', data }];
}

/**
 * The alarm of the first day from `on` on that has no provider when the one in charge has gone;
 * none where the person is suspended from then on. A suspension that follows, or the end of care,
 * closes it again (S4-14).
 */
export function gapOpened(
  state: PackageState,
  { on, ...gap }: { on: CivilDate; gapId: string; reason: string; owner: string },
  service: ServiceState = state.service,
): (GapOpened | GapClosed)[] {
  const fromOn = gapFrom(service, on);
  if (fromOn === null || service.gap) return [];
  const { packageId, personId } = state;
  const data = { packageId: packageId ?? '', personId, fromOn, ...gap };
  const after = gapService(service, data);
  const last = after.cover.at(-1);
  const over = last && last.value?.kind !== 'gap';
  const how = last?.value === null ? 'ended' : 'suspended';
  return [
    { type: 'GapOpened', data },
    ...(over ? gapClosed({ ...state, service: after }, last.fromOn, how) : []),
  ];
}
