import { lineKeyOf, noTotals, withWeeks } from '#brokerage/statement/statement-sums.rules.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import {
  auditor,
  contractId,
  otherContractId,
  otherProviderUser,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { eventsOf } from '../figure-events/figure-events.queries.js';
import type { FigureEvent } from '../figure-events/figure-events.view.js';
import { pay } from '../pay/pay.projection.js';
import { linesNow } from '../pay/statement-lines.queries.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { countedLines } from './statement-events.queries.js';

const first = '2026-03-02';
const second = '2026-03-30';
const week = '2026-W10';
const monday = '2026-03-02';
const tuesday = '2026-03-03';
const visit = (on: string) => ({
  ...{ visit: `${on}.1.1`, on, agreedStart: '08:00', startsAt: `${on}T08:00:00.000Z` },
  ...{ minutes: 30, carers: 1, critical: false },
});
const lineKey = (packageId: string, on: string) => `${packageId}.${on}.1.1/1`;
const inWeek = (packageId: string, type: string, data: object): SpecEvent => ({
  ...{ type, stream: `visitWeek-${packageId}-${week}` },
  data: { packageId, personId: `person of ${packageId}`, week, providerId, ...data },
});
const planned = (packageId: string, by = contractId): SpecEvent =>
  inWeek(packageId, 'WeekPlanned', {
    ...{ contractId: by, contractType: 'framework', patch: 'north' },
    visits: [visit(monday), visit(tuesday)],
  });
const leg = (on: string, out: string, carerId = 'C-1') => ({
  ...{ visit: `${on}.1.1`, leg: 1, carerId, method: 'app' },
  ...{ inAt: `${on}T08:00:00.000Z`, outAt: `${on}T${out}:00.000Z` },
});
const logged = (packageId: string, on: string): SpecEvent =>
  inWeek(packageId, 'VisitsRecorded', { legs: [leg(on, '08:30', `of ${packageId}`)] });
const corrected = (packageId: string, on: string, out: string): SpecEvent =>
  inWeek(packageId, 'VisitCorrected', { ...leg(on, out), correctionId: 'k' });
const contract = (id: string, pencePerHour: number): SpecEvent[] =>
  [
    {
      type: 'ContractOpened',
      data: { type: 'framework', startsOn: '2025-01-01', endsBefore: null },
    },
    {
      type: 'RateCardSet',
      data: { effectiveOn: '2025-01-01', rates: [{ dayKind: 'weekday-day', pencePerHour }] },
    },
  ].map(({ type, data }) => ({
    ...{ type, stream: `providerContract-${id}` },
    data: { contractId: id, providerId, ...data },
  }));

/** Facts as they come, and statements prepared over those so far. */
function givenStatements() {
  const spec = givenEvents(pay);
  const events: SpecEvent[] = [];
  const add = (...some: readonly SpecEvent[]) => {
    events.push(...some);
    spec.given(...some);
  };
  const stated = (periodStartsOn: string, endsBefore: string, closed = false) => {
    const statementId = statementIdOf(providerId, periodStartsOn);
    const { position } = spec;
    const weeks = linesNow(spec.reader, { providerId, periodStartsOn });
    const prepared = { run: 1, position, rules: 1, totals: withWeeks(noTotals, weeks) };
    const recorded = (type: string, data: object): SpecEvent => ({
      ...{ type, stream: `statement-${statementId}` },
      data: { statementId, providerId, ...data },
    });
    const period = { periodStartsOn, endsBefore, requestId: 'r', openedBy: 'f' };
    add(
      recorded('StatementOpened', { ...prepared, ...period }),
      recorded('StatementLinesAdded', { run: 1, from: 0, weeks }),
      recorded('StatementPrepared', { ...prepared, preparedBy: 'f', preparedAt: '' }),
      ...(closed ? [recorded('StatementClosed', { closedBy: 'f', closedAt: '' })] : []),
    );
    return { statementId, weeks };
  };
  const listed = async (asked: Parameters<typeof countedLines>[2], viewer = auditor) => {
    const counted = countedLines(spec.reader, viewer, asked);
    const log = events.map((event, at) => storedFrom(event, at + 1));
    const read = (name: string) => Promise.resolve(log.filter(({ stream }) => stream === name));
    const found: FigureEvent[] = [];
    if (!counted) return undefined;
    for await (const event of eventsOf({ read }, counted)) found.push(event);
    return found;
  };
  return { add, stated, listed, events };
}

