import type { CivilDate } from './time.js';

/**
 * What holds day by day: each span lasts until the next one begins, the last one without an end.
 * Before the first span, and in a span of `null`, nothing holds. So each day has at most one value.
 */
export type Timeline<Value> = readonly {
  readonly fromOn: CivilDate;
  readonly value: Value | null;
}[];

/** What holds on a day. */
export const valueOn = <Value>(timeline: Timeline<Value>, on: CivilDate): Value | null =>
  timeline.findLast(({ fromOn }) => fromOn <= on)?.value ?? null;

/** What holds in the end. */
export const lastValue = <Value>(timeline: Timeline<Value>): Value | null =>
  timeline.at(-1)?.value ?? null;

/** A value laid over the days `[fromOn, endsBefore)`, whatever held on them; `null`: without an end. */
export function overlaid<Value>(
  timeline: Timeline<Value>,
  value: Value | null,
  fromOn: CivilDate,
  endsBefore: CivilDate | null = null,
): Timeline<Value> {
  if (endsBefore !== null && endsBefore <= fromOn) return timeline;
  const before = timeline.filter((span) => span.fromOn < fromOn);
  if (endsBefore === null) return [...before, { fromOn, value }];
  const after = splitAt(timeline, endsBefore).filter((span) => span.fromOn >= endsBefore);
  return [...before, { fromOn, value }, ...after];
}

/** From a day on, another value in place of each one that `replaces` picks. */
export function replacedFrom<Value>(
  timeline: Timeline<Value>,
  fromOn: CivilDate,
  replaces: (value: Value) => boolean,
  by: Value | null,
): Timeline<Value> {
  return splitAt(timeline, fromOn)
    .map((span) =>
      span.fromOn >= fromOn && span.value !== null && replaces(span.value)
        ? { ...span, value: by }
        : span,
    )
    .filter((span, at, spans) => at === 0 || spans[at - 1]?.value !== span.value);
}

/** The first day from `fromOn` on whose value `matches` picks; `null`: no day. */
export function firstDayFrom<Value>(
  timeline: Timeline<Value>,
  fromOn: CivilDate,
  matches: (value: Value) => boolean,
): CivilDate | null {
  const found = splitAt(timeline, fromOn).find(
    (span) => span.fromOn >= fromOn && span.value !== null && matches(span.value),
  );
  return found?.fromOn ?? null;
}

/** The same days with a span that begins at `on`, even where nothing changes. */
function splitAt<Value>(timeline: Timeline<Value>, on: CivilDate): Timeline<Value> {
  if (timeline.some((span) => span.fromOn === on)) return timeline;
  const at = timeline.findIndex((span) => span.fromOn > on);
  const index = at < 0 ? timeline.length : at;
  return [
    ...timeline.slice(0, index),
    { fromOn: on, value: valueOn(timeline, on) },
    ...timeline.slice(index),
  ];
}
