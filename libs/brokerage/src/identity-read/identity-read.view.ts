import { Field, ID, ObjectType } from '@nestjs/graphql';

/** Whom to turn to besides the person. */
@ObjectType()
export class NextOfKin {
  name: string;

  relationship: string;

  phone?: string;
}

/** Who a person is. That it was read, by whom and for what is recorded before it is answered. */
@ObjectType()
export class PersonIdentity {
  @Field(() => ID)
  personId: string;

  name: string;

  preferredName?: string;

  bornOn: string;

  addressLines: string[];

  postcode: string;

  phone?: string;

  email?: string;

  nhsNumber?: string;

  nextOfKin?: NextOfKin;
}

/** A person found by an id; who they are is asked for with a purpose. */
@ObjectType()
export class FoundServiceUser {
  @Field(() => ID)
  personId: string;
}
