/** UTC with milliseconds, `2026-03-29T00:30:00.000Z`. Ordered as text. */
export type Instant = string;
/** A civil date in Europe/London, `2026-03-29`. Ordered as text. */
export type CivilDate = string;
/** A civil time of day, `08:30`. */
export type LocalTime = string;
/** An ISO week, `2026-W13`; Monday to Sunday. Ordered as text. */
export type IsoWeek = string;
/** A calendar month, `2026-03`. */
export type Month = string;
