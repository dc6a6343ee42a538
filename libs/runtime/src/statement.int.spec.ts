import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDemoCouncil } from '#demo/demo-plan.js';
import { playDemoCouncil } from '#demo/demo-player.js';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { readConfig } from '#platform/config/config.js';
import { StatementPreparer } from '#brokerage/statement/statement.preparer.js';
import { noTotals, withWeeks } from '#brokerage/statement/statement-sums.rules.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import { pay } from '#projections/pay/pay.projection.js';
import { linesNow, type PayReader } from '#projections/pay/statement-lines.queries.js';
import { givenEvents } from '#projections/projector/projection-spec.js';
import { explainedLine } from '#projections/statements/line-explanation.queries.js';
import { accrualOf } from '#projections/statements/accrual.queries.js';
import { reproducedStatement } from '#projections/statements/reproduction.queries.js';
import { linesOf, statedOf } from '#projections/statements/statements.queries.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';
import { eventsOf } from './stored-samples.js';

const finance: Actor = { id: 'finance-1', roles: ['finance'] };
const second: Actor = { id: 'finance-2', roles: ['finance'] };
const source = '0193a000-0000-7000-8000-000000000005';
const periodStartsOn = '2026-10-12';
const nextPeriodStartsOn = '2026-11-09';
const now = '2026-12-08T09:00:00.000Z';

