import { jobRules } from '#platform/jobs/job.rules.js';
import { bulkHandbackRules } from './bulk-handback/bulk-handback.rules.js';
import { councilPolicyRules } from './council-policy/council-policy.rules.js';
import { csvImportRules } from './csv-import/csv-import.rules.js';
import { deliveryRules } from './delivery/delivery.rules.js';
import { documentRules } from './document/document.rules.js';
import { ecmEvidenceRules } from './ecm-evidence/ecm-evidence.rules.js';
import { fairPriceRules } from './fair-price/fair-price.rules.js';
import { frameworkRules } from './framework/framework.rules.js';
import { identityReadRules } from './identity-read/identity-read.rules.js';
import { offerRules } from './offer/offer.rules.js';
import { offerSheetRules } from './package/offer-sheet.rules.js';
import { packageRules } from './package/package.rules.js';
import { providerRules } from './provider/provider.rules.js';
import { providerContractRules } from './provider-contract/provider-contract.rules.js';
import { questionRules } from './question/question.rules.js';
import { rateUpliftRules } from './rate-uplift/rate-uplift.rules.js';
import { rankingAdviceRules } from './ranking-advice/ranking-advice.rules.js';
import { registerImportRules } from './register-import/register-import.rules.js';
import { serviceUserRules } from './service-user/service-user.rules.js';
import { statementRules } from './statement/statement.rules.js';
import { takeOnRules } from './take-on/take-on.rules.js';
import { carerRegisterRules } from './carer-register/carer-register.rules.js';
import { caseInboxRules } from './case-inbox/case-inbox.rules.js';
import { workQueueRules } from './work-queue/work-queue.rules.js';
import { caseSystemRules } from './case-system/case-system.rules.js';
import { ecmFeedRules } from './ecm-feed/ecm-feed.rules.js';
import { ecmRules } from './ecm-import/ecm.rules.js';
import { statedFigureRules } from './stated-figure/stated-figure.rules.js';
import { visitRules } from './visit/visit.rules.js';
import { visitExceptionRules } from './visit-exception/visit-exception.rules.js';
import { visitAlarmRules } from './visit-alarm/visit-alarm.rules.js';

/** Refusals of keys that are held by someone else. */
const reservationRules = {
  ProviderNameTaken: 'A provider of this name is registered already.',
  ReferralAlreadyReceived: 'This referral is a package already.',
  OpenPackageExists: 'The person has an open package of this service line.',
  RequestAlreadyIssued: 'This request was issued before.',
  ContractCapacityReached: 'This contract cannot hold this package too.',
} as const;

/** The rules of every slice; their codes are values of the schema's `ErrorCode`. */
export const ruleBooks = [
  frameworkRules,
  providerRules,
  providerContractRules,
  rateUpliftRules,
  fairPriceRules,
  deliveryRules,
  documentRules,
  packageRules,
  offerSheetRules,
  offerRules,
  questionRules,
  rankingAdviceRules,
  visitRules,
  ecmRules,
  ecmFeedRules,
  caseSystemRules,
  caseInboxRules,
  workQueueRules,
  carerRegisterRules,
  csvImportRules,
  statementRules,
  statedFigureRules,
  ecmEvidenceRules,
  visitAlarmRules,
  visitExceptionRules,
  takeOnRules,
  registerImportRules,
  bulkHandbackRules,
  serviceUserRules,
  identityReadRules,
  councilPolicyRules,
  reservationRules,
  jobRules,
] as const;

const sentences: ReadonlyMap<string, string> = new Map(ruleBooks.flatMap(Object.entries));

/** The sentence of a rule; a code that is in no book is told as it is. */
export const sentenceOf = (code: string): string => sentences.get(code) ?? code;
