import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { ecmEvidenceDecider } from './ecm-evidence.decider.js';
import type { EvidenceWeekAccepted, FeedDeclared, FeedHeard } from './ecm-evidence.events.js';

const { given } = specFor(ecmEvidenceDecider);
const providerId = '01932e1c-0000-7000-8000-00000000a001';
const now = '2026-03-17T09:00:00.000Z';
const commandId = '01932e1c-0a10-7000-8000-000000000030';
const feed = (liveFrom: string, endsBefore: string | null = null): FeedDeclared => ({
  type: 'FeedDeclared',
  data: { providerId, liveFrom, endsBefore },
});
const accepted = (week: string, fileRef: string, acceptedAt = now): EvidenceWeekAccepted => ({
  type: 'EvidenceWeekAccepted',
  data: { providerId, week, fileRef, acceptedAt },
});
const declare = (fields: object, ...events: readonly FeedDeclared[]) =>
  given(...events).when('DeclareFeed', { commandId, providerId, ...fields }, { now });
const accept = (week: string, fileRef: string, ...events: readonly EvidenceWeekAccepted[]) =>
  given(...events).when('AcceptEvidenceWeek', { commandId, providerId, week, fileRef }, { now });

describe('A real-time feed', () => {
  it('is declared from a day on, or up to its last day (S2-12)', () => {
    declare({ liveFrom: '2026-03-09' }).then(feed('2026-03-09'));
    declare({ liveFrom: '2026-03-09', lastDay: '2026-03-09' }).then(
      feed('2026-03-09', '2026-03-10'),
    );
    declare({ liveFrom: '2026-03-09', lastDay: '2026-03-08' }).thenRejected(
      'FeedEndsBeforeItBegins',
    );
    declare({ liveFrom: '2026-02-29' }).thenRejected('DateDoesNotExist');
  });

  it('is ended by declaring it again with its last day, once', () => {
    const end = { liveFrom: '2026-03-09', lastDay: '2026-03-31' };
    declare(end, feed('2026-03-09')).then(feed('2026-03-09', '2026-04-01'));
    declare(end, feed('2026-03-09', '2026-04-01')).thenRejected('FeedAlreadyDeclared');
  });

  it('follows another from the day after, not on its last day', () => {
    const before = feed('2026-03-01', '2026-03-09');
    declare({ liveFrom: '2026-03-09' }, before).then(feed('2026-03-09'));
    declare({ liveFrom: '2026-03-08' }, before).thenRejected('FeedsOverlap');
  });
});

describe('The evidence of a week', () => {
  it('is accepted file by file, the same file once (S2-12)', () => {
    accept('2026-W11', 'f1').then(accepted('2026-W11', 'f1'));
    accept('2026-W11', 'f1', accepted('2026-W11', 'f1')).thenNothing();
    accept('2026-W11', 'f2', accepted('2026-W11', 'f1')).then(accepted('2026-W11', 'f2'));
    accept('2026-W12', 'f1', accepted('2026-W11', 'f1')).then(accepted('2026-W12', 'f1'));
  });
});

describe('The signs of a feed', () => {
  const heard = (liveSince: string, heardAt: string): FeedHeard => ({
    type: 'FeedHeard',
    data: { providerId, liveSince: `2026-03-17T${liveSince}Z`, heardAt: `2026-03-17T${heardAt}Z` },
  });
  const sign = (at: string, ...events: readonly FeedHeard[]) =>
    given(...events).when(
      'SignalFeed',
      { commandId, providerId },
      {
        now: `2026-03-17T${at}Z`,
        actor: { id: 'feed', roles: ['provider'], organisation: providerId },
      },
    );
  const first = heard('07:00:00.000', '07:00:00.000');

  it('are kept a few times an hour, whatever comes (S2-12)', () => {
    sign('07:00:00.000').then(first);
    sign('07:14:59.999', first).thenNothing();
    sign('07:15:00.000', first).then(heard('07:00:00.000', '07:15:00.000'));
  });

  it('begin another life after a silence that is longer than policy allows (S2-12)', () => {
    sign('08:00:00.000', first).then(heard('07:00:00.000', '08:00:00.000'));
    sign('08:00:00.001', first).then(heard('08:00:00.001', '08:00:00.001'));
  });

  it('are none where policy takes a declaration for enough', () => {
    given()
      .when(
        'SignalFeed',
        { commandId, providerId },
        { now, policy: { ...shippedPolicy, feedSilenceMinutes: 0 } },
      )
      .thenNothing();
  });

  it('are a provider’s own', () => {
    given()
      .when(
        'SignalFeed',
        { commandId, providerId },
        { now, actor: { id: 'x', roles: ['provider'], organisation: 'another' } },
      )
      .thenRejected('FeedOfAnotherProvider');
  });
});
