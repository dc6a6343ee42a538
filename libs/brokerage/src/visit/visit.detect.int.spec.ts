import { createMemoryStore } from '#eventstore/memory.store.js';
import { systemActor } from '#kernel/actor.js';
import {
  awardedPackage,
  broker,
  commissioner,
  Office,
  openMarket,
  otherCommissioner,
  userOf,
  type Market,
} from '#platform/commands/commands.fixtures.js';

let office: Office;
let market: Market;
let packageId: string;

const week = '2026-W11';
const visit = '2026-03-09.1.1';

beforeEach(async () => {
  office = new Office(createMemoryStore());
  market = await openMarket(office);
  const values = { ecmGoLiveOn: '2026-03-09' };
  const change = { effectiveOn: '2026-03-02', values, reason: 'Go.' };
  await office.send('ChangePolicy', change, commissioner);
  const [proposed] = await office.log.read('councilPolicy-council');
  const { changeId } = proposed?.data as { changeId: string };
  await office.send('ApprovePolicyChange', { changeId }, otherCommissioner);
  ({ packageId } = await awardedPackage(office, market));
  await office.send('PlanWeek', { packageId, week });
  office.now = '2026-03-09T20:00:00.000Z';
});

const types = async (stream = `visitWeek-${packageId}-${week}`) =>
  (await office.typesIn(stream)).slice(1);
const detect = () => office.send('DetectMissedVisits', { packageId, week }, systemActor);

describe('Missed visits, on what the provider’s evidence holds', () => {
  it('are none without a feed or a file, and nothing is written (S2-12)', async () => {
    await detect();
    expect(await types()).toEqual([]);
  });

  it('are found once a feed is declared, with what the finding was based on (S2-12)', async () => {
    const { providerId } = market.acorn;
    await office.send('DeclareFeed', { providerId, liveFrom: '2026-03-09' }, commissioner);
    await detect();
    expect(await types()).toEqual([]);
    for (const time of ['07:30', '08:30', '09:30', '10:30', '11:30']) {
      office.now = `2026-03-09T${time}:00.000Z`;
      await office.send('SignalFeed', { providerId }, userOf(providerId));
    }
    office.now = '2026-03-09T20:00:00.000Z';
    await detect();
    expect(await types()).toEqual(['VisitMissDetected', 'VisitAlarmRaised']);
    const [, found] = await office.log.read(`visitWeek-${packageId}-${week}`);
    expect(found?.metadata.facts?.[0]).toMatchObject({
      ...{ stream: `ecmEvidence-${providerId}`, revision: 5 },
      value: {
        ...{ feeds: [{ liveFrom: '2026-03-09', endsBefore: null }], acceptedAt: null },
        heard: [{ since: '2026-03-09T07:30:00.000Z', until: '2026-03-09T11:30:00.000Z' }],
      },
    });
    await detect();
    expect(await types()).toHaveLength(2);
  });

  it('are found by the file of their week, when it is over, and by no other (S2-12)', async () => {
    const { providerId } = market.acorn;
    const accept = (of: string) =>
      office.send('AcceptEvidenceWeek', { providerId, week: of, fileRef: `f-${of}` }, systemActor);
    await accept('2026-W10');
    await detect();
    expect(await types()).toEqual([]);
    await accept(week);
    await detect();
    expect(await types()).toEqual([]);
    office.now = '2026-03-16T09:00:00.000Z';
    await office.send(
      'AcceptEvidenceWeek',
      { providerId, week, fileRef: 'the whole week' },
      systemActor,
    );
    await detect();
    // The package has a visit on each day of the week.
    expect((await types()).filter((type) => type === 'VisitMissDetected')).toHaveLength(7);
  });
});

describe('An alarm, on what its visit’s week holds', () => {
  const alarmId = () => `${packageId}.${visit}.missed-visit`;
  const take = () => office.send('TakeVisitAlarm', { alarmId: alarmId() }, broker);

  it('is taken once it was raised, and is over when the visit was attended (X26)', async () => {
    await expect(take()).rejects.toMatchObject({ code: 'VisitAlarmUnknown' });
    const visitId = `${packageId}.${visit}`;
    const provider = userOf(market.acorn.providerId);
    await office.send('ReportMissedVisit', { visitId, reason: 'no-staff' }, provider);
    await take();
    expect(await office.typesIn(`visitAlarm-${alarmId()}`)).toEqual(['VisitAlarmTaken']);
    const leg = { visitId, carerLeg: 1, carerRef: 'C-1', loggedInAt: '2026-03-09T08:20:00Z' };
    await office.send('RecordVisit', { leg }, provider);
    const outcome = { personSafe: true, safeguardingRaised: false };
    const close = office.send('CloseVisitAlarm', { alarmId: alarmId(), ...outcome }, broker);
    await expect(close).rejects.toMatchObject({ code: 'VisitAlarmOver' });
  });

  it('is over when nobody needs the visit any more (X20)', async () => {
    const visitId = `${packageId}.${visit}`;
    const provider = userOf(market.acorn.providerId);
    await office.send('ReportMissedVisit', { visitId, reason: 'no-staff' }, provider);
    await office.send('TakeDirectPayment', { packageId, fromOn: '2026-03-09' });
    await office.send('ReplanWeek', { packageId, week }, systemActor);
    await expect(take()).rejects.toMatchObject({ code: 'VisitAlarmOver' });
  });

  it('about a closed door stays until someone asked, whatever is excused (S2-14)', async () => {
    const visitId = `${packageId}.${visit}`;
    await office.send('ExcuseVisit', { visitId, reason: 'non-access' }, broker);
    const welfare = { alarmId: `${visitId}.welfare-check` };
    await office.send('TakeVisitAlarm', welfare, broker);
    const outcome = { personSafe: true, safeguardingRaised: false };
    await office.send('CloseVisitAlarm', { ...welfare, ...outcome }, broker);
    expect(await office.typesIn(`visitAlarm-${welfare.alarmId}`)).toEqual([
      ...['VisitAlarmTaken', 'VisitAlarmClosed'],
    ]);
  });
});
