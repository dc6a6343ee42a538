/** A civil date in Europe/London, `2026-03-29`; deciders refuse dates that do not exist. */
export const civilDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** A time of day, `08:30`. */
export const localTime = /^([01]\d|2[0-3]):[0-5]\d$/;
/** An instant with its offset, `2026-03-29T08:30:00Z`. */
export const instantWithOffset =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
