import {
  firstDayFrom,
  lastValue,
  overlaid,
  replacedFrom,
  valueOn,
  type Timeline,
} from '#kernel/timeline.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { CareLine } from './package.events.js';

/** Who gives care under which contract. */
export interface CareHolder {
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
}

/** What a day of a live package has: exactly one of these (S4-14). */
export type Cover =
  | ({ readonly kind: 'provider' } & CareHolder)
  | { readonly kind: 'suspension'; readonly suspensionId: string; readonly reason: string }
  | { readonly kind: 'gap'; readonly gapId: string };

/** Days on which nobody was or is responsible, and who sees to it. */
export interface Gap {
  readonly gapId: string;
  readonly fromOn: CivilDate;
  readonly closedOn: CivilDate | null;
  readonly owner: string;
}

/** A schedule and the days on which it may be in force; of several the one recorded last is. */
export interface ScheduleLayer {
  /** The award or the variation that brought it; null: the schedule that was taken on. */
  readonly sourceId: string | null;
  readonly fromOn: CivilDate;
  readonly endsBefore: CivilDate | null;
  readonly schedule: readonly CareLine[];
  /** A start is not changed for a visit that had begun by then (S2-9). */
  readonly submittedAt: Instant | null;
}

/** Care as it is given, whatever is sought meanwhile. */
export interface ServiceState {
  readonly cover: Timeline<Cover>;
  /** Whose plan holds the visits of a day; from an agreed start on the new provider's. */
  readonly holders: Timeline<CareHolder>;
  readonly layers: readonly ScheduleLayer[];
  /** The confirmed award whose first visit has not been delivered. */
  readonly awaited: (CareHolder & { readonly startOn: CivilDate }) | null;
  readonly suspension: { readonly suspensionId: string; readonly fromOn: CivilDate } | null;
  readonly restart: {
    readonly restartOn: CivilDate;
    readonly offeredAt: Instant;
    readonly closesAt: Instant;
  } | null;
  readonly handback: {
    readonly effectiveOn: CivilDate;
    readonly owner: string;
    readonly cause: string;
  } | null;
  /** Every gap there was, with its first day that is not of it once that is known. */
  readonly gaps: readonly Gap[];
}

export const noService: ServiceState = {
  cover: [],
  holders: [],
  layers: [],
  awaited: null,
  suspension: null,
  restart: null,
  handback: null,
  gaps: [],
};

const isProvider = (cover: Cover): cover is Cover & { kind: 'provider' } =>
  cover.kind === 'provider';

/** Whether anyone is responsible for the package, or should be. */
export const isServed = ({ cover }: ServiceState): boolean => lastValue(cover) !== null;

/** The provider who gives care or gave it before a suspension, unless it has left a gap. */
export function providerInCharge({
  cover,
}: ServiceState): (CareHolder & { readonly fromOn: CivilDate }) | null {
  const last = cover.findLast(({ value }) => value?.kind !== 'suspension');
  return last?.value && isProvider(last.value) ? { ...last.value, fromOn: last.fromOn } : null;
}

/** Contracts of providers that are responsible on a day or later, but for the awaited one. */
export const contractsReplaced = (
  { cover, awaited }: ServiceState,
  on: CivilDate,
): readonly string[] => {
  const then = valueOn(cover, on);
  const later = cover.filter(({ fromOn }) => fromOn > on).map(({ value }) => value);
  const ids = [then, ...later].flatMap((each) =>
    each && isProvider(each) && each.contractId !== awaited?.contractId ? [each.contractId] : [],
  );
  return [...new Set(ids)];
};

/** Since when the present provider has been responsible, pauses apart; nothing before it is changed. */
export function inChargeSince({ cover }: ServiceState): CivilDate {
  const present = cover.findLast(({ value }) => value?.kind === 'provider')?.value;
  let since = '';
  for (const { fromOn, value } of cover.toReversed()) {
    if (value?.kind === 'provider') {
      if (present?.kind === 'provider' && value.providerId !== present.providerId) break;
      since = fromOn;
    } else if (since !== '' && value?.kind !== 'suspension') break;
  }
  return since;
}

/** The first day without a provider when the one in charge is gone from a day on. */
export const gapFrom = ({ cover }: ServiceState, on: CivilDate): CivilDate | null =>
  firstDayFrom(cover, on, isProvider);

/** What a person has on a day. */
export const coverOn = ({ cover }: ServiceState, on: CivilDate): Cover | null => valueOn(cover, on);

/** The interim provider is responsible for a gap from a day on; an award to come keeps its own days. */
export function interimService(
  service: ServiceState,
  holder: CareHolder,
  fromOn: CivilDate,
  endsBefore: CivilDate | null,
): ServiceState {
  const startOn = service.awaited?.startOn ?? null;
  const until = startOn !== null && (endsBefore === null || startOn < endsBefore) ? startOn : null;
  const provider: Cover = { ...holder, kind: 'provider' };
  return {
    ...service,
    cover: overlaid(service.cover, provider, fromOn, endsBefore),
    holders: overlaid(service.holders, holder, fromOn, until ?? endsBefore),
    handback: endsBefore === null ? null : service.handback,
  };
}

/** The schedule in force on a day: of those that reach it the one recorded last (X18). */
export const layerOn = ({ layers }: ServiceState, on: CivilDate): ScheduleLayer | null =>
  layers.findLast(
    ({ fromOn, endsBefore }) => fromOn <= on && (endsBefore === null || on < endsBefore),
  ) ?? null;

