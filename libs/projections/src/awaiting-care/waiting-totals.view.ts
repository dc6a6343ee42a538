import { ObjectType } from '@nestjs/graphql';

/** Packages, and their minutes of care a week. */
@ObjectType()
export class CareCount {
  packages: number;

  weeklyMinutes: number;
}

/** Care that is waited for in a patch (S4-15). */
@ObjectType()
export class PatchHours extends CareCount {
  patch: string;

  /** The part for which no provider is found yet. */
  unfilledWeeklyMinutes: number;
}

/** Care that is waited for in an hour of the day (S4-15). */
@ObjectType()
export class HourHours {
  /** 8 is from 08:00 to before 09:00, by wanted starts. */
  hour: number;

  weeklyMinutes: number;

  /** The part for which no provider is found yet. */
  unfilledWeeklyMinutes: number;
}

/** Over the whole filtered list, on this page or not. */
@ObjectType()
export class AwaitingCareTotals extends CareCount {
  /** Handed back, with a provider that is still responsible today (X19). */
  covered: CareCount;

  /** Without a provider that is responsible today. */
  uncovered: CareCount;

  /** No provider is found yet, whether covered or not (S4-15). */
  unfilled: CareCount;

  /** By patch, in order of its name. */
  byPatch: PatchHours[];

  /** By hour of day, the hours in which care is waited for. */
  byHour: HourHours[];
}
