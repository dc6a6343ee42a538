import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { accessReaders, rankingAccess } from './ranking-access.projection.js';
import { RankingAccess } from './ranking-access.view.js';

@ArgsType()
class RankingAccessArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  requestId: string;
}

/** Whether anyone saw a ranking. */
@Resolver()
export class RankingAccessResolver {
  private readonly reader;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(rankingAccess);
  }

  @Query(() => RankingAccess, {
    nullable: true,
    description:
      'Who asked for a ranking of a request, who read it after, and who tried before (S1-13). Attempts at the whole league are among `recordedRefusals` as LeagueClosedToRole.',
  })
  @Roles(...accessReaders)
  async rankingAccess(
    @CurrentActor() viewer: Viewer,
    @Args() { after, requestId }: RankingAccessArgs,
  ): Promise<RankingAccess | undefined> {
    await showing(after, this.reader);
    return this.reader.get(viewer, 'requests', requestId);
  }
}