const facts: readonly SpecEvent[] = [
  ...contract(contractId, 2_400),
  ...contract(otherContractId, 3_000),
  planned('p1'),
  planned('p2', otherContractId),
  logged('p1', monday),
  logged('p1', tuesday),
  corrected('p1', tuesday, '08:15'),
  logged('p2', monday),
];
const named = (found: readonly FigureEvent[] | undefined) =>
  found?.map(({ type, stream }) => `${type} ${stream.split('-')[0]}`);
const penceIn = (events: readonly SpecEvent[], key: string): number | undefined =>
  linesNow(givenEvents(pay).given(...events).reader, { providerId, periodStartsOn: first })
    .flatMap((each) => each.lines.map((line) => ({ key: lineKeyOf(each, line), line })))
    .find((each) => each.key === key)?.line.pence;

describe('The events behind a statement', () => {
  it('of a line are its visit’s, its contract’s and those that stated it (S2-18)', async () => {
    const { add, stated, listed } = givenStatements();
    add(...facts);
    const { statementId } = stated(first, second);
    const found = await listed({ statementId, lineKey: lineKey('p1', tuesday) });
    expect(named(found)).toEqual([
      ...['ContractOpened providerContract', 'RateCardSet providerContract'],
      'StatementLinesAdded statement',
      ...['WeekPlanned visitWeek', 'VisitsRecorded visitWeek', 'VisitCorrected visitWeek'],
    ]);
  });

  it.each([lineKey('p1', monday), lineKey('p1', tuesday), lineKey('p2', monday)])(
    'of line %s alone pay the same (S2-18)',
    async (key) => {
      const { add, stated, listed, events } = givenStatements();
      add(...facts);
      const { statementId } = stated(first, second);
      const found = await listed({ statementId, lineKey: key });
      const positions = new Set(found?.map(({ position }) => Number(position)));
      const alone = events.slice(0, facts.length).filter((_, at) => positions.has(at + 1));
      expect(penceIn(alone, key)).toBe(penceIn(facts, key));
      expect(penceIn(facts, key)).toBeGreaterThan(0);
    },
  );

  it('of the total concern every line (S2-18)', async () => {
    const { add, stated, listed } = givenStatements();
    add(...facts);
    const { statementId, weeks } = stated(first, second);
    const found = await listed({ statementId });
    const lines = weeks.flatMap((each) => each.lines.map((line) => lineKeyOf(each, line)));
    expect(new Set(found?.flatMap(({ concerns }) => concerns))).toEqual(new Set(lines));
    expect(lines).toHaveLength(3);
  });

  it('leave out what was recorded after the statement’s position (S2-18)', async () => {
    const { add, stated, listed } = givenStatements();
    add(...facts);
    const { statementId } = stated(first, second);
    add(corrected('p1', monday, '08:20'));
    const found = await listed({ statementId, lineKey: lineKey('p1', monday) });
    expect(named(found)).not.toContain('VisitCorrected visitWeek');
  });

  it('of a line that corrects a closed period tell what was stated, and what came later (X14)', async () => {
    const { add, stated, listed } = givenStatements();
    add(...facts);
    stated(first, second, true);
    add(corrected('p1', monday, '08:16'));
    const { statementId, weeks } = stated(second, '2026-04-27');
    expect(weeks.map(({ adjusts }) => adjusts)).toEqual([first]);
    const found = await listed({ statementId, adjusts: first });
    expect(named(found)?.filter((name) => !name.endsWith('providerContract'))).toEqual([
      ...['StatementLinesAdded statement', 'StatementLinesAdded statement'],
      ...['WeekPlanned visitWeek', 'VisitsRecorded visitWeek', 'VisitCorrected visitWeek'],
    ]);
  });

  it('are a provider’s own alone (S2-18)', async () => {
    const { add, stated, listed } = givenStatements();
    add(...facts);
    const { statementId } = stated(first, second);
    expect(await listed({ statementId }, otherProviderUser)).toBeUndefined();
    expect((await listed({ statementId }, providerUser))?.length).toBeGreaterThan(0);
  });
});
