import { EventCatalogue } from '#eventstore/event-catalogue.js';
import { caseInboxPersonalFields } from '#brokerage/case-inbox/case-inbox.events.js';
import { workQueuePersonalFields } from '#brokerage/work-queue/work-queue.events.js';
import { caseSystemSealedFields } from '#brokerage/case-system/case-system.events.js';
import { ecmFeedSealedFields } from '#brokerage/ecm-feed/ecm-feed.events.js';
import { offerPersonalFields } from '#brokerage/offer/offer.events.js';
import { packagePersonalFields } from '#brokerage/package/package.personal.events.js';
import { questionPersonalFields } from '#brokerage/question/question.events.js';
import { rankingAdvicePersonalFields } from '#brokerage/ranking-advice/ranking-advice.events.js';
import { serviceUserPersonalFields } from '#brokerage/service-user/service-user.events.js';
import { statementPersonalFields } from '#brokerage/statement/statement.events.js';
import { visitPersonalFields } from '#brokerage/visit/visit.events.js';
import { visitAlarmPersonalFields } from '#brokerage/visit-alarm/visit-alarm.events.js';

/** Which stored fields are personal, and the versions of every stored type. */
export const catalogue = new EventCatalogue([
  { personal: packagePersonalFields },
  { personal: offerPersonalFields },
  { personal: questionPersonalFields },
  { personal: rankingAdvicePersonalFields },
  { personal: visitPersonalFields },
  { personal: statementPersonalFields },
  { personal: ecmFeedSealedFields },
  { personal: caseSystemSealedFields },
  { personal: caseInboxPersonalFields },
  { personal: workQueuePersonalFields },
  { personal: visitAlarmPersonalFields },
  { personal: serviceUserPersonalFields, erasing: ['PersonErased'] },
]);
