import type { CivilDate } from '#kernel/time.js';

/** Asks once for each date: a week's visits share seven of them. */
export function memoised<Value>(of: (on: CivilDate) => Value): (on: CivilDate) => Value {
  const known = new Map<CivilDate, Value>();
  return (on) => {
    let value = known.get(on);
    if (value === undefined) known.set(on, (value = of(on)));
    return value;
  };
}
