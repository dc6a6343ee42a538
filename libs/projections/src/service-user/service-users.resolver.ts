import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { overseers, serviceUsers } from './service-users.projection.js';
import {
  IdentityReadLine,
  IdentityReadsFilter,
  ServiceUser,
  ServiceUsersFilter,
} from './service-users.view.js';

const ServiceUserConnection = connectionOf(ServiceUser);
const IdentityReadConnection = connectionOf(IdentityReadLine);

@ArgsType()
class ServiceUserArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  personId: string;
}

@ArgsType()
class ServiceUsersArgs extends PageArgs {
  @Field(() => ServiceUsersFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ServiceUsersFilter)
  filter?: ServiceUsersFilter;
}

@ArgsType()
class IdentityReadsArgs extends PageArgs {
  @Field(() => IdentityReadsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => IdentityReadsFilter)
  filter?: IdentityReadsFilter;
}

/** The records of people, without who they are. */
@Resolver()
export class ServiceUsersResolver {
  private readonly reader;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(serviceUsers);
  }

  @Query(() => ServiceUser, {
    nullable: true,
    description: 'What is kept about a person’s record: holds, erasure, releases (X29).',
  })
  @Roles(...councilRoles)
  async serviceUser(
    @CurrentActor() viewer: Viewer,
    @Args() { after, personId }: ServiceUserArgs,
  ): Promise<ServiceUser | undefined> {
    await showing(after, this.reader);
    return this.reader.get(viewer, 'people', personId);
  }

  @Query(() => ServiceUserConnection, {
    description: 'Records of people: those whose erasure waits for approval, under a hold, erased.',
  })
  @Roles(...councilRoles)
  async serviceUsers(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, first, cursor }: ServiceUsersArgs,
  ): Promise<Connection<ServiceUser>> {
    await showing(after, this.reader);
    const page = { filter: { ...filter }, first, after: cursor };
    return connected(this.reader.page(viewer, 'people', page));
  }

  @Query(() => IdentityReadConnection, {
    description: 'Who read who people are, when and for what; the latest first.',
  })
  @Roles(...overseers)
  async identityReads(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, first, cursor }: IdentityReadsArgs,
  ): Promise<Connection<IdentityReadLine>> {
    await showing(after, this.reader);
    const orderBy = { column: 'readAt', direction: 'desc' } as const;
    const page = { filter: { ...filter }, orderBy, first, after: cursor };
    return connected(this.reader.page(viewer, 'reads', page));
  }
}
