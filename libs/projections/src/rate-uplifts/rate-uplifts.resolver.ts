import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import type { ProjectionReader } from '../projector/reader.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { rateUplifts, upliftRoles } from './rate-uplifts.projection.js';
import { RateUplift, UpliftStatusCode } from './rate-uplifts.view.js';

const RateUpliftConnection = connectionOf(RateUplift);

@ArgsType()
class RateUpliftsArgs extends PageArgs {
  @Field(() => UpliftStatusCode, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(UpliftStatusCode))
  status?: string;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsUUID()
  upliftId?: string;
}

@Resolver()
export class RateUpliftsResolver {
  private readonly reader: ProjectionReader<typeof rateUplifts.tables>;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(rateUplifts);
  }

  @Query(() => RateUpliftConnection, {
    description: 'Uplifts of many contracts’ prices, the latest first (X25).',
  })
  @Roles(...upliftRoles)
  async rateUplifts(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, status, upliftId }: RateUpliftsArgs,
  ): Promise<Connection<RateUplift>> {
    await showing(after, this.reader);
    const page = this.reader.page(viewer, 'uplifts', {
      filter: { status },
      ...(upliftId && { where: 'key = ?', params: [upliftId] }),
      orderBy: { column: 'proposedAt', direction: 'desc' },
      ...{ first, after: cursor },
    });
    return connected(page);
  }
}
