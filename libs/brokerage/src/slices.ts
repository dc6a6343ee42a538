import type { Slice } from '#platform/commands/slice.js';
import { identityReadSlice } from './identity-read/identity-read.slice.js';
import { statedFigureSlice } from './stated-figure/stated-figure.slice.js';
import { auditLookSlice } from './audit-look/audit-look.slice.js';
import { jobSlice } from '#platform/jobs/job.slice.js';
import { contractCapacitySlice } from './contract-capacity/contract-capacity.slice.js';
import { refusalSlice } from '#platform/refusals/refusal.slice.js';
import { councilPolicySlice } from './council-policy/council-policy.slice.js';
import { deliverySlice } from './delivery/delivery.slice.js';
import { documentSlice, interestSlice } from './document/document.slice.js';
import { ecmEvidenceSlice } from './ecm-evidence/ecm-evidence.slice.js';
import { fairPriceSlice } from './fair-price/fair-price.slice.js';
import { frameworkSlice } from './framework/framework.slice.js';
import { offerSlice } from './offer/offer.slice.js';
import { openPackageSlice } from './open-package/open-package.slice.js';
import { packageSlice } from './package/package.slice.js';
import { providerSlice } from './provider/provider.slice.js';
import { providerContractSlice } from './provider-contract/provider-contract.slice.js';
import { questionSlice } from './question/question.slice.js';
import { rateUpliftSlice } from './rate-uplift/rate-uplift.slice.js';
import { rankingAdviceSlice } from './ranking-advice/ranking-advice.slice.js';
import { serviceUserSlice } from './service-user/service-user.slice.js';
import { statementSlice } from './statement/statement.slice.js';
import { carerRegisterSlice } from './carer-register/carer-register.slice.js';
import { workQueueSlice } from './work-queue/work-queue.slice.js';
import { caseInboxSlice } from './case-inbox/case-inbox.slice.js';
import { caseSystemSlice } from './case-system/case-system.slice.js';
import { ecmFeedSlice } from './ecm-feed/ecm-feed.slice.js';
import { feedDeliverySlice } from './ecm-feed/feed-delivery.slice.js';
import { ecmFileSlice } from './ecm-file/ecm-file.slice.js';
import { visitSlice } from './visit/visit.slice.js';
import { visitExceptionSlice } from './visit-exception/visit-exception.slice.js';
import { visitAlarmSlice } from './visit-alarm/visit-alarm.slice.js';

/** Every aggregate of the write side. */
export const slices = [
  frameworkSlice,
  providerSlice,
  providerContractSlice,
  packageSlice,
  offerSlice,
  questionSlice,
  rankingAdviceSlice,
  visitSlice,
  statementSlice,
  ecmEvidenceSlice,
  visitAlarmSlice,
  visitExceptionSlice,
  ecmFileSlice,
  ecmFeedSlice,
  caseSystemSlice,
  caseInboxSlice,
  workQueueSlice,
  feedDeliverySlice,
  carerRegisterSlice,
  contractCapacitySlice,
  fairPriceSlice,
  deliverySlice,
  documentSlice,
  interestSlice,
  rateUpliftSlice,
  councilPolicySlice,
  openPackageSlice,
  serviceUserSlice,
  identityReadSlice,
  auditLookSlice,
  statedFigureSlice,
  jobSlice,
  refusalSlice,
] as readonly Slice[];