/** The provider's first visit, or what stands for it: it is responsible from that day on. */
export const startedService = (
  service: ServiceState,
  { providerId, contractId, contractType }: CareHolder,
  startedOn: CivilDate,
  endsBefore: CivilDate | null = null,
): ServiceState => ({
  ...service,
  cover: overlaid(
    service.cover,
    { kind: 'provider' as const, providerId, contractId, contractType },
    ...([startedOn, endsBefore] as const),
  ),
  ...{ awaited: null, suspension: null, restart: null, handback: null },
});

/** From its agreed start on, the visits are in this provider's plan, with its agreed times. */
export const plannedService = (
  service: ServiceState,
  { providerId, contractId, contractType }: CareHolder,
  layer: Pick<ScheduleLayer, 'sourceId' | 'fromOn' | 'schedule'>,
): ServiceState => ({
  ...service,
  holders: overlaid(service.holders, { providerId, contractId, contractType }, layer.fromOn),
  awaited: { providerId, contractId, contractType, startOn: layer.fromOn },
  layers: [...service.layers, { ...layer, endsBefore: null, submittedAt: null }],
});

/** An award that will not start: who is responsible has the visits again. */
export function reversedService(
  service: ServiceState,
  {
    sourceId,
    startOn,
    reversedOn,
  }: { sourceId: string; startOn: CivilDate; reversedOn: CivilDate },
): ServiceState {
  const from = startOn > reversedOn ? startOn : reversedOn;
  const before = providerInCharge(service);
  const holder = before && {
    ...{ providerId: before.providerId, contractId: before.contractId },
    contractType: before.contractType,
  };
  const until = service.handback?.effectiveOn ?? null;
  const nobody = overlaid(service.holders, null, from);
  return {
    ...service,
    holders: holder ? overlaid(nobody, holder, from, until) : nobody,
    layers: endedLayers(service.layers, sourceId, from),
    awaited: null,
  };
}

/** A layer that is in force no longer from a day on. */
export const endedLayers = (
  layers: readonly ScheduleLayer[],
  sourceId: string,
  endsBefore: CivilDate,
): readonly ScheduleLayer[] =>
  layers.map((layer) => (layer.sourceId === sourceId ? { ...layer, endsBefore } : layer));

/** Care is over: nothing is planned and no one is responsible from this day on; notice still runs. */
export const endedService = (service: ServiceState, endsBefore: CivilDate): ServiceState => ({
  ...service,
  cover: service.cover.length > 0 ? overlaid(service.cover, null, endsBefore) : service.cover,
  holders: service.holders.length > 0 ? overlaid(service.holders, null, endsBefore) : [],
  awaited: service.awaited && service.awaited.startOn < endsBefore ? service.awaited : null,
  ...{ suspension: null, restart: null },
});

export const suspendedService = (
  service: ServiceState,
  { suspensionId, reason, fromOn }: { suspensionId: string; reason: string; fromOn: CivilDate },
): ServiceState => ({
  ...service,
  cover: overlaid(service.cover, { kind: 'suspension' as const, suspensionId, reason }, fromOn),
  suspension: { suspensionId, fromOn },
});

/** The person is back with the provider of before. */
export function restartedService(service: ServiceState, restartOn: CivilDate): ServiceState {
  const before = providerInCharge(service);
  if (!before) return service;
  const { fromOn: _, ...provider } = before;
  return {
    ...service,
    cover: overlaid(service.cover, { ...provider, kind: 'provider' as const }, restartOn),
    ...{ suspension: null, restart: null },
  };
}

/** The provider in charge leaves on a day; until then, or until another one starts, it is responsible. */
export const handedBackService = (
  service: ServiceState,
  {
    providerId,
    ...handback
  }: { providerId: string; effectiveOn: CivilDate; owner: string; cause: string },
): ServiceState => ({
  ...service,
  holders: replacedFrom(
    service.holders,
    handback.effectiveOn,
    (holder) => holder.providerId === providerId,
    null,
  ),
  handback,
  restart: null,
});

/** Nobody is responsible from this day on: in place of the provider, or of the suspension that is over. */
export function gapService(
  service: ServiceState,
  { gapId, fromOn, owner, reason }: Pick<Gap, 'gapId' | 'fromOn' | 'owner'> & { reason: string },
): ServiceState {
  const returned = reason === 'returned-without-provider';
  const until = returned ? null : endOfProvider(service, fromOn);
  return {
    ...service,
    cover: overlaid(service.cover, { kind: 'gap' as const, gapId }, fromOn, until),
    ...(returned && { suspension: null, restart: null }),
    gaps: [...service.gaps, { gapId, fromOn, owner, closedOn: null }],
  };
}

/** The first day from `on` on that has no provider any more; null: there is none. */
export const endOfProvider = ({ cover }: ServiceState, on: CivilDate): CivilDate | null =>
  cover.find(({ fromOn, value }) => fromOn > on && value?.kind !== 'provider')?.fromOn ?? null;

/** The gap that a day is in, or that is still to come. */
export const openGap = ({ gaps }: ServiceState, on: CivilDate): Gap | undefined =>
  gaps.findLast(({ closedOn }) => closedOn === null || closedOn > on);
