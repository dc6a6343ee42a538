import { idOfKey } from '#kernel/ids.js';
import { defineSlice, type Reservation } from '#platform/commands/slice.js';
import type { CaseInboxCommands, ReceiveCaseMessage } from './case-inbox.commands.js';
import { caseInboxDecider } from './case-inbox.decider.js';
import { caseInboxRules, caseInboxStream } from './case-inbox.rules.js';

const own = { id: ({ personId }: { readonly personId: string }) => personId };

/** A `webhook-id` is of one person for good, whatever else comes under it. */
const webhookReservation = ({ messageId, personId }: ReceiveCaseMessage): Reservation => ({
  stream: `caseWebhook-${idOfKey('case webhook', messageId)}`,
  holder: personId,
  holderStream: caseInboxStream(personId),
  refusal: { code: 'CaseWebhookIdReused', message: () => caseInboxRules.CaseWebhookIdReused },
});

/** What a case system says of a person. */
export const caseInboxSlice = defineSlice<CaseInboxCommands>({
  category: 'caseInbox',
  decider: caseInboxDecider,
  commands: {
    ReceiveCaseMessage: { ...own, reserve: (command) => [webhookReservation(command)] },
    RecordCaseMessageTaken: own,
    SetCaseMessageAside: own,
    RetryCaseMessage: own,
    DismissCaseMessage: own,
    ReportCaseGap: own,
    SkipCaseGap: own,
  },
});
