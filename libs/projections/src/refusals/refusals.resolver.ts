import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { refusalReaders, refusals } from './refusals.projection.js';
import { RecordedRefusalLine, RecordedRefusalsFilter } from './refusals.view.js';

const RefusalConnection = connectionOf(RecordedRefusalLine);

@ArgsType()
class RecordedRefusalsArgs extends PageArgs {
  @Field(() => RecordedRefusalsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => RecordedRefusalsFilter)
  filter?: RecordedRefusalsFilter;
}

/** Who tried what they may not do. */
@Resolver()
export class RefusalsResolver {
  private readonly reader;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(refusals);
  }

  @Query(() => RefusalConnection, {
    description:
      'Refusals that matter, the latest first: a ranking wanted too early (S1-13), a late offer (X4), an identity without right (S1-9).',
  })
  @Roles(...refusalReaders)
  async recordedRefusals(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, first, cursor }: RecordedRefusalsArgs,
  ): Promise<Connection<RecordedRefusalLine>> {
    await showing(after, this.reader);
    const orderBy = { column: 'lastAt', direction: 'desc' } as const;
    const page = { filter: { ...filter }, orderBy, first, after: cursor };
    return connected(this.reader.page(viewer, 'refusals', page));
  }
}
