import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { ErasureGroundCode } from '#brokerage/service-user/service-user.commands.js';
import { ReadingPurposeCode } from '#brokerage/identity-read/identity-read.commands.js';

/** A provider that may read who the person is (S1-9). */
@ObjectType()
export class IdentityRelease {
  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  releasedAt: string;

  /** Last day of its care, once that is known. */
  lastDay?: string;
}

/** Keeps the record from being erased (X29). */
@ObjectType()
export class LegalHold {
  @Field(() => ID)
  holdId: string;

  placedBy: string;

  placedAt: string;

  liftedBy?: string;

  liftedAt?: string;
}

/** Who asked for the record to be erased; a second person approves it. */
@ObjectType()
export class RequestedErasure {
  @Field(() => ErasureGroundCode)
  ground: string;

  requestedBy: string;

  requestedAt: string;
}

/** What is kept about the record of a person; nothing here says who they are. */
@ObjectType()
export class ServiceUser {
  @Field(() => ID)
  personId: string;

  identityRecorded: boolean;

  identityChangedAt?: string;

  /** Ids of other systems beside the case system’s. */
  externalIds: number;

  releases: IdentityRelease[];

  holds: LegalHold[];

  erasure?: RequestedErasure;

  /** Nothing more can be known of them. */
  erasedAt?: string;
}

/** Which people; what is left out asks nothing. */
@InputType()
export class ServiceUsersFilter {
  /** Someone asked for the record to be erased, and nobody approved it yet. */
  @IsOptional()
  erasureRequested?: boolean;

  @IsOptional()
  underHold?: boolean;

  @IsOptional()
  erased?: boolean;

  @IsOptional()
  identityRecorded?: boolean;
}

/** One person whose identity someone read. */
@ObjectType()
export class IdentityReadLine {
  @Field(() => ID)
  personId: string;

  readAt: string;

  /** The id of who read. */
  by: string;

  roles: string[];

  organisation?: string;

  @Field(() => ReadingPurposeCode)
  purpose: string;

  /** How many people the same query read about. */
  together: number;

  /** The event that records it. */
  position: string;
}

/** Which readings; what is left out asks nothing. */
@InputType()
export class IdentityReadsFilter {
  @IsOptional()
  @Field(() => ID, { nullable: true })
  personId?: string;

  /** The id of who read. */
  @IsOptional()
  by?: string;
}
