import type { CivilDate } from '#kernel/time.js';
import { demoCalendar, type DemoCalendar } from './demo-calendar.js';
import { expectedOf, ensureExact, type DemoExpected } from './demo-expected.js';
import type { DemoPackage } from './demo-package.js';
import { demoProviders, type DemoProvider } from './demo-providers.js';
import { demoSizes, type DemoScale, type DemoSize } from './demo-scale.js';
import { planPackages } from './plan-packages.js';

/** What decides a demo council entirely. */
export interface DemoRequest {
  readonly seed: number;
  readonly asOfOn: CivilDate;
  readonly scale: DemoScale;
}

/** A whole council: everyone, their schedules, what happens to them, and the figures it must give. */
export interface DemoPlan extends DemoRequest {
  readonly size: DemoSize;
  readonly calendar: DemoCalendar;
  readonly providers: readonly DemoProvider[];
  readonly packages: readonly DemoPackage[];
  readonly expected: DemoExpected;
}

/**
 * Plans a demo council. The same request gives the same plan on every machine.
 *
 * @throws RangeError for an as-of date before `earliestAsOfOn`, or when the figures cannot be met
 */
export function planDemoCouncil({ seed, asOfOn, scale }: DemoRequest): DemoPlan {
  const size = demoSizes[scale];
  const calendar = demoCalendar(asOfOn);
  const providers = demoProviders(seed, calendar, size.workingProviders);
  const packages = planPackages({ seed, calendar, providers }, size);
  const expected = expectedOf(calendar, providers, packages);
  ensureExact(expected, size);
  return { seed, asOfOn, scale, size, calendar, providers, packages, expected };
}
