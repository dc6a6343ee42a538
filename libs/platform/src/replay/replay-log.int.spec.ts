import type { AnyDecider } from '#kernel/decider.js';
import { addMinutes } from '#kernel/time.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { slices } from '#brokerage/slices.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import {
  awardedPackage,
  choiceOf,
  commissioner,
  needs,
  newReference,
  Office,
  openMarket,
  otherBroker,
  otherCommissioner,
  presentedPackage,
  userOf,
} from '../commands/commands.fixtures.js';
import { stores } from '../commands/stores.fixtures.js';
import type { Slice } from '../commands/slice.js';
import { Past } from './past.js';
import { replayDecision, replaysOf } from './replay.fixtures.js';
import type { Replayed } from './replay-log.js';
import { whatIf } from './what-if.js';

/** A small office's spring: each kind of decision, under two policies. */
async function spring(office: Office): Promise<void> {
  const values = { ecmGoLiveOn: '2026-03-09', requestWindowMinutes: { standard: 60, urgent: 30 } };
  const change = { effectiveOn: '2026-03-04', values, reason: 'Go live.' };
  const { id: council } = await office.send('ChangePolicy', change, commissioner);
  const [proposed] = await office.log.read(`councilPolicy-${council}`);
  const { changeId } = proposed?.data as { changeId: string };
  await office.send('ApprovePolicyChange', { changeId }, otherCommissioner);
  const market = await openMarket(office);
  const { packageId } = await awardedPackage(office, market);
  const fallen = await presentedPackage(office, market);
  await office.send('ChooseOffer', choiceOf(fallen.packageId, fallen.offerOfBirch));
  await office.send('AwardPackage', { packageId: fallen.packageId });
  const birch = userOf(market.birch.providerId);
  await office.send('WithdrawOffer', { offerId: fallen.offerOfBirch, reason: 'No staff.' }, birch);
  await office.send('AcceptOffer', { offerId: fallen.offerOfBirch });
  await office.send('RecordAwardFellThrough', {
    ...{ packageId: fallen.packageId, offerId: fallen.offerOfBirch, reason: 'withdrawn' },
  });
  await office.send('TakeOnPackage', {
    ...{ reference: newReference(), needs, startedOn: '2025-11-03', ...market.acorn },
  });
  await office.send('PlanWeek', { packageId, week: '2026-W11' });
  await visits(office, packageId, market.acorn.providerId);
  const ending = { packageId, lastDay: '2026-03-13', outcome: 'moved-away', reason: 'To family.' };
  await office.send('EndPackage', ending);
  await office.send('ReplanWeek', { packageId, week: '2026-W11' });
}

async function visits(office: Office, packageId: string, providerId: string): Promise<void> {
  const provider = userOf(providerId);
  const monday = `${packageId}.2026-03-09.1.1`;
  const tuesday = `${packageId}.2026-03-10.1.1`;
  const agreedWith = { name: 'Ada Fictional', relationship: 'person' };
  await office.send('AgreeVisitTime', {
    ...{ visitId: `${packageId}.2026-03-11.1.1`, on: '2026-03-11', start: '10:00', agreedWith },
  });
  office.now = '2026-03-13T09:00:00.000Z';
  const leg = {
    ...{ visitId: monday, carerLeg: 1, carerRef: 'C-7' },
    ...{ loggedInAt: '2026-03-09T08:20', loggedOutAt: '2026-03-09T08:50' },
  };
  await office.send('RecordVisit', { leg }, provider);
  await office.send('RecordFirstVisit', { packageId, providerId, deliveredOn: '2026-03-09' });
  const correction = { visitId: monday, carerLeg: 1, void: true, reason: 'Wrong home.' };
  await office.send('CorrectVisit', correction);
  const correctionId = await lastCorrection(office, packageId);
  await office.send('ApproveVisitCorrection', { visitId: monday, correctionId }, otherBroker);
  await office.send('ReportMissedVisit', { visitId: tuesday, reason: 'no-staff' }, provider);
  const excuse = { visitId: tuesday, reason: 'other', note: 'Snow.' };
  await office.send('ExcuseVisit', excuse, provider);
  await office.send('AcceptExcuse', { visitId: tuesday });
}

async function lastCorrection(office: Office, packageId: string): Promise<string> {
  const proposed = (await office.log.read(`visitWeek-${packageId}-2026-W11`)).at(-1);
  return (proposed?.data as { correctionId: string }).correctionId;
}

/** As the rules are, but that nobody need choose where a request closes after a minute. */
const lenientSlices = slices.map((slice) =>
  slice.category === 'carePackage'
    ? {
        ...slice,
        decider: {
          ...slice.decider,
          decide: {
            ...slice.decider.decide,
            AwardPackage: ((state, command, context) =>
              context.policy.requestWindowMinutes.standard === 1
                ? [{ type: 'PackageAwarded', data: { packageId: 'awarded' } }]
                : slice.decider.decide['AwardPackage']?.(
                    state,
                    command,
                    context,
                  )) as AnyDecider['decide'][string],
          },
        },
      }
    : slice,
) as readonly Slice[];

