import type {
  CaseInboxEvent,
  CaseMessageReceived,
} from '#brokerage/case-inbox/case-inbox.events.js';
import { broker, providerUser } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { caseMessages } from './case-messages.projection.js';
import { CaseMessageReads } from './case-messages.queries.js';
import { dueGaps } from './due-gaps.queries.js';

const personId = 'person-1';
const receivedAt = '2026-03-02T09:00:00.000Z';
const received = (sequence: number, standing: CaseMessageReceived['data']['standing']) =>
  ({
    type: 'CaseMessageReceived',
    data: {
      ...{ personId, messageId: `message-${sequence}`, system: 'liquidlogic', sequence, standing },
      ...{ type: 'person.died', occurredAt: receivedAt, receivedAt, contentHash: 'a', body: '' },
    },
  }) satisfies CaseInboxEvent;
const setAside: CaseInboxEvent = {
  type: 'CaseMessageSetAside',
  data: {
    ...{ personId, messageId: 'message-1', type: 'person.died', setAsideAt: receivedAt },
    violations: [{ code: 'CareNotLive', path: 'type' }],
  },
};
const reported: CaseInboxEvent = {
  type: 'CaseGapReported',
  data: { personId, missingFrom: 2, missingTo: 2, reportedAt: receivedAt },
};

describe('Messages of a case system', () => {
  const projector = (...events: CaseInboxEvent[]) =>
    projectorOver({ 'case-messages': givenEvents(caseMessages).given(...events) }).projector;
  const rows = (...events: CaseInboxEvent[]) =>
    new CaseMessageReads(projector(...events))
      .messages(broker, { first: 10 })
      .edges.map(({ node }) => node);

  it('say where each stands, and in words why one could not be taken (S1-8)', () => {
    const [first] = rows(received(1, 'ready'), setAside);
    expect(first).toMatchObject({
      ...{ standing: 'aside', hasUnknownFields: false },
      violations: [
        { code: 'CareNotLive', message: expect.stringContaining('not being given') as string },
      ],
    });
    expect(first).not.toHaveProperty('body');
  });

  it('that waited are ready when the missing one has come', () => {
    const waiting = [received(1, 'ready'), received(3, 'waiting')];
    expect(rows(...waiting).map(({ standing }) => standing)).toContain('waiting');
    expect(rows(...waiting, received(2, 'ready')).map(({ standing }) => standing)).toEqual([
      ...['ready', 'ready', 'ready'],
    ]);
  });

  it('are not for providers', () => {
    const reads = new CaseMessageReads(projector(received(1, 'ready')));
    expect(reads.messages(providerUser, { first: 10 }).edges).toEqual([]);
  });

  it('are missed by a deadline after council policy’s wait, once, and not a moment earlier', () => {
    const due = (now: string, ...events: CaseInboxEvent[]) =>
      dueGaps(projector(...events), now, 15);
    const gap = [received(1, 'ready'), received(3, 'waiting')];
    expect(due('2026-03-02T09:14:59.999Z', ...gap)).toEqual([]);
    expect(due('2026-03-02T09:15:00.000Z', ...gap)).toMatchObject([
      { command: 'ReportCaseGap', fields: { personId } },
    ]);
    expect(due('2026-03-02T09:15:00.000Z', ...gap, reported)).toEqual([]);
    expect(due('2026-03-02T09:15:00.000Z', ...gap, received(2, 'ready'))).toEqual([]);
  });
});
