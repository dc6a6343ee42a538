import type { Decider } from '#kernel/decider.js';
import type { CaseInboxCommands, ReceiveCaseMessage } from './case-inbox.commands.js';
import type { CaseInboxEvent, CaseMessageReceived } from './case-inbox.events.js';
import {
  ensure,
  missingIn,
  type CaseInboxState,
  type KnownMessage,
  type MessageStanding,
} from './case-inbox.rules.js';

/** Messages of a case system take effect once, in the order of its record (S1-8). */
export const caseInboxDecider: Decider<CaseInboxState, CaseInboxCommands, CaseInboxEvent> = {
  initial: { messages: [], next: 1, reportedUpTo: 0 },
  decide: {
    ReceiveCaseMessage(state, { commandId: _, ...message }, { now }) {
      const before = known(state, message.messageId);
      const isSame = !before || before.contentHash === message.contentHash;
      ensure(isSame, 'CaseWebhookIdReused');
      if (before) return [];
      const standing = standingOf(state, message);
      const data: CaseMessageReceived['data'] = { ...message, receivedAt: now, standing };
      if (standing !== 'aside') {
        const received = { type: 'CaseMessageReceived' as const, data };
        return [received, ...gapFilled(state, received)];
      }
      const { personId, messageId, type } = message;
      const isReused = state.messages.some(({ sequence }) => sequence === message.sequence);
      const code = isReused ? 'CaseSequenceReused' : 'CaseMessageLate';
      const violations = [{ code, path: 'data.sequence' }];
      const setAside = { personId, messageId, type, violations, setAsideAt: now };
      return [
        { type: 'CaseMessageReceived', data },
        { type: 'CaseMessageSetAside', data: setAside },
      ];
    },
    RecordCaseMessageTaken(state, { messageId, commandId: _, ...effect }, { now }) {
      const message = known(state, messageId);
      ensure(message, 'CaseMessageUnknown');
      if (message.standing !== 'ready') return [];
      const { type } = message;
      const data = { messageId, type, ...effect, takenAt: now };
      return [{ type: 'CaseMessageTaken', data }];
    },
    SetCaseMessageAside(state, { personId, messageId, violations }, { now }) {
      const message = known(state, messageId);
      ensure(message, 'CaseMessageUnknown');
      if (message.standing !== 'ready') return [];
      const { type } = message;
      const data = { personId, messageId, type, violations, setAsideAt: now };
      return [{ type: 'CaseMessageSetAside', data }];
    },
    RetryCaseMessage(state, { personId, messageId }, { now, actor }) {
      const message = known(state, messageId);
      ensure(message, 'CaseMessageUnknown', { path: 'messageId' });
      ensure(message.standing === 'aside', 'CaseMessageNotAside', { path: 'messageId' });
      const data = { personId, messageId, reopenedBy: actor.id, reopenedAt: now };
      return [{ type: 'CaseMessageReopened', data }];
    },
    DismissCaseMessage(state, { personId, messageId, reason }, { now, actor }) {
      const message = known(state, messageId);
      ensure(message, 'CaseMessageUnknown', { path: 'messageId' });
      ensure(message.standing === 'aside', 'CaseMessageNotAside', { path: 'messageId' });
      const data = { personId, messageId, reason, dismissedBy: actor.id, dismissedAt: now };
      return [{ type: 'CaseMessageDismissed', data }];
    },
    ReportCaseGap(state, { personId }, { now }) {
      const missing = missingIn(state);
      if (!missing || missing[1] <= state.reportedUpTo) return [];
      const [missingFrom, missingTo] = missing;
      const data = { personId, missingFrom, missingTo, reportedAt: now };
      return [{ type: 'CaseGapReported', data }];
    },
    SkipCaseGap(state, { personId, reason }, { now, actor }) {
      const missing = missingIn(state);
      ensure(missing, 'NoCaseGap', { path: 'personId' });
      const [missingFrom, missingTo] = missing;
      const by = { reason, skippedBy: actor.id, skippedAt: now };
      return [{ type: 'CaseGapSkipped', data: { personId, missingFrom, missingTo, ...by } }];
    },
  },
  evolve: {
    CaseMessageReceived: (state, { messageId, type, sequence, contentHash, ...message }) => {
      const { receivedAt, standing } = message;
      const fresh = { messageId, type, sequence, contentHash, receivedAt, standing };
      return movedOn({ ...state, messages: [...state.messages, fresh] });
    },
    CaseMessageTaken: (state, { messageId }) => stands(state, messageId, 'taken'),
    CaseMessageSetAside: (state, { messageId }) => stands(state, messageId, 'aside'),
    CaseMessageReopened: (state, { messageId }) => stands(state, messageId, 'ready'),
    CaseMessageDismissed: (state, { messageId }) => stands(state, messageId, 'dismissed'),
    CaseGapFilled: (state) => state,
    CaseGapReported: (state, { missingTo }) => ({ ...state, reportedUpTo: missingTo }),
    CaseGapSkipped: (state, { missingTo }) => movedOn({ ...state, next: missingTo + 1 }),
  },
};

const known = (state: CaseInboxState, messageId: string): KnownMessage | undefined =>
  state.messages.find((message) => message.messageId === messageId);

/** Whether a message is the last that a reported gap waited for. */
function gapFilled(
  state: CaseInboxState,
  { data }: Extract<CaseInboxEvent, { type: 'CaseMessageReceived' }>,
): readonly CaseInboxEvent[] {
  const { messageId, type, sequence, contentHash, receivedAt, standing, personId } = data;
  const fresh = { messageId, type, sequence, contentHash, receivedAt, standing };
  const after = movedOn({ ...state, messages: [...state.messages, fresh] });
  const isFilled = state.next <= state.reportedUpTo && after.next > state.reportedUpTo;
  return isFilled ? [{ type: 'CaseGapFilled', data: { personId, filledAt: receivedAt } }] : [];
}

/** A sequence that came or was skipped before is not in the order of the record any more. */
function standingOf(
  { messages, next }: CaseInboxState,
  { sequence }: ReceiveCaseMessage | Omit<ReceiveCaseMessage, 'commandId'>,
): CaseMessageReceived['data']['standing'] {
  const isReused = sequence < next || messages.some((message) => message.sequence === sequence);
  if (isReused) return 'aside';
  return sequence === next ? 'ready' : 'waiting';
}

const stands = (
  state: CaseInboxState,
  messageId: string,
  standing: MessageStanding,
): CaseInboxState => ({
  ...state,
  messages: state.messages.map((message) =>
    message.messageId === messageId ? { ...message, standing } : message,
  ),
});

/** Messages whose turn has come are ready; each is carried out before the one behind it. */
function movedOn(state: CaseInboxState): CaseInboxState {
  const came = new Set(state.messages.map(({ sequence }) => sequence));
  let { next } = state;
  while (came.has(next)) next += 1;
  const messages = state.messages.map((message) =>
    message.standing === 'waiting' && message.sequence < next
      ? { ...message, standing: 'ready' as const }
      : message,
  );
  return { ...state, messages, next };
}