describe('Statements of a council', () => {
  let dataDir: string;
  let service: RunningService;
  let preparer: StatementPreparer;
  let providerId: string;
  let statementId: string;
  let accruedBefore: number;
  let sent = 0;

  const newId = () => deriveId(source, (sent += 1));
  const by = (actor: Actor) => ({ actor, simulatedNow: now });
  const send = (name: string, fields: object, actor: Actor) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, by(actor));
  const prepare = (startsOn: string, commandId = newId()) =>
    preparer.prepare({ commandId, providerId, periodStartsOn: startsOn }, by(finance));
  const settledReader = async (): Promise<PayReader> => {
    const reader = service.readModels.reader(pay);
    await reader.waitFor(await service.store.head(), 60_000);
    return reader;
  };
  const statement = async (id = statementId) => {
    const row = (await settledReader()).get(finance, 'statements', id);
    if (!row) throw new Error(`there is no statement ${id}`);
    return row;
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'statements-'));
    const environment = { STORE: 'memory', DATA_DIR: dataDir, DEMO: 'off', NODE_ENV: 'test' };
    service = await openRuntime(readConfig(environment), process.stderr);
    await playDemoCouncil(
      planDemoCouncil({ seed: 1, asOfOn: '2026-11-22', scale: 'small' }),
      service,
    );
    preparer = new StatementPreparer(service.commands);
    const { value } = await service.commands.reader.list<readonly string[]>('statementProviders', {
      periodStartsOn,
    });
    const reader = await settledReader();
    const held = (id: string) =>
      withWeeks(noTotals, linesNow(reader, { providerId: id, periodStartsOn }));
    providerId = value.find((id) => held(id).heldLines > 1) ?? '';
    statementId = statementIdOf(providerId, periodStartsOn);
    accruedBefore = await accruedIn(reader);
  }, 120_000);
  afterAll(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  it('sum to their lines, and are the same from the log at their position (S2-18)', async () => {
    await prepare(periodStartsOn);
    const reader = await settledReader();
    const { totals, position, status } = await statement();
    const lines = linesOf(reader, finance, statementId);
    expect(status).toBe('prepared');
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.reduce((sum, { pence }) => sum + pence, 0)).toBe(totals.totalPence);
    expect(await recomputed(position)).toEqual(
      statedOf(reader, finance, statementId).map(
        ({ statementId: _, providerId: __, ...week }) => week,
      ),
    );
  });

  it('are prepared once by one command, and anew by another (S2-18)', async () => {
    const commandId = newId();
    await prepare(periodStartsOn, commandId);
    const { run } = await statement();
    await prepare(periodStartsOn, commandId);
    expect((await statement()).run).toBe(run);
    await prepare(periodStartsOn);
    expect((await statement()).run).toBe(run + 1);
  });

  it('explain each line from the log at their position (S2-18)', async () => {
    const reader = await settledReader();
    const [first] = linesOf(reader, finance, statementId);
    const asked = { statementId, lineKey: first?.lineKey ?? '' };
    const explained = await explainedLine(reader, service.store.sealed, finance, asked);
    const steps = explained?.steps.join(' ') ?? '';
    expect(steps).toContain('rounded once (S2-18)');
    const pounds = `£${((first?.pence ?? 0) / 100).toFixed(2)}`;
    expect(steps).toContain(`= ${pounds}`);
    const other: Actor = { id: 'p', roles: ['provider'], organisation: source };
    expect(await explainedLine(reader, service.store.sealed, other, asked)).toBeNull();
  });

  it('pay held minutes that a second person approved, at once and again when prepared anew (S2-17b)', async () => {
    const before = (await statement()).totals;
    const [held] = linesOf(await settledReader(), finance, statementId, 'held');
    const ask = { statementId, lineKey: held?.lineKey, reason: 'Checked' };
    await send('ApproveHeldPay', ask, second);
    const after = (await statement()).totals;
    expect(after.totalPence).toBe(before.totalPence + (held?.heldPence ?? 0));
    expect(after.heldLines).toBe(before.heldLines - 1);
    await prepare(periodStartsOn);
    expect((await statement()).totals).toEqual(after);
  });

  it('are worked out again from the log, the same line by line; a changed log is found (S2-18)', async () => {
    const reader = await settledReader();
    const log = service.store.sealed;
    const again = await reproducedStatement(reader, log, finance, statementId);
    const { totals } = await statement();
    expect(again).toMatchObject({ same: true, differences: [], lineCount: totals.lines });
    expect(again?.reproducedPence).toBe(totals.pence);
    const tampered: typeof log.read = async (stream, options) =>
      (await log.read(stream, options)).filter(
        ({ type }) => !stream.startsWith('visitWeek-') || type !== 'VisitsRecorded',
      );
    const found = await reproducedStatement(reader, { read: tampered }, finance, statementId);
    expect(found?.same).toBe(false);
    expect(found?.differences[0]?.recordedPence).toBeGreaterThan(0);
    const other: Actor = { id: 'p', roles: ['provider'], organisation: source };
    expect(await reproducedStatement(reader, log, other, statementId)).toBeNull();
  });

  it('never change once closed: later facts adjust the next one (X14, X11)', async () => {
    await send('ApproveStatement', { statementId }, second);
    await send('CloseStatement', { statementId }, second);
    const closed = statedOf(await settledReader(), finance, statementId);
    const [held] = linesOf(await settledReader(), finance, statementId, 'held');
    const ask = { statementId, lineKey: held?.lineKey, reason: 'Checked later' };
    await send('ApproveHeldPay', ask, second);
    const voided = await voidALeg();
    await prepare(nextPeriodStartsOn);
    const next = statementIdOf(providerId, nextPeriodStartsOn);
    const reader = await settledReader();
    const adjustments = linesOf(reader, finance, next, 'adjustments');
    expect(adjustments.map(({ adjusts, lineKey, pence }) => ({ adjusts, lineKey, pence }))).toEqual(
      expect.arrayContaining([
        { adjusts: periodStartsOn, lineKey: held?.lineKey, pence: held?.heldPence },
        { adjusts: periodStartsOn, lineKey: voided.lineKey, pence: -voided.pence },
      ]),
    );
    expect(adjustments).toHaveLength(2);
    expect(statedOf(reader, finance, statementId)).toEqual(closed);
  });

  it('are worked out again with what they correct, as it was then (S2-18, X14)', async () => {
    const next = statementIdOf(providerId, nextPeriodStartsOn);
    const log = service.store.sealed;
    const again = async (of = log) => reproducedStatement(await settledReader(), of, finance, next);
    const { totals } = await statement(next);
    const first = { same: true, differences: [], adjustmentCount: 2, lineCount: totals.lines + 2 };
    expect(await again()).toMatchObject(first);
    expect((await again())?.reproducedPence).toBe(totals.totalPence);
    // Another leg is voided after it was prepared: this statement stays what it was.
    const later = await voidALeg(1);
    expect(await again()).toMatchObject(first);
    const forgets: typeof log.read = async (stream, options) =>
      (await log.read(stream, options)).filter(
        ({ type, data }) => type !== 'HeldPayApproved' || !(data as { later?: true }).later,
      );
    const found = await again({ ...log, read: forgets } as typeof log);
    expect(found).toMatchObject({ same: false, differenceCount: 1 });
    expect(found?.differences[0]).toMatchObject({ adjusts: periodStartsOn });
    await prepare(nextPeriodStartsOn);
    expect(await again()).toMatchObject({ same: true, adjustmentCount: 3 });
    const lines = linesOf(await settledReader(), finance, next, 'adjustments');
    expect(lines.map(({ lineKey }) => lineKey)).toContain(later.lineKey);
  });

  it('accrue what no statement has yet: delivered by the month’s end, and not stated (S2-18)', async () => {
    const reader = await settledReader();
    const after = await accruedIn(reader);
    const stated = linesOf(reader, finance, statementId, 'own').filter(
      ({ lineKey }) => lineKey.slice(37, 47) <= '2026-10-31',
    );
    const sum = stated.reduce((total, { pence }) => total + pence, 0);
    const approved = stated.reduce(
      (total, { approvedMinutes = 0, pencePerHour }) =>
        total + Math.round((approvedMinutes * pencePerHour) / 60),
      0,
    );
    expect(Math.abs(accruedBefore - after - (sum - approved))).toBeLessThanOrEqual(1);
    expect(after).toBeLessThan(accruedBefore);
  });

  async function recomputed(position: number) {
    const events = [];
    for await (const event of eventsOf(service.store)) {
      if (event.position <= position && event.type in pay.on) events.push(event);
    }
    const spec = givenEvents(pay).given(
      ...events.map(({ type, data, stream, metadata }) => ({
        ...{ type, data, stream, recordedAt: metadata.recordedAt },
      })),
    );
    return linesNow(spec.reader, { providerId, periodStartsOn });
  }

  /** A leg that paid something is voided, by one person and approved by another (X11). */
  async function voidALeg(at = 0) {
    const reader = await settledReader();
    const line = linesOf(reader, finance, statementId, 'own').filter(
      ({ pence, heldMinutes, packageId }) => pence > 0 && !heldMinutes && packageId,
    )[at];
    const [key = '', leg = '1'] = (line?.lineKey ?? '').split('/');
    const author: Actor = { id: 'quality', roles: ['quality-officer'] };
    await send(
      'CorrectVisit',
      { visitId: key, carerLeg: Number(leg), void: true, reason: 'Never there' },
      author,
    );
    const week = (await service.store.read(`visitWeek-${line?.packageId}-${line?.week}`)).at(-1);
    const { correctionId } = week?.data as { correctionId: string };
    await send('ApproveVisitCorrection', { visitId: key, correctionId }, second);
    return { lineKey: line?.lineKey, pence: line?.pence ?? 0 };
  }

  async function accruedIn(reader: PayReader): Promise<number> {
    const { providers } = await accrualOf(reader, '2026-10');
    return providers.find((each) => each.providerId === providerId)?.pence ?? 0;
  }
});
