import type { CivilDate } from '#kernel/time.js';
import type { PackageEvent } from './package.events.js';

type Kind = 'provider' | 'suspension' | 'gap';
/** Days of a package that one provider, suspension or gap has. */
export interface Interval {
  readonly kind: Kind;
  readonly id: string;
  readonly from: CivilDate;
  to: CivilDate;
}
const never = '9999-12-31';

/** The days as the events tell them, worked out without the decider: one list of intervals. */
export function intervalsOf(events: readonly PackageEvent[]): Interval[] {
  const intervals: Interval[] = [];
  const cutAt = (on: CivilDate) => {
    for (const interval of intervals) if (interval.to > on) interval.to = on;
  };
  const from = (on: CivilDate, kind: Kind, id: string) => {
    cutAt(on);
    intervals.push({ kind, id, from: on, to: never });
  };
  let end: CivilDate = never;
  for (const { type, data } of events) {
    if (type === 'PackageTakenOn') from(data.startedOn, 'provider', data.providerId);
    if (type === 'PackageStarted' && data.startedOn < end) {
      from(data.startedOn, 'provider', data.providerId);
      cutAt(end);
    }
    if (type === 'PackageSuspended') from(data.fromOn, 'suspension', data.suspensionId);
    if (type === 'PackageRestarted') from(data.restartOn, 'provider', data.providerId);
    if (type === 'RestartDeclined') from(data.restartOn, 'provider', data.providerId);
    if (type === 'InterimCoverRecorded' && data.holder) {
      const { providerId } = data.holder;
      const [gap] = intervals.filter((one) => one.from <= data.fromOn && data.fromOn < one.to);
      if (gap?.kind !== 'gap') throw new Error(`interim cover on ${data.fromOn}, where no gap is`);
      intervals.push({ kind: 'provider', id: providerId, from: data.fromOn, to: gap.to });
      gap.to = data.fromOn;
    }
    if (type === 'PackageEnded') cutAt((end = data.endsBefore));
    if (type === 'DirectPaymentTaken') cutAt((end = data.fromOn));
    if (type === 'GapOpened') {
      if (data.reason === 'returned-without-provider') from(data.fromOn, 'gap', data.gapId);
      else {
        let until = data.fromOn;
        for (let left = providerOn(intervals, until); left; left = providerOn(intervals, until)) {
          const { to } = left;
          left.to = until;
          until = to;
        }
        if (until === data.fromOn) throw new Error(`a gap on ${until}, where no provider was`);
        intervals.push({ kind: 'gap', id: data.gapId, from: data.fromOn, to: until });
      }
    }
  }
  return intervals;
}

const providerOn = (intervals: readonly Interval[], on: CivilDate) =>
  intervals.find(({ kind, from, to }) => kind === 'provider' && from <= on && on < to);

/** Each day's alarms, from the events that open and close them alone. */
export function alarmsOn(events: readonly PackageEvent[], on: CivilDate) {
  const open = new Map<string, { owner: string; reason: string }>();
  for (const { type, data } of events) {
    if (type === 'GapOpened' && data.fromOn <= on) open.set(data.gapId, data);
  }
  for (const { type, data } of events) {
    if (type === 'GapClosed' && data.closedOn <= on) open.delete(data.gapId);
  }
  return [...open.values()];
}

export function startAndEnd(events: readonly PackageEvent[]): [CivilDate, CivilDate] {
  let [start, end] = [never, never];
  for (const { type, data } of events) {
    if (type === 'PackageTakenOn') start = data.startedOn;
    if (type === 'PackageStarted' && data.startedOn < start) start = data.startedOn;
    if (type === 'PackageEnded') end = data.endsBefore;
    if (type === 'DirectPaymentTaken') end = data.fromOn;
  }
  return [start, end];
}
