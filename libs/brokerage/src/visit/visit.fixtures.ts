import type { Leg, PlanHolder, VisitsRecorded, WeekPlanned } from './visit.events.js';
import type { PackagePlan, PlannedSpan } from './visit.plan.rules.js';

export const commandId = '01932e1c-0a10-7000-8000-000000000020';
export const packageId = '01932e1c-0a10-7000-8000-00000000c001';
export const personId = '01932e1c-0a10-7000-8000-00000000d001';
export const acorn = '01932e1c-0000-7000-8000-00000000a001';
export const birch = '01932e1c-0000-7000-8000-00000000a002';
export const week = '2026-W11';
export const holder: PlanHolder = {
  providerId: acorn,
  contractId: '01932e1c-0000-7000-9000-00000000a001',
  contractType: 'framework',
  patch: 'north',
};
/** Monday and Tuesday 08:00 critical; Monday 12:30 double-handed. */
export const span: PlannedSpan = {
  ...{ providerId: acorn, contractId: holder.contractId, contractType: 'framework' },
  ...{ fromOn: '2026-03-09', endsBefore: '9999-12-31' },
  schedule: [
    { line: 1, days: [1, 2], start: '08:00', minutes: 30, carers: 1, critical: true },
    { line: 2, days: [1], start: '12:30', minutes: 45, carers: 2, critical: false },
  ],
};
export const planOf = (...spans: readonly PlannedSpan[]): PackagePlan => ({
  ...{ personId, patch: 'north', spans },
  holder: { providerId: acorn, contractId: holder.contractId, contractType: 'framework' },
});
export const plan = planOf(span);

export const monday = '2026-03-09.1.1';
export const mondayLunch = '2026-03-09.2.1';
export const tuesday = '2026-03-10.1.1';
export const idOf = (visit: string): string => `${packageId}.${visit}`;
const morning = { agreedStart: '08:00', minutes: 30, carers: 1, critical: true };
export const weekPlanned: WeekPlanned = {
  type: 'WeekPlanned',
  data: {
    ...{ packageId, personId, week, ...holder },
    visits: [
      { visit: monday, on: '2026-03-09', startsAt: '2026-03-09T08:00:00.000Z', ...morning },
      {
        ...{ visit: mondayLunch, on: '2026-03-09', startsAt: '2026-03-09T12:30:00.000Z' },
        ...{ agreedStart: '12:30', minutes: 45, carers: 2, critical: false },
      },
      { visit: tuesday, on: '2026-03-10', startsAt: '2026-03-10T08:00:00.000Z', ...morning },
    ],
  },
};

/** Carer 7 at the Monday morning visit, 08:05 to 08:35. */
export const legOfMonday: Leg = {
  ...{ visit: monday, leg: 1, carerId: 'C-7', method: 'app' },
  ...{ inAt: '2026-03-09T08:05:00.000Z', outAt: '2026-03-09T08:35:00.000Z' },
};
export const recorded = (...legs: readonly Leg[]): VisitsRecorded => ({
  type: 'VisitsRecorded',
  data: { packageId, personId, week, providerId: acorn, legs },
});

export const afterwards = '2026-03-16T09:00:00.000Z';
export const broker = { id: 'broker-1', roles: ['broker'] } as const;
export const otherBroker = { id: 'broker-2', roles: ['broker'] } as const;
export const userOf = (organisation: string) =>
  ({ id: `user-of-${organisation}`, roles: ['provider'], organisation }) as const;
