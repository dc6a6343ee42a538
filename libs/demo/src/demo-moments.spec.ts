import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as policyCommands from '#brokerage/council-policy/council-policy.commands.js';
import * as frameworkCommands from '#brokerage/framework/framework.commands.js';
import * as offerCommands from '#brokerage/offer/offer.commands.js';
import * as awardCommands from '#brokerage/package/package.award.commands.js';
import * as panelCommands from '#brokerage/package/package.panel.commands.js';
import * as referralCommands from '#brokerage/package/package.referral.commands.js';
import * as serviceCommands from '#brokerage/package/package.service.commands.js';
import * as sourcingCommands from '#brokerage/package/package.sourcing.commands.js';
import * as startCommands from '#brokerage/package/package.start.commands.js';
import * as contractCommands from '#brokerage/provider-contract/provider-contract.commands.js';
import * as providerCommands from '#brokerage/provider/provider.commands.js';
import * as personCommands from '#brokerage/service-user/service-user.commands.js';
import * as handbackCommands from '#brokerage/package/package.handback.commands.js';
import * as suspensionCommands from '#brokerage/package/package.suspension.commands.js';
import * as variationCommands from '#brokerage/package/package.variation.commands.js';
import * as waitingCommands from '#brokerage/package/package.waiting.commands.js';
import * as visitCommands from '#brokerage/visit/visit.commands.js';
import { instantMs, isoWeekOf } from '#kernel/time.js';
import type { DemoCommand } from './demo-command.js';
import { DemoMoments } from './demo-moments.js';
import { planDemoCouncil } from './demo-plan.js';
import { VisitDays } from './visit-days.js';

const commandClasses = {
  ...{ ...policyCommands, ...frameworkCommands, ...contractCommands, ...providerCommands },
  ...{
    ...panelCommands,
    ...referralCommands,
    ...sourcingCommands,
    ...offerCommands,
    ...awardCommands,
  },
  ...{ ...serviceCommands, ...startCommands, ...visitCommands, ...personCommands },
  ...{ ...handbackCommands, ...suspensionCommands, ...variationCommands, ...waitingCommands },
} as unknown as Record<string, new () => object>;

const plan = planDemoCouncil({ seed: 1, asOfOn: '2026-11-22', scale: 'small' });
const moments = [...new DemoMoments(plan)];
const commands = moments.flatMap((moment) => [...moment.commands]);
const named = (name: string) => commands.filter((command) => command.name === name);

const problemsOf = ({ name, fields }: DemoCommand): string[] => {
  const commandClass = commandClasses[name];
  if (!commandClass) return [`${name} is no command`];
  const options = { whitelist: true, forbidNonWhitelisted: true };
  return validateSync(plainToInstance(commandClass, fields), options).map(String);
};

describe('Demo moments', () => {
  it('come one after another and end as the as-of date begins', () => {
    const times = moments.map(({ at }) => at);
    expect(times).toEqual([...new Set(times)].toSorted());
    expect(times.at(-1)).toBe(plan.calendar.endsAt);
    expect(moments.every(({ at, commands: all }) => all.every((one) => one.at === at))).toBe(true);
  });

  it('hold commands that the API would take, each with an id of its own time', () => {
    expect(commands.flatMap(problemsOf)).toEqual([]);
    const [first] = commands as [DemoCommand];
    const planted = { ...first, fields: { ...first.fields, effectiveOn: 'tomorrow' } };
    expect(problemsOf(planted)).toHaveLength(1);
    const ids = commands.map(({ fields }) => fields.commandId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { at, fields } of commands) {
      const time = Number.parseInt(fields.commandId.replaceAll('-', '').slice(0, 12), 16);
      expect(time).toBe(instantMs(at));
    }
  });

  it('are the same for the same plan', () => {
    const again = [...new DemoMoments(plan)].flatMap((moment) => [...moment.commands]);
    expect(again).toEqual(commands);
  });

  it('are few enough that progress does not run ahead', () => {
    const estimate = new DemoMoments(plan).estimate;
    expect(Math.abs(commands.length - estimate) / commands.length).toBeLessThan(0.25);
  });

  it('tell of everything that happens to visits (S2-9, S2-12, S2-14, X11)', () => {
    expect(named('RecordVisits').length).toBeGreaterThan(500);
    for (const name of ['ExcuseVisit', 'ReportMissedVisit', 'AgreeVisitTime', 'CorrectVisit']) {
      expect([name, named(name).length > 0]).toEqual([name, true]);
    }
    const reasons = new Set(named('ExcuseVisit').map(({ fields }) => fields['reason']));
    expect(reasons.has('hospital') && reasons.has('non-access')).toBe(true);
  });

  it('never record what has not happened yet', () => {
    for (const { at, fields } of named('RecordVisits')) {
      const legs = fields['legs'] as { loggedInAt: string; loggedOutAt?: string }[];
      for (const { loggedInAt, loggedOutAt = loggedInAt } of legs) {
        if (!loggedInAt.endsWith('Z')) continue;
        expect(loggedInAt <= loggedOutAt && loggedOutAt.slice(0, 16) <= at.slice(0, 16)).toBe(true);
      }
    }
  });

  it('ask providers that answer in the window, and in more than one way (S1-10, X4, X6)', () => {
    const replies = [...named('SubmitOffer'), ...named('DeclineRequest')];
    const entered = replies.filter(({ fields }) => fields['receivedAt']);
    expect(entered.length > 0 && entered.length < replies.length).toBe(true);
    expect(entered.every(({ actor }) => actor.roles.includes('broker'))).toBe(true);
  });
});

describe('Visits of a demo week', () => {
  const days = new VisitDays(plan);
  const week = days.week(plan.calendar.referenceWeek);
  const outcomes = week.flatMap((packageWeek) => packageWeek.outcomes);

  it('are all that is planned, each attended, excused or missed (S2-13, S2-14)', () => {
    const external = week.filter(({ carePackage }) => carePackage.care?.framework);
    const visits = external.flatMap((packageWeek) => packageWeek.outcomes);
    expect(visits).toHaveLength(plan.expected.visits);
    for (const { legs, excused, missed } of outcomes) {
      expect([legs.length > 0, excused !== null, missed !== null].filter(Boolean)).toHaveLength(1);
    }
  });

  it('have a leg for each carer, or fewer (S2-13)', () => {
    expect(outcomes.every(({ legs, planned }) => legs.length <= planned.carers)).toBe(true);
    const refs = outcomes.map(({ legs }) => legs.map(({ carerRef }) => carerRef));
    expect(refs.every((each) => new Set(each).size === each.length)).toBe(true);
  });

  it('lie on their own days and are drawn again the same', () => {
    const date = plan.calendar.referenceMonday;
    expect(days.on(date).every(({ outcome }) => outcome.planned.on === date)).toBe(true);
    const fresh = new VisitDays(plan);
    expect(fresh.on(date)).toEqual(days.on(date));
    fresh.forgetBefore(isoWeekOf('2027-01-01'));
    expect(fresh.on(date)).toEqual(days.on(date));
  });
});
