import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { CareVisitLine } from './care-needs.view.js';

export const dayCovers = ['provider', 'suspension', 'gap', 'none'] as const;
export type DayCover = (typeof dayCovers)[number];

const DayCoverCode = codeList(
  'DayCover',
  dayCovers,
  'Who is responsible for a day of care (S4-14). `NONE`: care had not begun, or was over.',
);

/** The care of one day, as it was known. */
@ObjectType()
export class CareOnDay {
  @Field(() => ID)
  packageId: string;

  /** The day that is asked about. */
  validOn: string;

  @Field(() => DayCoverCode)
  cover: DayCover;

  @Field(() => ID, { nullable: true })
  providerId?: string;

  @Field(() => ID, { nullable: true })
  contractId?: string;

  /** The schedule in force on the day; empty before the first one and after the last. */
  schedule: CareVisitLine[];

  /** Since when this schedule holds. */
  scheduleFromOn?: string;

  /** Everything that was known lies up to this position. */
  knownUpTo: string;
}
