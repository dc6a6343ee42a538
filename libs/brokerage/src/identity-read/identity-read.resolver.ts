import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsUUID } from 'class-validator';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { RecordsRefusal } from '#platform/refusals/records-refusal.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { readingPurposes, type ReadingPurpose } from '../service-user/service-user.codes.js';
import { ReadingPurposeCode } from './identity-read.commands.js';
import { IdentityReading } from './identity-read.queries.js';
import { PersonIdentity } from './identity-read.view.js';

const readers = ['broker', 'senior-broker', 'external-broker', 'provider'] as const;
const mostPeople = 50;

@ArgsType()
class PurposeArgs {
  @Field(() => ReadingPurposeCode, { description: 'Why it is read; kept with the reading.' })
  @IsIn(readingPurposes)
  purpose: ReadingPurpose;
}

@ArgsType()
class IdentityArgs extends PurposeArgs {
  @Field(() => ID)
  @IsUUID()
  personId: string;
}

@ArgsType()
class IdentitiesArgs extends PurposeArgs {
  @Field(() => [ID])
  @ArrayMinSize(1)
  @ArrayMaxSize(mostPeople)
  @IsUUID('all', { each: true })
  personIds: string[];
}

/** Reading who people are, for a stated purpose. */
@Resolver()
export class IdentityReadResolver {
  private readonly reading: IdentityReading;

  constructor(@Inject(Commands) commands: Commands) {
    this.reading = new IdentityReading(commands);
  }

  @Query(() => PersonIdentity, {
    nullable: true,
    description:
      'Who a person is. The reading is recorded before the answer; a provider may ask while it cares for the person (S1-9).',
  })
  @Roles(...readers)
  @RecordsRefusal({ keptAs: 'IdentityClosedToRole', kind: 'person', argument: 'personId' })
  async identity(
    @CurrentSubmission() by: Submission,
    @Args() { personId, purpose }: IdentityArgs,
  ): Promise<PersonIdentity | undefined> {
    const [identity] = await this.reading.read([personId], purpose, by);
    return identity;
  }

  @Query(() => [PersonIdentity], {
    description: 'Who up to 50 people are, recorded as one reading of all of them.',
  })
  @Roles(...readers)
  @RecordsRefusal({ keptAs: 'IdentityClosedToRole', kind: 'person', argument: 'personIds' })
  identities(
    @CurrentSubmission() by: Submission,
    @Args() { personIds, purpose }: IdentitiesArgs,
  ): Promise<PersonIdentity[]> {
    return this.reading.read(personIds, purpose, by);
  }
}
