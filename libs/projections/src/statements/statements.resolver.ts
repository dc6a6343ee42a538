import { Inject } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Field,
  ID,
  Int,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { codeList } from '#brokerage/codes.commands.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { payReasonReaders, payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { connected, LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { eventAt, REVEALED_LOG } from '../revealed-log.js';
import { explainedLine } from './line-explanation.queries.js';
import { reproducedStatement } from './reproduction.queries.js';
import { linesPage, statementView, type LineKind } from './statements.queries.js';
import {
  LineExplanation,
  Statement,
  StatementLine,
  StatementQuery,
  StatementReproduction,
  StatementStatusCode,
} from './statements.view.js';

const lineKinds = ['own', 'adjustments', 'held'] as const;
const LineKindCode = codeList(
  'StatementLineKind',
  lineKinds,
  'The period’s own lines, those that correct closed statements, or those with held minutes.',
);
const StatementConnection = connectionOf(Statement);
const StatementLineConnection = connectionOf(StatementLine);

@ArgsType()
class StatementsArgs extends PageArgs {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @Field({ nullable: true, description: 'First day of the period.' })
  @IsOptional()
  @Matches(civilDate)
  periodStartsOn?: string;

  @Field(() => StatementStatusCode, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(StatementStatusCode))
  status?: string;
}

@ArgsType()
class StatementArgs extends QueryArgs {
  @Field(() => ID)
  @MaxLength(60)
  statementId: string;
}

@ArgsType()
class LinesArgs {
  @Field(() => LineKindCode, { nullable: true })
  @IsOptional()
  @IsIn(lineKinds)
  kind?: LineKind;

  @Field(() => Int, { defaultValue: 50, description: 'How many lines, from 1 to 100.' })
  @IsInt()
  @Min(1)
  @Max(100)
  first: number = 50;

  @Field({ nullable: true, description: 'An `endCursor` of the same lines.' })
  @IsOptional()
  @MaxLength(40)
  cursor?: string;
}

@ArgsType()
class ExplainLineArgs {
  @Field(() => ID)
  @MaxLength(60)
  statementId: string;

  @Field(() => ID)
  @MaxLength(100)
  lineKey: string;
}

/** Statements as finance approves them and providers read them. */
@Resolver(() => Statement)
export class StatementsResolver {
  private readonly reader: PayReader;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
    @Inject(REVEALED_LOG) private readonly revealed: EventStore,
  ) {
    this.reader = projector.reader(pay);
  }

  @Query(() => StatementConnection, {
    description: 'Statements, the latest period first; a provider sees its own alone (S2-18).',
  })
  @Roles(...payRoles, 'provider')
  async statements(
    @CurrentActor() viewer: Viewer,
    @Args()
    { after, first, cursor, providerId, periodStartsOn, status }: StatementsArgs,
  ): Promise<Connection<Statement>> {
    await showing(after, this.reader);
    const page = this.reader.page(viewer, 'statements', {
      filter: { providerId, periodStartsOn, status },
      orderBy: { column: 'periodStartsOn', direction: 'desc' },
      ...{ first, after: cursor },
    });
    const rows = connected(page);
    return {
      ...{ pageInfo: rows.pageInfo, asOf: rows.asOf },
      edges: rows.edges.map(({ cursor: at, node }) => ({ cursor: at, node: statementView(node) })),
      get totalCount() {
        return rows.totalCount;
      },
    };
  }

  @Query(() => Statement, {
    nullable: true,
    description: 'One statement with its lines and queries (S2-18).',
  })
  @Roles(...payRoles, 'provider')
  async statement(
    @CurrentActor() viewer: Viewer,
    @Args() { after, statementId }: StatementArgs,
  ): Promise<Statement | null> {
    await showing(after, this.reader);
    const row = this.reader.get(viewer, 'statements', statementId);
    return row ? statementView(row) : null;
  }

  @Query(() => LineExplanation, {
    nullable: true,
    description: 'Why a line pays what it pays: logs, minutes, band, rate, rule set (S2-18).',
  })
  @Roles(...payRoles, 'provider')
  explainLine(
    @CurrentActor() viewer: Viewer,
    @Args() asked: ExplainLineArgs,
  ): Promise<LineExplanation | null> {
    return explainedLine(this.reader, this.log, viewer, asked);
  }

  @Query(() => StatementReproduction, {
    nullable: true,
    description:
      'Works a statement out again from the log at its position and says what differs (S2-18).',
  })
  @Roles('finance', 'auditor')
  reproduceStatement(
    @CurrentActor() viewer: Viewer,
    @Args('statementId', { type: () => ID }) statementId: string,
  ): Promise<StatementReproduction | null> {
    return reproducedStatement(this.reader, this.log, viewer, statementId);
  }

  @ResolveField(() => StatementLineConnection, { description: 'What the statement is the sum of.' })
  @Roles(...payRoles, 'provider')
  lines(
    @CurrentActor() viewer: Viewer,
    @Parent() { statementId }: Statement,
    @Args() { kind, first, cursor }: LinesArgs,
  ): Connection<StatementLine> {
    return linesPage(this.reader, viewer, { statementId, kind, first, cursor });
  }

  @ResolveField(() => [StatementQuery], {
    description: 'What the provider asked, the first to be answered first (X15).',
  })
  @Roles(...payRoles, 'provider')
  queries(
    @CurrentActor() viewer: Viewer,
    @Parent() { statementId }: Statement,
  ): Promise<StatementQuery[]> {
    const orderBy = { column: 'dueOn', direction: 'asc' } as const;
    const rows = this.reader.select(viewer, 'queries', { filter: { statementId }, orderBy });
    return Promise.all(
      rows.map(async ({ queriedPosition, answeredPosition, ...row }) => {
        const queryReason = await this.words(viewer, queriedPosition);
        const answerReason = await this.words(viewer, answeredPosition);
        return {
          ...row,
          ...(queryReason && { queryReason }),
          ...(answerReason && { answerReason }),
        };
      }),
    );
  }

  /** The sealed words of a query or an answer; none once the person is erased. */
  private async words(viewer: Viewer, position?: number): Promise<string | undefined> {
    if (position === undefined || !hasRole(viewer, ...payReasonReaders)) return undefined;
    const event = await eventAt(this.revealed, position);
    const { reason } = (event?.data ?? {}) as { readonly reason?: unknown };
    return typeof reason === 'string' ? reason : undefined;
  }
}
