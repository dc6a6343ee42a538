import type { Event } from '#kernel/decider.js';
import type { CarerGender } from '#kernel/schedule.js';
import type { CivilDate } from '#kernel/time.js';

export interface RegisteredCarer {
  readonly carerRef: string;
  readonly activeFrom: CivilDate;
  readonly lastDay?: CivilDate;
  readonly gender?: CarerGender;
}

export type CarersRegistered = Event<
  'CarersRegistered',
  { readonly providerId: string; readonly carers: readonly RegisteredCarer[] }
>;
