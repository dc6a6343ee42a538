import type { AnyProjection } from './projector/definition.js';
import { awaitingCare } from './awaiting-care/awaiting-care.projection.js';
import { caseMessages } from './case-messages/case-messages.projection.js';
import { workQueue } from './work-queue/work-queue.projection.js';
import { chase } from './chase/chase.projection.js';
import { contractRegister } from './contract-register/contract-register.projection.js';
import { contractUse } from './contract-use/contract-use.projection.js';
import { councilFigures } from './council-figures/council-figures.projection.js';
import { councilPolicy } from './council-policy/council-policy.projection.js';
import { deadlines } from './deadlines/deadlines.projection.js';
import { deliveries } from './deliveries/deliveries.projection.js';
import { documents } from './documents/documents.projection.js';
import { fairPrice } from './fair-price/fair-price.projection.js';
import { jobs } from './jobs/jobs.projection.js';
import { kpi } from './kpi/kpi.projection.js';
import { market } from './market/market.projection.js';
import { offerSheets } from './offer-sheet/offer-sheet.projection.js';
import { packages } from './package/package.projection.js';
import { panel } from './panel/panel.projection.js';
import { pay } from './pay/pay.projection.js';
import { personCases } from './service-user/person-cases.projection.js';
import { serviceUsers } from './service-user/service-users.projection.js';
import { refusals } from './refusals/refusals.projection.js';
import { rateUplifts } from './rate-uplifts/rate-uplifts.projection.js';
import { rankingAccess } from './ranking-access/ranking-access.projection.js';
import { questions } from './questions/questions.projection.js';
import { visitAlarms } from './visit-alarms/visit-alarms.projection.js';
import { visitEvidence } from './visit-evidence/visit-evidence.projection.js';
import { unallocatedVisits } from './unallocated-visits/unallocated-visits.projection.js';
import { visitExceptions } from './visit-exceptions/visit-exceptions.projection.js';
import { providerReturn } from './reports/provider-return.projection.js';
import { statedFigures } from './stated-figures/stated-figures.projection.js';
import { requests } from './requests/requests.projection.js';

/** Every read model that follows the log. */
export const projections: readonly AnyProjection[] = [
  awaitingCare,
  caseMessages,
  chase,
  contractRegister,
  contractUse,
  councilFigures,
  councilPolicy,
  deadlines,
  deliveries,
  documents,
  fairPrice,
  jobs,
  kpi,
  market,
  offerSheets,
  packages,
  panel,
  providerReturn,
  pay,
  personCases,
  refusals,
  rateUplifts,
  rankingAccess,
  questions,
  requests,
  serviceUsers,
  statedFigures,
  visitAlarms,
  visitEvidence,
  unallocatedVisits,
  visitExceptions,
  workQueue,
];
