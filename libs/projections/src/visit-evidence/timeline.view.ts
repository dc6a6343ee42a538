import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';
import { HistoryLine } from '../package/package.view.js';
import { VisitStatusCode, type VisitStatus } from '../visits/visits.view.js';

/** One thing that was recorded of a visit. */
@ObjectType()
export class TimelineEntry {
  /** The event in the log. */
  @Field(() => ID)
  eventId: string;

  position: string;

  /** When it was recorded. */
  at: string;

  /** The type of the event. */
  type: string;

  /** Whoever acted; `system` is the service itself. A provider is told `council` of others. */
  by: string;

  summary: string;

  /** In the words of those who acted; for brokers and auditors, until the person is erased. */
  why?: string;
}

/** All that is known of one visit, in the order in which it was recorded. */
@ObjectType()
export class VisitRecord {
  @Field(() => ID)
  visitId: string;

  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  on: string;

  agreedStart: string;

  /** The moment of the agreed start. */
  startsAt: string;

  minutes: number;

  carers: number;

  critical: boolean;

  @Field(() => VisitStatusCode)
  status: VisitStatus;

  /** Where the agreed time comes from: the award, a variation, or an agreement for this visit. */
  agreedBy?: TimelineEntry;

  entries: TimelineEntry[];
}

/** All that is known of one visit (S2-12). */
@ObjectType()
export class VisitEvidence extends Stated {
  visit: VisitRecord;
}

/** A person’s care on some days, as an inquiry asks for it. */
@ObjectType()
export class PersonTimeline extends Stated {
  @Field(() => ID)
  packageId: string;

  fromOn: string;

  lastDay: string;

  /** What was recorded of the package on these days. */
  changes: HistoryLine[];

  /** The visits of these days, by agreed start. */
  visits: VisitRecord[];
}
