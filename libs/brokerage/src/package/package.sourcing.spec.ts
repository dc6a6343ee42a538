import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import type { PackageReferred } from './package.referral.events.js';
import {
  acorn,
  awarded,
  birch,
  cedar,
  closed,
  closesAt,
  commandId,
  invitations,
  issued,
  issuedAt,
  needs,
  packageId,
  presented,
  referred,
  requestId,
  sendable,
} from './package.fixtures.js';
import { careNeeds } from './package.schedule.rules.js';

const { given } = specFor(packageDecider);
const justBefore = '2026-03-03T08:59:59.999Z';

describe('A request', () => {
  const issue = (
    fields: object,
    { events = [referred] as readonly PackageEvent[], eligible = invitations, now = issuedAt } = {},
  ) =>
    given(...events).when(
      'IssueRequest',
      { commandId, packageId, ...fields },
      { now, facts: { ...sendable, eligible } },
    );

  it('goes to every eligible provider with an anonymised pack (S1-9)', () => {
    issue({}).then(issued);
  });

  it('is open for the policy’s window: a day, or two hours when urgent (X4)', () => {
    issue({}).thenLike({ type: 'RequestIssued', data: { closesAt: '2026-03-03T09:00:00.000Z' } });
    const urgent: PackageReferred = {
      ...referred,
      data: { ...referred.data, needs: careNeeds({ ...needs, urgent: true }) },
    };
    issue({}, { events: [urgent] }).thenLike({
      type: 'RequestIssued',
      data: { urgent: true, closesAt: '2026-03-02T11:00:00.000Z' },
    });
  });

  it('is open as long as the council’s policy says (X4)', () => {
    given(referred)
      .when(
        'IssueRequest',
        { commandId, packageId },
        {
          now: issuedAt,
          facts: sendable,
          policy: { ...shippedPolicy, requestWindowMinutes: { standard: 60, urgent: 5 } },
        },
      )
      .thenLike({ type: 'RequestIssued', data: { closesAt: '2026-03-02T10:00:00.000Z' } });
  });

  it('may close at a stated time, read with its offset, after it is issued (X4)', () => {
    issue({ closesAt: '2026-04-01T10:00+01:00' }).thenLike({
      type: 'RequestIssued',
      data: { closesAt: '2026-04-01T09:00:00.000Z' },
    });
    issue({ closesAt: '2026-03-02T09:00:00.001Z' }).thenLike({ type: 'RequestIssued' });
    issue({ closesAt: issuedAt }).thenRejected('WindowClosesTooEarly');
    issue({ closesAt: '2026-02-30T10:00:00Z' }).thenRejected('InstantUnreadable');
  });

  it('may go to some of the eligible providers with a reason, and to no other (X7)', () => {
    const reason = 'The person knows them.';
    issue({ onlyTo: { providerIds: [birch], reason } }).thenLike({
      type: 'RequestIssued',
      data: { invited: [{ providerId: birch }], restrictedBecause: reason },
    });
    issue(
      { onlyTo: { providerIds: [acorn, birch], reason } },
      { eligible: invitations.slice(1) },
    ).thenRejected('ProviderNotEligible');
  });

  it('needs an eligible provider (X7)', () => {
    issue({}, { eligible: [] }).thenRejected('NoEligibleProvider');
  });

  it('invites a provider once, under the first of its contracts', () => {
    const second = { providerId: acorn, contractId: cedar };
    issue({}, { eligible: [...invitations, second] }).then(issued);
  });

  it('is issued for a package that waits for one, again after it closed (X4)', () => {
    issue({}, { events: [] }).thenRejected('PackageUnknown');
    issue({}, { events: [referred, issued] }).thenRejected('PackageNotAwaitingRequest');
    issue({}, { events: awarded }).thenRejected('PackageNotAwaitingRequest');
    const again = { route: 'framework' };
    issue(again, { events: [referred, issued, closed], now: closesAt }).thenLike({
      type: 'RequestIssued',
    });
  });
});

describe('The window of a request', () => {
  const extend = (to: string, now: string, ...events: PackageEvent[]) =>
    given(referred, ...events).when('ExtendRequestWindow', { packageId, closesAt: to }, { now });

  it('is extended, never shortened (X4)', () => {
    extend('2026-03-03T09:00:00.001Z', issuedAt, issued).then({
      type: 'RequestWindowExtended',
      data: { packageId, requestId, closesAt: '2026-03-03T09:00:00.001Z' },
    });
    extend(closesAt, issuedAt, issued).thenRejected('WindowNotExtended');
    extend(justBefore, issuedAt, issued).thenRejected('WindowNotExtended');
    extend('2026-03-04T25:00:00Z', issuedAt, issued).thenRejected('InstantUnreadable');
  });

  it('is extended while it is open: a millisecond before the close, not at the close (X4)', () => {
    extend('2026-03-04T09:00:00.000Z', justBefore, issued).thenLike({
      type: 'RequestWindowExtended',
    });
    extend('2026-03-04T09:00:00.000Z', closesAt, issued).thenRejected('RequestNotOpen');
    extend('2026-03-04T09:00:00.000Z', issuedAt).thenRejected('RequestNotOpen');
  });

  const close = (now: string, ...events: PackageEvent[]) =>
    given(referred, ...events).when(
      'CloseRequest',
      { packageId, requestId },
      { now, facts: { unanswered: [cedar] } },
    );

  it('is over at exactly its close, and names who has not answered (X4, S2-19)', () => {
    close(justBefore, issued).thenRejected('WindowNotOver');
    close(closesAt, issued).then({
      type: 'RequestClosed',
      data: { packageId, requestId, closedAt: closesAt, unanswered: [cedar] },
    });
  });

  it('is over later once it was extended (X4)', () => {
    const extended = extend('2026-03-03T10:00:00.000Z', issuedAt, issued).events();
    close(closesAt, issued, ...(extended as PackageEvent[])).thenRejected('WindowNotOver');
  });

  it('closes once, whichever deadline comes late', () => {
    close(closesAt, issued, presented).thenNothing();
    close(closesAt).thenNothing();
  });
});
