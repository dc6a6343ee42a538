import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { fold } from '#kernel/decider.js';
import { layerOn } from './package.cover.rules.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import { commandId, needs, packageId, referred, takenOn } from './package.fixtures.js';
import type { PackageState } from './package.rules.js';

const { given } = specFor(packageDecider);
const now = '2026-03-16T09:00:00.000Z';
const [morning, lunch] = needs.schedule;
const more = [
  { ...morning, line: 1, minutes: 45 },
  { ...lunch, line: 2 },
];
const agreement = { task: 'medication-administration', agreedOn: '2026-03-02' } as const;
const less = [
  { ...morning, line: 1, minutes: 15, shortVisitAgreement: agreement },
  { ...lunch, line: 2 },
];
const later = [
  { ...morning, line: 1, start: '08:30' },
  { ...lunch, line: 2 },
];

const vary = (
  fields: object,
  { events = [takenOn] as readonly PackageEvent[], cost = 25_000, level = 150_000, at = now } = {},
) =>
  given(...events).when(
    'VaryPackage',
    {
      ...{ commandId, packageId, kind: 'permanent', fromOn: '2026-03-16', schedule: more },
      ...{ reason: 'Falls at night', ...fields },
    },
    {
      now: at,
      facts: { contract: { weeklyCostPence: cost } },
      policy: { ...shippedPolicy, panel: { ...shippedPolicy.panel, level } },
    },
  );

describe('A variation', () => {
  it('is permanent, or temporary and ends by itself (X18)', () => {
    vary({}).thenLike({ type: 'PackageVaried', data: { kind: 'permanent', submittedAt: now } });
    vary({ kind: 'temporary', lastDay: '2026-03-29' }).thenLike({
      type: 'PackageVaried',
      data: { kind: 'temporary', endsBefore: '2026-03-30' },
    });
    vary({ kind: 'temporary' }).thenRejected('TemporaryVariationNeedsLastDay');
    vary({ lastDay: '2026-03-29' }).thenRejected('PermanentVariationHasNoLastDay');
    vary({ kind: 'temporary', lastDay: '2026-03-15' }).thenRejected('VariationEndsBeforeItStarts');
    vary({ kind: 'temporary', lastDay: '2026-03-16' }).thenLike({ type: 'PackageVaried' });
  });

  it('that gives more care begins at most the policy’s days before it is submitted (X18)', () => {
    vary({ fromOn: '2026-03-02' }).thenLike({ type: 'PackageVaried' });
    vary({ fromOn: '2026-03-01' }).thenRejected('IncreaseBackdatedTooFar');
  });

  it('that gives less care is dated back to its date, no further than care goes (X18)', () => {
    vary({ schedule: less, fromOn: '2026-01-05' }).thenLike({ type: 'PackageVaried' });
    vary({ schedule: less, fromOn: '2025-11-03' }).thenLike({ type: 'PackageVaried' });
    vary({ schedule: less, fromOn: '2025-11-02' }).thenRejected('VariationBeforeCare');
  });

  it('that only moves times is dated back no further than more care is (X18)', () => {
    vary({ schedule: later, fromOn: '2026-03-02' }).thenLike({ type: 'PackageVaried' });
    vary({ schedule: later, fromOn: '2026-03-01' }).thenRejected('IncreaseBackdatedTooFar');
  });

  it('over the panel’s level waits for the panel; one at the level does not (X18, S3-7)', () => {
    vary({}, { cost: 30_000, level: 30_000 }).thenLike({ type: 'PackageVaried' });
    vary({}, { cost: 30_001, level: 30_000 }).thenRejected('VariationOverPanelLevel');
    vary({ schedule: less }, { cost: 30_001, level: 30_000 }).thenLike({ type: 'PackageVaried' });
  });

  it('freezes what it costs a week and states the whole schedule (X18)', () => {
    vary({}).thenLike({
      type: 'PackageVaried',
      data: { weeklyCostPence: 25_000, weeklyMinutes: 735, schedule: [{ line: 1 }, { line: 2 }] },
    });
    vary({ schedule: [{ ...morning, line: 1, tasks: [] }] }).thenRejected('VisitTasksMissing');
  });

  it('keeps the number of a visit that goes on and gives new ones to others (X18)', () => {
    const tea = { ...lunch, start: '16:30' };
    vary({ schedule: [{ ...lunch, line: 2 }, tea] }).thenLike({
      type: 'PackageVaried',
      data: { schedule: [{ line: 2 }, { line: 3, start: '16:30' }] },
    });
    vary({ schedule: [{ ...lunch, line: 4 }] }).thenRejected('ScheduleLineUnknown');
    const twice = [
      { ...lunch, line: 2 },
      { ...tea, line: 2 },
    ];
    vary({ schedule: twice }).thenRejected('ScheduleLineRepeated');
  });

  it('is of a package with care (X18)', () => {
    vary({}, { events: [referred] }).thenRejected('CareNotBegun');
  });
});

describe('The schedule in force', () => {
  const varied = (fields: object, at: string, ...events: readonly PackageEvent[]) => [
    ...events,
    ...(vary(fields, { events, at }).events() as PackageEvent[]),
  ];
  const minutesOn = (events: readonly PackageEvent[], on: string) => {
    const { service } = fold<PackageState>(packageDecider, events);
    return weeklyCarerMinutes(layerOn(service, on)?.schedule ?? []);
  };
  const temporary = { kind: 'temporary', fromOn: '2026-03-20', lastDay: '2026-03-29' };

  it('is the varied one from its first day to its last, and the one before again (X18)', () => {
    const events = varied(temporary, now, takenOn);
    const days = ['2026-03-19', '2026-03-20', '2026-03-29', '2026-03-30'];
    expect(days.map((on) => minutesOn(events, on))).toEqual([630, 735, 735, 630]);
  });

  it('is that of the variation submitted last where several reach a day (X18)', () => {
    const both = varied(
      { ...temporary, fromOn: '2026-03-25', lastDay: '2026-04-05', schedule: less },
      '2026-03-17T09:00:00.000Z',
      ...varied(temporary, now, takenOn),
    );
    const days = ['2026-03-24', '2026-03-25', '2026-04-05', '2026-04-06'];
    expect(days.map((on) => minutesOn(both, on))).toEqual([735, 525, 525, 630]);
  });

  it('is the one below from the day after a temporary one that ends early (X18)', () => {
    const events = varied(temporary, now, takenOn);
    const [, { data }] = events as [PackageEvent, { data: { variationId: string } }];
    const { variationId } = data;
    const early = (lastDay: string) =>
      given(...events).when('EndVariationEarly', { packageId, variationId, lastDay });
    const ended = early('2026-03-24').events() as PackageEvent[];
    expect(minutesOn([...events, ...ended], '2026-03-24')).toBe(735);
    expect(minutesOn([...events, ...ended], '2026-03-25')).toBe(630);
    early('2026-03-29').thenRejected('VariationEndsEarlierAlready');
    early('2026-03-19').thenRejected('VariationEndsBeforeItStarts');
    given(takenOn)
      .when('EndVariationEarly', { packageId, variationId, lastDay: '2026-03-24' })
      .thenRejected('VariationUnknown');
  });
});
