import type { Actor } from '#kernel/actor.js';
import type { Clock } from '#platform/commands/clock.js';
import {
  broker,
  caseSystem,
  directPayment,
  ended,
  packageId,
  personId,
  providerUser,
  referred,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { panel } from './panel.projection.js';
import { PanelReads } from './panel.queries.js';
import { PanelCasesSort, type PanelCasesFilter } from './panel.view.js';

const caseId = '01900000-0000-7000-8000-0000000000d1';
const otherCaseId = '01900000-0000-7000-8000-0000000000d2';
const ofCase = { packageId, personId, caseId, on: 'estimate' as const };
const opened = (data: object = {}): SpecEvent => ({
  type: 'PanelCaseOpened',
  recordedAt: '2026-03-02T10:00:00.000Z',
  data: {
    ...{ ...ofCase, measure: 'weekly-cost', level: 150_000, figure: 180_000, openedBy: 'broker' },
    agencies: ['adult-social-care'],
    ...data,
  },
});
const decided = (
  outcome: string,
  { standing = outcome, agency = 'adult-social-care' }: { standing?: string; agency?: string } = {},
): SpecEvent => ({
  type: 'PanelCaseDecided',
  data: {
    ...{ ...ofCase, agency, outcome, standing, conditions: 'sealed' },
    ...{ reason: 'sealed', decidedBy: 'panel-member', decidedAt: '2026-03-04T10:00:00.000Z' },
  },
});
const authority: SpecEvent = {
  type: 'InterimAuthorityGiven',
  data: { ...ofCase, givenBy: 'senior-broker', reason: 'sealed', panelDueOn: '2026-03-09' },
};
const withdrawn: SpecEvent = {
  type: 'PanelCaseWithdrawn',
  data: { ...ofCase, because: 'sent-back' },
};

function casesOf(
  events: readonly SpecEvent[],
  {
    today = '2026-03-05',
    filter = {},
    viewer = broker,
  }: { today?: string; filter?: PanelCasesFilter; viewer?: Actor } = {},
) {
  const clock: Clock = { simulated: true, now: () => `${today}T12:00:00.000Z` };
  const folded = { panel: givenEvents(panel).given(referred(), ...events) };
  const page = new PanelReads(projectorOver(folded).projector, clock).cases(
    ...([viewer, filter, PanelCasesSort.DUE_FIRST] as const),
    { first: 10 },
  );
  return { nodes: page.edges.map(({ node }) => node), totalCount: page.totalCount };
}
const standingAfter = (...events: readonly SpecEvent[]) =>
  casesOf([opened(), ...events]).nodes.map(({ standing }) => standing);

describe('The panel’s list', () => {
  it('has a case with the figure that was frozen, and who put it (S3-7)', () => {
    expect(casesOf([opened()]).nodes).toEqual([
      {
        ...{ caseId, packageId, on: 'estimate', measure: 'weekly-cost', level: 150_000 },
        ...{ figure: 180_000, openedBy: 'broker', openedAt: '2026-03-02T10:00:00.000Z' },
        ...{ standing: 'pending', agencies: ['adult-social-care'], decisions: [], overdueDays: 0 },
      },
    ]);
  });

  it('says what each agency decided last, and keeps nothing that is sealed (S3-7)', () => {
    const agencies = ['adult-social-care', 'nhs'];
    const events = [opened({ agencies }), decided('approved', { standing: 'pending' })];
    const [one] = casesOf(events).nodes;
    expect(one).toMatchObject({ standing: 'pending', decisions: [{ outcome: 'approved' }] });
    expect(JSON.stringify(one)).not.toContain('sealed');
    const again = decided('deferred', { agency: 'nhs' });
    const [both] = casesOf([...events, again, decided('approved', { agency: 'nhs' })]).nodes;
    expect(both).toMatchObject({ standing: 'approved', decisions: [{}, { agency: 'nhs' }] });
    expect(both?.decisions).toHaveLength(2);
  });

  it('is filtered by the agency that has not approved (S3-7)', () => {
    const agencies = ['adult-social-care', 'nhs'];
    const events = [opened({ agencies }), decided('approved', { standing: 'pending' })];
    const awaitedFrom = (agency: string) =>
      casesOf(events, { filter: { awaitedFrom: agency } }).totalCount;
    expect(awaitedFrom('nhs')).toBe(1);
    expect(awaitedFrom('adult-social-care')).toBe(0);
    expect(awaitedFrom('nh')).toBe(0);
  });

  it('is overdue from the day after the panel’s day, not on it (S3-7)', () => {
    const overdue = (today: string, ...more: readonly SpecEvent[]) =>
      casesOf([opened(), authority, ...more], { today, filter: { overdue: true } }).nodes.map(
        ({ overdueDays }) => overdueDays,
      );
    expect(overdue('2026-03-09')).toEqual([]);
    expect(overdue('2026-03-10')).toEqual([1]);
    expect(overdue('2026-03-10', decided('approved'))).toEqual([]);
    expect(overdue('2026-03-12', decided('deferred'))).toEqual([3]);
    expect(casesOf([opened()], { today: '2026-04-01', filter: { overdue: true } }).nodes).toEqual(
      [],
    );
  });

  it('has what is asked for: its standing, its subject, its package, and what is in time (S3-7)', () => {
    const events = [opened(), authority, opened({ caseId: otherCaseId, on: 'offer' })];
    const found = (filter: PanelCasesFilter, today = '2026-03-09') =>
      casesOf([...events, decided('approved')], { filter, today }).nodes.map((of) => of.caseId);
    expect(found({ standing: 'approved' })).toEqual([caseId]);
    expect(found({ standing: 'pending' })).toEqual([otherCaseId]);
    expect(found({ on: 'offer' })).toEqual([otherCaseId]);
    expect(found({ packageId })).toHaveLength(2);
    expect(found({ packageId: otherCaseId })).toEqual([]);
    const inTime = (today: string) =>
      casesOf(events, { filter: { overdue: false }, today }).nodes.map((of) => of.caseId);
    expect(inTime('2026-03-09')).toEqual([caseId, otherCaseId]);
    expect(inTime('2026-03-10')).toEqual([otherCaseId]);
  });

  it('is sorted by the day the panel is due or by the opening, a page at a time (S3-7)', () => {
    const earlier = { ...opened({ caseId: otherCaseId }), recordedAt: '2026-03-01T10:00:00.000Z' };
    const folded = { panel: givenEvents(panel).given(referred(), earlier, opened(), authority) };
    const clock: Clock = { simulated: true, now: () => '2026-03-05T12:00:00.000Z' };
    const reads = new PanelReads(projectorOver(folded).projector, clock);
    const sorted = (sort: PanelCasesSort) => {
      const one = reads.cases(broker, {}, sort, { first: 1 });
      const two = reads.cases(broker, {}, sort, { first: 1, cursor: one.edges[0]?.cursor });
      expect([one.hasNextPage, two.hasNextPage, one.totalCount]).toEqual([true, false, 2]);
      return [...one.edges, ...two.edges].map(({ node }) => node.caseId);
    };
    expect(sorted(PanelCasesSort.DUE_FIRST)).toEqual([caseId, otherCaseId]);
    expect(sorted(PanelCasesSort.OPENED_FIRST)).toEqual([otherCaseId, caseId]);
    expect(sorted(PanelCasesSort.OPENED_LAST)).toEqual([caseId, otherCaseId]);
  });

  it('asks nothing more about a package that is over, and leaves decided cases as they are (S3-7)', () => {
    const over: SpecEvent = {
      type: 'ReferralWithdrawn',
      data: { packageId, personId, reason: '' },
    };
    expect(standingAfter(withdrawn)).toEqual(['withdrawn']);
    expect(standingAfter(over)).toEqual(['withdrawn']);
    expect(standingAfter(directPayment('2026-03-09'))).toEqual(['withdrawn']);
    expect(standingAfter(ended('2026-03-09'))).toEqual(['withdrawn']);
    expect(standingAfter(decided('approved'), ended('2026-03-09'))).toEqual(['approved']);
  });

  it('is the council’s, and an external broker’s for its own cases alone (S3-4)', () => {
    const outside = (organisation: string): Actor => ({
      ...{ id: 'x', roles: ['external-broker'], organisation },
    });
    const own = referred({ origin: { kind: 'external-broker', brokerOrganisation: 'org-1' } });
    const seenBy = (viewer: Actor) => casesOf([own, opened()], { viewer }).totalCount;
    expect(seenBy(broker)).toBe(1);
    expect(seenBy(outside('org-1'))).toBe(1);
    expect(seenBy(outside('org-2'))).toBe(0);
    expect(seenBy(providerUser)).toBe(0);
    expect(seenBy(caseSystem)).toBe(0);
  });
});
