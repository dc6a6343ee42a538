import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, MaxLength, ValidateNested } from 'class-validator';
import type { Actor } from '#kernel/actor.js';
import { Commands } from '#platform/commands/commands.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { RUNTIME } from '#platform/runtime/runtime.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ExternalIdInput } from '../service-user/service-user.commands.js';
import { writeFacts } from '../service-user/service-user.facts.js';
import type { PersonDirectory } from '../service-user/person-directory.js';
import { FoundServiceUser } from './identity-read.view.js';

@ArgsType()
class FindServiceUsersArgs {
  @Field({ nullable: true, description: 'Ten digits, blanks allowed.' })
  @IsOptional()
  @MaxLength(20)
  nhsNumber?: string;

  @Field(() => ExternalIdInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ExternalIdInput)
  externalId?: ExternalIdInput;
}

/** What the search needs of the running service. */
interface Registry {
  readonly people: PersonDirectory;
}

/** Finding people by ids, without reading who they are. */
@Resolver()
export class PersonSearchResolver {
  constructor(
    @Inject(RUNTIME) private readonly registry: Registry,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Query(() => [FoundServiceUser], {
    description:
      'People known by an NHS number or by an id of another system, an older one too (S1-8, S3-1).',
  })
  @Roles('broker', 'senior-broker', 'external-broker', 'case-system')
  async findServiceUsers(
    @CurrentActor() actor: Actor,
    @Args() { nhsNumber, externalId }: FindServiceUsersArgs,
  ): Promise<FoundServiceUser[]> {
    const wanted = nhsNumber ? { nhsNumber } : externalId && { externalId };
    if (!wanted || (nhsNumber && externalId)) {
      const message = 'Give either an NHS number or an id of another system.';
      throw new InvalidInput([{ code: 'oneOf', path: 'nhsNumber', message }]);
    }
    const found: FoundServiceUser[] = [];
    for (const personId of await this.registry.people.find(wanted)) {
      const { person } = await writeFacts({ personId }, this.commands.reader, actor);
      if (person.value.known) found.push({ personId });
    }
    return found;
  }
}
