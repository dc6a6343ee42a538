import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';

export interface Lot {
  readonly lot: string;
  readonly name: string;
}

export type FrameworkEstablished = Event<
  'FrameworkEstablished',
  {
    frameworkId: string;
    name: string;
    startsOn: CivilDate;
    /** Exclusive: the day after the last one. */
    endsBefore: CivilDate;
    lots: readonly Lot[];
    succeeds?: string;
  }
>;

export type FrameworkOpened = Event<
  'FrameworkOpened',
  { frameworkId: string; openingId: string; opensOn: CivilDate; lots: readonly string[] }
>;

export type FrameworkExtended = Event<
  'FrameworkExtended',
  { frameworkId: string; endsBefore: CivilDate; reason: string }
>;

export type FrameworkEvent = FrameworkEstablished | FrameworkOpened | FrameworkExtended;
