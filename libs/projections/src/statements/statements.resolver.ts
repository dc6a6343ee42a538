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
import type { EventStore, Position } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { codeList } from '#brokerage/codes.commands.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { payReasonReaders, payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
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

  @AsOfArgument()
  asOf?: string;
}

@ArgsType()
class StatementArgs extends QueryArgs {
  @Field(() => ID)
  @MaxLength(60)
  statementId: string;

  @AsOfArgument()
  asOf?: string;
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

/** A statement as it was at a position, if one was asked for; its lines are answered as of it too. */
const known = (row: StatementRow, knownAt: Position | undefined): Statement => ({
  ...statementView(row),
  ...(knownAt !== undefined && { knownAt }),
});

/** Statements as finance approves them and providers read them. */
@Resolver(() => Statement)
export class StatementsResolver {
  private readonly reader: PayReader;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
    @Inject(REVEALED_LOG) private readonly revealed: EventStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.reader = projector.reader(pay);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => StatementConnection, {
    description: 'Statements, the latest period first; a provider sees its own alone (S2-18).',
  })
  @Roles(...payRoles, 'provider')
  async statements(
    @CurrentActor() viewer: Viewer,
    @Args()
    { after, first, cursor, providerId, periodStartsOn, status, asOf: past }: StatementsArgs,
  ): Promise<Connection<Statement>> {
    await showing(after, this.reader);
    const asOf = await this.positionOf(past);
    const page = this.reader.page(viewer, 'statements', {
      filter: { providerId, periodStartsOn, status },
      orderBy: { column: 'periodStartsOn', direction: 'desc' },
      ...{ first, after: cursor, asOf },
    });
    const rows = connected(page);
    return {
      ...{ pageInfo: rows.pageInfo, asOf: rows.asOf },
      edges: rows.edges.map(({ cursor: at, node }) => ({ cursor: at, node: known(node, asOf) })),
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
    @Args() { after, statementId, asOf: past }: StatementArgs,
  ): Promise<Statement | null> {
    await showing(after, this.reader);
    const asOf = await this.positionOf(past);
    const row = this.reader.get(viewer, 'statements', statementId, { asOf });
    return row ? known(row, asOf) : null;
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
    @Parent() { statementId, knownAt }: Statement,
    @Args() { kind, first, cursor }: LinesArgs,
  ): Connection<StatementLine> {
    return linesPage(this.reader, viewer, { statementId, kind, first, cursor, asOf: knownAt });
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

  private async positionOf(past: string | undefined): Promise<Position | undefined> {
    return past === undefined ? undefined : (await this.moments.named(past)).position;
  }

  /** The sealed words of a query or an answer; none once the person is erased. */
  private async words(viewer: Viewer, position?: number): Promise<string | undefined> {
    if (position === undefined || !hasRole(viewer, ...payReasonReaders)) return undefined;
    const event = await eventAt(this.revealed, position);
    const { reason } = (event?.data ?? {}) as { readonly reason?: unknown };
    return typeof reason === 'string' ? reason : undefined;
  }
}
