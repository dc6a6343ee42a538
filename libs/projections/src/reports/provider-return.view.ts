import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** A provider's monthly return: no part is larger than its whole (X22). */
@ObjectType()
export class ProviderReturn extends Stated {
  month: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  /** With care on any day of the month. */
  packagesActive: number;

  /** Of those active, first cared for in this month. */
  packagesStarted: number;

  /** Of those active, with the last day of this provider's care in this month. */
  packagesEnded: number;

  /** Of those ended, handed back by the provider. */
  packagesHandedBack: number;

  packagesAwarded: number;

  requestsReceived: number;

  /** Of requests received: answered with an offer that was not withdrawn. */
  requestsAccepted: number;

  /** Of requests received: declined, or the offer withdrawn. */
  requestsRejected: number;

  /** Of requests received: without an answer when the window closed. */
  requestsNoResponse: number;

  /** Excused visits too (S2-14). */
  visitsScheduled: number;

  visitsLate: number;

  visitsMissed: number;

  /** Of those missed: the provider cancelled and agreed no new time beforehand (S2-13). */
  visitsCancelledByProvider: number;

  /** Moved to a time agreed beforehand. */
  visitsRescheduled: number;

  visitsCancelledByPerson: number;

  /** Of those, with less than a day of notice. */
  visitsCancelledByPersonShortNotice: number;

  restartsOffered: number;

  /** Of restarts offered in this month. */
  restartsTaken: number;

  /** The figures of visits may still change (S2-10). */
  provisional: boolean;
}
