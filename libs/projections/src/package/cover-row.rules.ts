import type { CivilDate } from '#kernel/time.js';
import { addDays } from '#kernel/time.js';
import * as cover from '#brokerage/package/package.cover.rules.js';
import type { PackageRow } from './package-row.rules.js';
import type { Told } from './package-history.rules.js';

type Service = cover.ServiceState;
type After = {
  readonly [Type in Told['type']]?: (
    service: Service,
    data: Extract<Told, { type: Type }>['data'],
    row: PackageRow,
  ) => Service;
};

const holderOf = ({ providerId, contractId, contractType }: cover.CareHolder) => ({
  ...{ providerId, contractId, contractType },
});

/** Times are kept by the row itself. */
const planned = (
  service: Service,
  holder: cover.CareHolder,
  { sourceId, fromOn }: { sourceId: string | null; fromOn: CivilDate },
): Service => cover.plannedService(service, holder, { sourceId, fromOn, schedule: [] });

/** Who is responsible day by day, by the rules of the write side (S4-14). */
export const coverAfter: After = {
  PackageTakenOn: (service, { startedOn, ...data }) => {
    const holder = holderOf(data);
    const of = { sourceId: null, fromOn: startedOn };
    return cover.startedService(planned(service, holder, of), holder, startedOn);
  },
  AwardConfirmed: (service, { offerId, startOn }, { award }) =>
    award ? planned(service, holderOf(award), { sourceId: offerId, fromOn: startOn }) : service,
  AwardReversed: (service, { offerId, startOn, reversedOn }) =>
    cover.reversedService(service, {
      ...{ sourceId: offerId, startOn: startOn ?? service.awaited?.startOn ?? reversedOn },
      reversedOn,
    }),
  PackageStarted: (service, { startedOn }, { lastDay }) =>
    service.awaited
      ? cover.startedService(
          service,
          service.awaited,
          startedOn,
          lastDay === undefined ? null : addDays(lastDay, 1),
        )
      : service,
  PackageSuspended: (service, data) => cover.suspendedService(service, data),
  PackageRestarted: (service, { restartOn }) => cover.restartedService(service, restartOn),
  RestartDeclined: (service, { restartOn }) => cover.restartedService(service, restartOn),
  PackageHandedBack: (service, { providerId, effectiveOn, owner, cause }) =>
    cover.handedBackService(service, { providerId, effectiveOn, owner, cause }),
  GapOpened: (service, data) => cover.gapService(service, data),
  InterimCoverRecorded: (service, { holder, fromOn, endsBefore }) =>
    holder ? cover.interimService(service, holder, fromOn, endsBefore ?? null) : service,
  PackageEnded: (service, { endsBefore }) => cover.endedService(service, endsBefore),
  DirectPaymentTaken: (service, { fromOn }) => cover.endedService(service, fromOn),
};

/** Who is responsible on a day, and since when. */
export function responsibleOn(
  { service, providerNames }: PackageRow,
  on: CivilDate,
): { providerId: string; providerName: string; sinceOn: CivilDate } | undefined {
  const today = cover.coverOn(service, on);
  if (today?.kind !== 'provider') return undefined;
  const { providerId } = today;
  const reached = service.cover.filter(({ fromOn }) => fromOn <= on);
  const sinceOn = cover.inChargeSince({ ...service, cover: reached });
  return { providerId, providerName: providerNames[providerId] ?? 'a provider', sinceOn };
}
