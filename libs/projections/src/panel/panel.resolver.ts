import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { PanelReads } from './panel.queries.js';
import { PanelCase, PanelCasesFilter, PanelCasesSort } from './panel.view.js';

const PanelCaseConnection = connectionOf(PanelCase);

@ArgsType()
class PanelCasesArgs extends PageArgs {
  @Field(() => PanelCasesFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PanelCasesFilter)
  filter?: PanelCasesFilter;

  @Field(() => PanelCasesSort, { defaultValue: PanelCasesSort.DUE_FIRST })
  @IsEnum(PanelCasesSort)
  sort: PanelCasesSort = PanelCasesSort.DUE_FIRST;
}

@Resolver()
export class PanelCasesResolver {
  private readonly reads: PanelReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new PanelReads(projector, clock);
  }

  @Query(() => PanelCaseConnection, {
    description: 'What was put to the panel, what it said, and what it is late with (S3-7).',
  })
  @Roles(...councilRoles, 'external-broker')
  async panelCases(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: PanelCasesArgs,
  ): Promise<Connection<PanelCase>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.cases(viewer, filter, sort, page));
  }
}
