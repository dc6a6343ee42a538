import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, IsUUID, MaxLength } from 'class-validator';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import type { Viewer } from '#kernel/actor.js';
import { CurrentActor, CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { restated, statedFigureView } from './restated.queries.js';
import { statedFigures } from './stated-figures.projection.js';
import { Restatement, StatedFigure } from './stated-figures.view.js';

const StatedFigureConnection = connectionOf(StatedFigure);
const readers = ['commissioner', 'finance', 'quality-officer', 'auditor'] as const;

@ArgsType()
class StatedFigureArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  figureId: string;
}

@ArgsType()
class StatedFiguresArgs extends PageArgs {
  @Field({ nullable: true, description: 'Only those that answer this request.' })
  @IsOptional()
  @MaxLength(60)
  reference?: string;
}

/** Figures that were released, given again. */
@Resolver(() => StatedFigure)
export class StatedFiguresResolver {
  private readonly reader;
  private readonly looks: AuditLooks;

  constructor(
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
    @Inject(Commands) commands: Commands,
  ) {
    this.reader = projector.reader(statedFigures);
    this.looks = new AuditLooks(commands);
  }

  @Query(() => StatedFigure, {
    nullable: true,
    description:
      'A released figure as it was given; null where there is none that you may see. The look is recorded before the answer.',
  })
  @Roles(...readers)
  async statedFigure(
    @CurrentActor() viewer: Viewer,
    @CurrentSubmission() by: Submission,
    @Args() { after, figureId }: StatedFigureArgs,
  ): Promise<StatedFigure | null> {
    await showing(after, this.reader);
    await this.looks.look('statedFigure', [figureId], by);
    const row = this.reader.get(viewer, 'figures', figureId);
    return row ? statedFigureView(row) : null;
  }

  @Query(() => StatedFigureConnection, { description: 'Released figures, the latest first.' })
  @Roles(...readers)
  async statedFigures(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, reference }: StatedFiguresArgs,
  ): Promise<Connection<StatedFigure>> {
    await showing(after, this.reader);
    const page = this.reader.page(viewer, 'figures', {
      filter: { reference },
      orderBy: { column: 'statedAt', direction: 'desc' },
      ...{ first, after: cursor },
    });
    const rows = connected(page);
    return {
      ...{ pageInfo: rows.pageInfo, asOf: rows.asOf },
      edges: rows.edges.map(({ cursor: at, node }) => ({
        cursor: at,
        node: { ...statedFigureView(node), listed: true },
      })),
      get totalCount() {
        return rows.totalCount;
      },
    };
  }

  @ResolveField(() => Restatement, {
    nullable: true,
    description:
      'The figure worked out again, as of its position, by the policy of then and by today’s software: the same, or what differs. Null in a list: ask `statedFigure`.',
  })
  @Roles(...readers)
  workedOutAgain(@Parent() figure: StatedFigure): Promise<Restatement> | null {
    if (figure.listed) return null;
    return restated({ projector: this.projector, log: this.log }, figure);
  }
}
