import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Query,
  Res,
} from '@nestjs/common';
import type { Response } from 'express';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, isMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { RecordsRefusal } from '#platform/refusals/records-refusal.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { KpiReads, ownOnly } from '../kpi/kpi.queries.js';
import { monthAsked } from '../kpi/kpi.resolver.js';
import type { ProviderKpis } from '../kpi/kpi.view.js';
import { pagePolicy } from '../pages/page-renderer.js';
import { providerLeague } from '../provider-league/provider-league.queries.js';
import { PROJECTOR, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { ProviderReturnReads, returnCsv } from './provider-return.queries.js';
import { leagueReport } from './league-report.rules.js';
import { providerReport } from './provider-report.rules.js';
import { leagueCsv, providerCsv } from './report-csv.js';
import { reportPage } from './report-page.js';

const monthsShown = 6;

/** The league and providers' KPIs for people: what GraphQL answers to the same roles, drawn. */
@Controller('reports')
export class ReportsController {
  private readonly reads: KpiReads;
  private readonly returns: ProviderReturnReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
    this.returns = new ProviderReturnReads(projector);
  }

  @Get(['league', 'league.csv'])
  @Roles(...comparingRoles, 'provider')
  @RecordsRefusal({ keptAs: 'LeagueClosedToRole', kind: 'figures' })
  league(
    @CurrentActor() viewer: Viewer,
    @Res() response: Response,
    @Query('month') asked?: string,
  ): void {
    const { today, month } = this.asked(asked);
    const league = providerLeague(this.reads, viewer, month, today);
    const isCsv = response.req.path.endsWith('.csv');
    if (isCsv) sendCsv(response, `league-${month}.csv`, leagueCsv(league));
    else sendPage(response, reportPage(leagueReport(league)));
  }

  @Get('provider/:provider')
  @Roles(...comparingRoles, 'provider')
  provider(
    @CurrentActor() viewer: Viewer,
    @Res() response: Response,
    @Param('provider') provider: string,
    @Query('month') asked?: string,
  ): void {
    const { today, month } = this.asked(asked);
    const providerId = provider.replace(/\.csv$/, '');
    const months = this.months(viewer, providerId, month, today);
    const name = months.flatMap(({ rows }) => rows).find((row) => row.providerName)?.providerName;
    if (name === undefined) throw new NotFoundException('There are no such figures.');
    const isCsv = provider !== providerId;
    if (isCsv) sendCsv(response, `provider-${month}.csv`, providerCsv(months));
    else sendPage(response, reportPage(providerReport(providerId, name, months)));
  }

  @Get('return/:provider')
  @Roles(...comparingRoles, 'provider')
  monthlyReturn(
    @CurrentActor() viewer: Viewer,
    @Res() response: Response,
    @Param('provider') provider: string,
    @Query('month') asked?: string,
  ): void {
    const { today, month } = this.asked(asked);
    const providerId = provider.replace(/\.csv$/, '');
    const own = ownOnly(viewer);
    const isOwn = own === undefined || own === providerId;
    if (!isOwn || !this.reads.isKnown(providerId)) {
      throw new NotFoundException('There are no such figures.');
    }
    const row = this.returns.providerReturn(viewer, month, today, providerId);
    sendCsv(response, `return-${month}.csv`, returnCsv(row));
  }

  /** The month and those before it, the newest first; a provider sees its own alone. */
  private months(
    viewer: Viewer,
    providerId: string,
    month: Month,
    today: CivilDate,
  ): readonly ProviderKpis[] {
    return Array.from({ length: monthsShown }, (_, ago) => {
      const kpis = this.reads.providerKpis(viewer, monthAfter(month, -ago), today, providerId);
      return { ...kpis, rows: kpis.rows.filter((row) => row.providerId === providerId) };
    });
  }

  private asked(month: string | undefined): { today: CivilDate; month: Month } {
    if (month !== undefined && !isMonth(month)) {
      throw new BadRequestException(
        'Give a month as `2026-03`, or none for the last complete one.',
      );
    }
    const today = civilDateOf(this.clock.now());
    return { today, month: monthAsked(month, today) };
  }
}

/** What one person may see stays in no shared cache. */
const kept = { 'Cache-Control': 'private, no-store' };

function sendPage(response: Response, html: string): void {
  response.set({ ...kept, 'Content-Security-Policy': pagePolicy });
  response.type('html').send(html);
}

function sendCsv(response: Response, name: string, text: string): void {
  response.set({ ...kept, 'Content-Disposition': `attachment; filename="${name}"` });
  response.type('text/csv; charset=utf-8').send(text);
}
