import { Module } from '@nestjs/common';
import type { EventStore } from '#eventstore/event-store.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { RUNTIME } from '#platform/runtime/runtime.js';
import { AwaitingCareResolver } from './awaiting-care/awaiting-care.resolver.js';
import { ChaseResolver } from './chase/chase.resolver.js';
import { CommitmentResolver } from './commitment/commitment.resolver.js';
import { ContractRegisterResolver } from './contract-register/contract-register.resolver.js';
import { ContractUseResolver } from './contract-use/contract-use.resolver.js';
import { FairPriceReadResolver } from './fair-price/fair-price.resolver.js';
import { ProviderQualityQueries } from './contract-register/provider-quality.resolver.js';
import { CouncilEventsResolver } from './council-figures/council-events.resolver.js';
import { CouncilFiguresResolver } from './council-figures/council-figures.resolver.js';
import { CouncilPolicyQueries } from './council-policy/council-policy.resolver.js';
import { DocumentsController } from './documents/documents.controller.js';
import { FigureEventsController } from './figure-events/figure-events.controller.js';
import { WhatIfResolver } from './replay/what-if.resolver.js';
import { AuditSampleResolver } from './replay/audit-sample.resolver.js';
import { DecisionReplayResolver } from './replay/decision-replay.resolver.js';
import { CaseMessagesResolver } from './case-messages/case-messages.resolver.js';
import { CareOnDayResolver } from './package/care-on-day.resolver.js';
import { AuditPagesController } from './audit/audit-pages.controller.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { WorkQueueItemsResolver } from './work-queue/work-queue.resolver.js';
import { DeliveriesResolver } from './deliveries/deliveries.resolver.js';
import { DocumentsResolver } from './documents/documents.resolver.js';
import { OfferSheetResolver } from './offer-sheet/offer-sheet.resolver.js';
import { PackageResolver } from './package/package.resolver.js';
import { JobsResolver } from './jobs/jobs.resolver.js';
import { KpiWhatIfResolver } from './kpi/kpi-what-if.resolver.js';
import { KpiEventsResolver } from './kpi/kpi-events.resolver.js';
import { KpiResolver } from './kpi/kpi.resolver.js';
import { HistoryLineResolver } from './package/history-line.resolver.js';
import { PanelDecisionResolver } from './panel/panel-decision.resolver.js';
import { REVEALED_LOG } from './revealed-log.js';
import { PanelCasesResolver } from './panel/panel.resolver.js';
import { MarketResolver } from './market/market.resolver.js';
import { LeagueEventsResolver } from './provider-league/league-events.resolver.js';
import { ProviderLeagueResolver } from './provider-league/provider-league.resolver.js';
import { RankingAccessResolver } from './ranking-access/ranking-access.resolver.js';
import { RefusalsResolver } from './refusals/refusals.resolver.js';
import { RateUpliftsResolver } from './rate-uplifts/rate-uplifts.resolver.js';
import {
  ProviderQuestionsResolver,
  QuestionsResolver,
  QuestionWordsResolver,
} from './questions/questions.resolver.js';
import { RequestsResolver } from './requests/requests.resolver.js';
import { LiveHints } from './live-updates/live-hints.js';
import { LiveUpdatesController } from './live-updates/live-updates.controller.js';
import { PageAssetsController } from './pages/page-assets.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { ProviderReturnResolver } from './reports/provider-return.resolver.js';
import { ReportsController } from './reports/reports.controller.js';
import { projections } from './projections.js';
import type { ProjectionRunner } from './projector/projection-runner.js';
import { LOG, PROJECTOR, type Projector } from './read-side.js';
import { RetentionResolver } from './service-user/retention.resolver.js';
import { ServiceUsersResolver } from './service-user/service-users.resolver.js';
import { PayExportsController } from './statements/pay-exports.controller.js';
import { PayReportsResolver } from './statements/pay-reports.resolver.js';
import { StatedFiguresResolver } from './stated-figures/stated-figures.resolver.js';
import { StatementEventsResolver } from './statements/statement-events.resolver.js';
import { StatementsResolver } from './statements/statements.resolver.js';
import { VisitAlarmsResolver } from './visit-alarms/visit-alarms.resolver.js';
import { TimelineResolver } from './visit-evidence/timeline.resolver.js';
import { WeekEvidenceResolver } from './visit-evidence/week-evidence.resolver.js';
import { UnallocatedVisitsResolver } from './unallocated-visits/unallocated-visits.resolver.js';
import { VisitExceptionsResolver } from './visit-exceptions/visit-exceptions.resolver.js';
import { VisitsResolver } from './visits/visits.resolver.js';

/** What the read side needs of the running service. */
interface ReadSide {
  readonly clock: Clock;
  readonly readModels: Projector & Pick<ProjectionRunner, 'live'>;
  readonly store: EventStore & { readonly sealed: EventStore };
}

function liveHints({ readModels }: ReadSide): LiveHints {
  return new LiveHints(readModels.live, (viewer, name, table, keys) => {
    const projection = projections.find((each) => each.name === name);
    if (!projection) return [];
    return readModels.reader(projection).getMany(viewer, table, keys) as (object | undefined)[];
  });
}

/** The table of contents of the read side. */
@Module({
  controllers: [
    AuditPagesController,
    ReportsController,
    DocumentsController,
    FigureEventsController,
    LiveUpdatesController,
    PageAssetsController,
    PagesController,
    PayExportsController,
  ],
  providers: [
    { provide: LiveHints, inject: [RUNTIME], useFactory: liveHints },
    { provide: PROJECTOR, inject: [RUNTIME], useFactory: ({ readModels }: ReadSide) => readModels },
    { provide: LOG, inject: [RUNTIME], useFactory: ({ store }: ReadSide) => store.sealed },
    {
      provide: REVEALED_LOG,
      inject: [RUNTIME],
      useFactory: ({ store }: ReadSide) => store,
    },
    { provide: CLOCK, inject: [RUNTIME], useFactory: ({ clock }: ReadSide) => clock },
    AwaitingCareResolver,
    ChaseResolver,
    CommitmentResolver,
    ContractRegisterResolver,
    ContractUseResolver,
    FairPriceReadResolver,
    ProviderQualityQueries,
    CouncilFiguresResolver,
    CouncilEventsResolver,
    CouncilPolicyQueries,
    DecisionReplayResolver,
    WhatIfResolver,
    AuditSampleResolver,
    CaseMessagesResolver,
    CareOnDayResolver,
    AuditResolver,
    WorkQueueItemsResolver,
    DeliveriesResolver,
    DocumentsResolver,
    JobsResolver,
    KpiResolver,
    KpiEventsResolver,
    LeagueEventsResolver,
    KpiWhatIfResolver,
    MarketResolver,
    OfferSheetResolver,
    ProviderLeagueResolver,
    ProviderReturnResolver,
    PackageResolver,
    PanelCasesResolver,
    PanelDecisionResolver,
    HistoryLineResolver,
    RankingAccessResolver,
    RefusalsResolver,
    RateUpliftsResolver,
    ProviderQuestionsResolver,
    QuestionsResolver,
    QuestionWordsResolver,
    RequestsResolver,
    VisitsResolver,
    StatementsResolver,
    StatementEventsResolver,
    StatedFiguresResolver,
    PayReportsResolver,
    VisitAlarmsResolver,
    UnallocatedVisitsResolver,
    VisitExceptionsResolver,
    TimelineResolver,
    WeekEvidenceResolver,
    RetentionResolver,
    ServiceUsersResolver,
  ],
})
export class ProjectionsModule {}