describe.each(stores)('The log of an office on the %s store', (_, open) => {
  let store: EventStore;
  let dispose: () => Promise<void>;
  let office: Office;
  let events: readonly StoredEvent[];

  beforeAll(async () => {
    ({ store, dispose } = await open());
    office = new Office(store);
    await spring(office);
    ({ events } = await office.log.readAll());
  });
  afterAll(() => dispose());

  it('gives the same events when each decision is made again', async () => {
    const replays = await replaysOf(slices, office.log);
    expect(replays.filter(({ result }) => result.outcome !== 'same')).toEqual([]);
    const commands = new Set(replays.map(({ append }) => append[0]?.metadata.command?.name));
    expect(commands.size).toBeGreaterThanOrEqual(27);
    const decided = events.filter(({ type }) => type !== 'KeyReserved');
    expect(replays.flatMap(({ append }) => append)).toHaveLength(decided.length);
  });

  it('gives the same events page by page as at once', async () => {
    const paged = {
      read: (stream: string, options: object) => office.log.read(stream, options),
      readAll: (options: { after?: number }) => office.log.readAll({ ...options, limit: 1 }),
    };
    const outcomes = (replays: Replayed[]) =>
      replays.map(({ append, result }) => [append.length, result.outcome]);
    expect(outcomes(await replaysOf(slices, paged))).toEqual(
      outcomes(await replaysOf(slices, office.log)),
    );
  });

  it('is replayed by parts as at once, whatever lies in another part', async () => {
    const told = (replays: Replayed[]) =>
      new Map(replays.map(({ append, result, facts }) => [append[0]?.id, [result.outcome, facts]]));
    const parts = [0, 1, 2].map((index) => replaysOf(slices, office.log, { index, of: 3 }));
    const inParts = await Promise.all(parts);
    for (const part of inParts) expect(part.length).toBeGreaterThan(0);
    expect(told(inParts.flat())).toEqual(told(await replaysOf(slices, office.log)));
  });

  it('saw two versions of the council policy', () => {
    const versions = events.map(({ metadata }) => metadata.policyVersion);
    expect(new Set(versions.filter((version) => version !== undefined))).toEqual(new Set([0, 1]));
  });

  const firstOf = (type: string) => {
    const at = events.findIndex((event) => event.type === type);
    return { before: events.slice(0, at), append: events.slice(at, at + 1) };
  };

  it('lets one decision be made again from the events before it', () => {
    const { before, append } = firstOf('PackageAwarded');
    expect(replayDecision(slices, before, append)).toMatchObject({ outcome: 'same' });
  });

  it('shows a decision whose record was altered, or whose past is missing', () => {
    const { before, append } = firstOf('OffersPresented');
    const altered = append.map((event) => ({
      ...event,
      data: { ...(event.data as object), offers: [] },
    }));
    expect(replayDecision(slices, before, altered)).toMatchObject({ outcome: 'different' });
    expect(replayDecision(slices, [], append)).toMatchObject({ outcome: 'threw' });
  });

  it('keeps what people said sealed, so that a replay needs the keys', async () => {
    const stored = (await store.readAll()).events.find(({ type }) => type === 'OfferChosen');
    expect(JSON.stringify(stored)).not.toContain('Ada Fictional');
    const [revealed] = firstOf('OfferChosen').append;
    expect(revealed?.data).toMatchObject({ chosenBy: { name: 'Ada Fictional' } });
    expect(revealed?.metadata.command?.fields).toMatchObject({ reasons: ['Knows the carers.'] });
  });

  /** The log with one event as somebody might have rewritten it. */
  const rewritten = (type: string, change: (event: StoredEvent) => StoredEvent) => {
    const changed = (event: StoredEvent) => (event.type === type ? change(event) : event);
    return {
      read: async (stream: string, options?: object) =>
        (await office.log.read(stream, options)).map(changed),
      readAll: async (options?: object) => {
        const page = await office.log.readAll(options);
        return { ...page, events: page.events.map(changed) };
      },
    };
  };
  const findings = (replays: readonly Replayed[], type: string) =>
    replays
      .filter(({ append }) => append[0]?.type === type)
      .flatMap(({ facts }) => facts.map(({ fact, finding }) => `${fact.name} ${finding}`));

  it('holds every fact that it can fetch again, at the revision that was recorded', async () => {
    const all = (await replaysOf(slices, office.log)).flatMap(({ facts }) => facts);
    expect(all.filter(({ finding }) => finding === 'altered')).toEqual([]);
    expect(all.filter(({ finding }) => finding === 'held').length).toBeGreaterThan(10);
  });

  it('names a fact whose record was altered, and what the log gives instead', async () => {
    const log = rewritten('WeekPlanned', ({ metadata, ...event }) => {
      const facts = metadata.facts?.map((fact) => ({
        ...fact,
        value: { ...(fact.value as object), patch: 'elsewhere' },
      }));
      return { ...event, metadata: { ...metadata, ...(facts && { facts }) } };
    });
    const replays = await replaysOf(slices, log);
    expect(findings(replays, 'WeekPlanned')).toContain('plan altered');
    const [altered] = replays.flatMap(({ facts }) =>
      facts.filter(({ finding }) => finding === 'altered'),
    );
    expect(altered?.found).toMatchObject({ patch: needs.patch });
  });

  it('names a fact whose source was altered', async () => {
    const log = rewritten('PackageReferred', (event) => {
      const data = event.data as { readonly needs: object };
      return { ...event, data: { ...data, needs: { ...data.needs, patch: 'elsewhere' } } };
    });
    expect(findings(await replaysOf(slices, log), 'WeekPlanned')).toContain('plan altered');
  });

  it('names a fact that had gone stale when the decision was recorded', async () => {
    // As if one more event of the package had come while the week was planned.
    const older = (value?: unknown) =>
      rewritten('WeekPlanned', ({ metadata, ...event }) => {
        const facts = metadata.facts?.map((fact) => ({
          ...{ ...fact, revision: (fact.revision ?? 1) - 1 },
          ...(value !== undefined && { value }),
        }));
        return { ...event, metadata: { ...metadata, ...(facts && { facts }) } };
      });
    const [altered] = (await replaysOf(slices, older())).flatMap(({ facts }) =>
      facts.filter(({ finding }) => finding === 'altered'),
    );
    const found = findings(await replaysOf(slices, older(altered?.found)), 'WeekPlanned');
    expect(found).toContain('plan stale');
  });

  it('says so where what it was made from was erased', async () => {
    const log = rewritten('OfferChosen', ({ metadata, ...event }) => {
      const fields = { ...(metadata.command?.fields as object), reasons: { $erased: true } };
      const command = metadata.command && { ...metadata.command, fields };
      return { ...event, metadata: { ...metadata, ...(command && { command }) } };
    });
    const outcomes = (await replaysOf(slices, log))
      .filter(({ append }) => append[0]?.type === 'OfferChosen')
      .map(({ result }) => result.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['erased']));
  });

  describe('with a refusal', () => {
    let refusal: StoredEvent;

    beforeAll(async () => {
      const referred = (await office.log.readAll()).events.find(
        ({ type }) => type === 'PackageReferred',
      );
      const { packageId } = referred?.data as { readonly packageId: string };
      await expect(office.send('AwardPackage', { packageId })).rejects.toThrow();
      await office.refusals.close();
      const { events: all } = await office.log.readAll();
      const found = all.findLast(({ type }) => type === 'RefusalRecorded');
      if (!found) throw new Error('the refusal was not recorded');
      refusal = found;
    });

    const outcomes = async (log: Pick<EventStore, 'read' | 'readAll'>) =>
      (await replaysOf(slices, log))
        .filter(({ append }) => append[0]?.id === refusal.id)
        .map(({ result }) => result.outcome);

    it('decides it again, and is refused by the same rule', async () => {
      expect(refusal.data).toMatchObject({
        code: 'PackageNotAwaitingAward',
        attempt: { command: { name: 'AwardPackage' } },
      });
      expect(await outcomes(office.log)).toEqual(['same']);
    });

    it('is told where another policy would have let it pass', async () => {
      const { log } = office;
      const past = new Past({ log, policyStream: councilPolicyStream });
      const { recordedAt } = refusal.metadata;
      const period = { from: recordedAt, before: addMinutes(recordedAt, 1), after: 0 };
      const parts = { slices: lenientSlices, past, log, sealed: log.sealed };
      const lenient = { requestWindowMinutes: { standard: 1, urgent: 1 } };
      expect((await whatIf(parts, { draft: {}, ...period })).first).toEqual([]);
      expect(await whatIf(parts, { draft: lenient, ...period })).toMatchObject({
        affected: 1,
        first: [{ eventId: refusal.id, command: 'AwardPackage', differences: [{ path: '0' }] }],
      });
    });

    it('tells that what is recorded now would not have refused it', async () => {
      const earlier = rewritten('RefusalRecorded', (event) => {
        const data = event.data as { readonly attempt: object };
        // As the package was when somebody had chosen.
        const chosen = events.find(({ type }) => type === 'OfferChosen')?.revision;
        return { ...event, data: { ...data, attempt: { ...data.attempt, revision: chosen } } };
      });
      expect(await outcomes(earlier)).not.toEqual(['same']);
    });
  });
});
