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

/** Asks once for each date of the same changes of policy, whichever week asks. */
export function memoisedBy<Changes extends object, Value>(
  of: (changes: Changes) => (on: CivilDate) => Value,
): (changes: Changes) => (on: CivilDate) => Value {
  const known = new WeakMap<Changes, (on: CivilDate) => Value>();
  return (changes) => {
    let byDate = known.get(changes);
    if (!byDate) known.set(changes, (byDate = memoised(of(changes))));
    return byDate;
  };
}
