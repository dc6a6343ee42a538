import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';

export const sightKinds = ['identity', 'evidence', 'refused'] as const;
export type SightKind = (typeof sightKinds)[number];

const SightKindCode = codeList(
  'SightKind',
  sightKinds,
  '`IDENTITY`: who the person is was read. `EVIDENCE`: an auditor looked at decisions about the person’s care. `REFUSED`: somebody tried and was refused.',
);

/** Somebody who saw, or tried to see, what is known of a person. */
@ObjectType()
export class Sight {
  at: string;

  /** The same as a London clock showed it. */
  london: string;

  @Field(() => SightKindCode)
  kind: SightKind;

  by: string;

  roles: string[];

  organisation?: string;

  /** The stated purpose, the query, or the code of the refusal. */
  through: string;

  /** How often in that hour; of a refusal. */
  count: number;

  /** The package that an auditor looked at. */
  @Field(() => ID, { nullable: true })
  packageId?: string;
}

/** Everybody who saw what is known of a person, the latest first. */
@ObjectType()
export class WhoSaw {
  @Field(() => ID)
  personId: string;

  totalCount: number;

  sights: Sight[];
}
