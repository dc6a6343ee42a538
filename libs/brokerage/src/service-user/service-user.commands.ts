import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { erasureGrounds, type ErasureGround } from './service-user.codes.js';

export const ErasureGroundCode = codeList(
  'ErasureGround',
  erasureGrounds,
  'Why the record of a person is erased (X29).',
);

/** Whom to turn to besides the person. */
@InputType()
export class NextOfKinInput {
  @MaxLength(200)
  name: string;

  @MaxLength(100)
  relationship: string;

  @IsOptional()
  @MaxLength(30)
  phone?: string;
}

/** Who a person is: no more than brokerage needs (S1-8). Stored sealed with the person's own key. */
@InputType()
export class IdentityInput {
  @MaxLength(200)
  name: string;

  @IsOptional()
  @MaxLength(100)
  preferredName?: string;

  @Matches(civilDate)
  bornOn: string;

  @ArrayMaxSize(6)
  @MaxLength(100, { each: true })
  addressLines: string[];

  /** In full; its district is what providers are told of the address. */
  @MaxLength(12)
  postcode: string;

  @IsOptional()
  @MaxLength(30)
  phone?: string;

  @IsOptional()
  @MaxLength(254)
  email?: string;

  /** Ten digits, blanks allowed; the check digit is checked. */
  @IsOptional()
  @MaxLength(20)
  nhsNumber?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => NextOfKinInput)
  nextOfKin?: NextOfKinInput;
}

/** Records who a person is, once. Every fault is answered at once; corrections say why. */
@InputType()
export class RecordIdentity extends Submitted {
  @IsUUID()
  personId: string;

  @ValidateNested()
  @Type(() => IdentityInput)
  identity: IdentityInput;
}

/** Replaces a person's identity as a whole; what it was stays in the sealed history. */
@InputType()
export class CorrectIdentity extends Submitted {
  @IsUUID()
  personId: string;

  @ValidateNested()
  @Type(() => IdentityInput)
  identity: IdentityInput;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** An id of the person in another system, an older one for instance (S1-8). */
@InputType()
export class ExternalIdInput {
  /** Such as `care-first`. */
  @Matches(/^[\w-]{1,40}$/)
  system: string;

  @IsNotEmpty()
  @MaxLength(60)
  personRef: string;
}

/** Adds an id under which another system knows the person (S1-8, S3-1). */
@InputType()
export class AddExternalId extends Submitted {
  @IsUUID()
  personId: string;

  @ValidateNested()
  @Type(() => ExternalIdInput)
  externalId: ExternalIdInput;
}

/** The award is confirmed: its provider may read who the person is (S1-9). Sent by the service. */
export class ReleaseIdentity extends Submitted {
  personId: string;
  packageId: string;
  providerId: string;
  /** First day of its care: the provider before may read until then, and some days more. */
  startOn: string;
}

/** The care of a package ends or never began: so does its provider's right. Sent by the service. */
export class EndIdentityRelease extends Submitted {
  personId: string;
  packageId: string;
  /** First day without care. */
  endsBefore: string;
  afterCare: boolean;
}

/** Keeps a record from being erased until the hold is lifted (X29). */
@InputType()
export class PlaceLegalHold extends Submitted {
  @IsUUID()
  personId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Lifts a legal hold (X29). */
@InputType()
export class LiftLegalHold extends Submitted {
  @IsUUID()
  personId: string;

  @IsUUID()
  holdId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Asks for a person's record to be erased; a second person approves it (X29). */
@InputType()
export class RequestErasure extends Submitted {
  @IsUUID()
  personId: string;

  @Field(() => ErasureGroundCode)
  @IsIn(erasureGrounds)
  ground: ErasureGround;
}

/** Erases the record as requested by someone else (X29). This cannot be undone. */
@InputType()
export class ApproveErasure extends Submitted {
  @IsUUID()
  personId: string;
}

/** Erases a record at once, by the operator of the service, who answers for the approval (X29). */
export class ErasePerson extends Submitted {
  personId: string;
  ground: ErasureGround;
}

export interface ServiceUserCommands {
  RecordIdentity: RecordIdentity;
  CorrectIdentity: CorrectIdentity;
  AddExternalId: AddExternalId;
  ReleaseIdentity: ReleaseIdentity;
  EndIdentityRelease: EndIdentityRelease;
  PlaceLegalHold: PlaceLegalHold;
  LiftLegalHold: LiftLegalHold;
  RequestErasure: RequestErasure;
  ApproveErasure: ApproveErasure;
  ErasePerson: ErasePerson;
}
