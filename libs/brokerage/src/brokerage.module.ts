import { CaseInboxController } from './case-inbox/case-inbox.controller.js';
import { CaseInboxResolver } from './case-inbox/case-inbox.resolver.js';
import { WorkQueueResolver } from './work-queue/work-queue.resolver.js';
import { CaseSystemResolver } from './case-system/case-system.resolver.js';
import { EcmFeedController } from './ecm-feed/ecm-feed.controller.js';
import { EcmFeedResolver } from './ecm-feed/ecm-feed.resolver.js';
import { EcmUploadController } from './ecm-import/ecm.controller.js';
import { CarerRegisterResolver, EcmResolver } from './ecm-import/ecm.resolver.js';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SubmitHandler } from '#platform/commands/submit.handler.js';
import { JobResolver } from '#platform/jobs/job.resolver.js';
import { BulkHandbackResolver } from './bulk-handback/bulk-handback.resolver.js';
import { CouncilPolicyResolver } from './council-policy/council-policy.resolver.js';
import { DeliveryResolver } from './delivery/delivery.resolver.js';
import { DocumentUploadController } from './document/document-upload.controller.js';
import { DocumentResolver } from './document/document.resolver.js';
import { EcmEvidenceResolver } from './ecm-evidence/ecm-evidence.resolver.js';
import { FairPriceResolver } from './fair-price/fair-price.resolver.js';
import { FrameworkResolver } from './framework/framework.resolver.js';
import { IdentityReadResolver } from './identity-read/identity-read.resolver.js';
import { PersonSearchResolver } from './identity-read/person-search.resolver.js';
import { OfferResolver } from './offer/offer.resolver.js';
import { PackageAwardResolver } from './package/package.award.resolver.js';
import { PackageDirectPaymentResolver } from './package/package.direct-payment.resolver.js';
import { PackageReferralResolver } from './package/package.referral.resolver.js';
import { PackageResolver } from './package/package.resolver.js';
import { PanelResolver } from './package/package.panel.resolver.js';
import { PackageSourcingResolver } from './package/package.sourcing.resolver.js';
import { StartResolver } from './package/package.start.resolver.js';
import { SuspensionResolver } from './package/package.suspension.resolver.js';
import { VariationResolver } from './package/package.variation.resolver.js';
import { HandbackResolver } from './package/package.handback.resolver.js';
import { WaitingResolver } from './package/package.waiting.resolver.js';
import { ProviderQualityResolver } from './provider/provider.quality.resolver.js';
import { ProviderResolver } from './provider/provider.resolver.js';
import { ProviderContractResolver } from './provider-contract/provider-contract.resolver.js';
import { QuestionResolver } from './question/question.resolver.js';
import { RateUpliftResolver } from './rate-uplift/rate-uplift.resolver.js';
import { RankingAdviceResolver } from './ranking-advice/ranking-advice.resolver.js';
import { RegisterImportResolver } from './register-import/register-import.resolver.js';
import { ServiceUserResolver } from './service-user/service-user.resolver.js';
import { StatementResolver } from './statement/statement.resolver.js';
import { StatedFigureResolver } from './stated-figure/stated-figure.resolver.js';
import { TakeOnResolver } from './take-on/take-on.resolver.js';
import { VisitResolver } from './visit/visit.resolver.js';
import { VisitExceptionResolver } from './visit-exception/visit-exception.resolver.js';
import { VisitAlarmResolver } from './visit-alarm/visit-alarm.resolver.js';

/** The table of contents of the write side. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    DocumentUploadController,
    EcmUploadController,
    EcmFeedController,
    CaseInboxController,
  ],
  providers: [
    SubmitHandler,
    JobResolver,
    FrameworkResolver,
    ProviderResolver,
    ProviderQualityResolver,
    ProviderContractResolver,
    RateUpliftResolver,
    FairPriceResolver,
    DeliveryResolver,
    DocumentResolver,
    PackageReferralResolver,
    PackageDirectPaymentResolver,
    PackageResolver,
    PanelResolver,
    PackageSourcingResolver,
    PackageAwardResolver,
    StartResolver,
    SuspensionResolver,
    VariationResolver,
    HandbackResolver,
    BulkHandbackResolver,
    WaitingResolver,
    TakeOnResolver,
    RegisterImportResolver,
    EcmResolver,
    CarerRegisterResolver,
    ServiceUserResolver,
    IdentityReadResolver,
    PersonSearchResolver,
    OfferResolver,
    QuestionResolver,
    RankingAdviceResolver,
    VisitResolver,
    StatementResolver,
    StatedFigureResolver,
    EcmEvidenceResolver,
    EcmFeedResolver,
    CaseSystemResolver,
    CaseInboxResolver,
    WorkQueueResolver,
    VisitAlarmResolver,
    VisitExceptionResolver,
    CouncilPolicyResolver,
  ],
})
export class BrokerageModule {}
