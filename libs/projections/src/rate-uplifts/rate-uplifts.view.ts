import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { RateUpliftPreview } from '#brokerage/rate-uplift/rate-uplift.view.js';

export const UpliftStatusCode = {
  PROPOSED: 'proposed',
  APPROVED: 'approved',
  REJECTED: 'rejected',
} as const;
registerEnumType(UpliftStatusCode, {
  name: 'UpliftStatus',
  description: 'Where an uplift stands.',
});
type UpliftStatus = (typeof UpliftStatusCode)[keyof typeof UpliftStatusCode];

/** New prices for many contracts, with who proposed and who approved them (X25). */
@ObjectType()
export class RateUplift extends RateUpliftPreview {
  @Field(() => ID)
  upliftId: string;

  @Field(() => UpliftStatusCode)
  status: UpliftStatus;

  proposedBy: string;

  proposedAt: string;

  approvedBy?: string;

  /** The job that sets the prices, with a result for each contract. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  rejectedBy?: string;

  rejectedBecause?: string;
}
