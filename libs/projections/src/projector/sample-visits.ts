import { hasRole } from '#kernel/actor.js';
import { integer, optionalText, text } from './columns.js';
import { defineProjection, table } from './definition.js';

/** A small projection that uses all that a projection may, for the specs of the runner. */
export interface SampleVisit {
  readonly visitId: string;
  readonly providerId: string;
  readonly on: string;
  readonly minutesLate: number;
  readonly carerId: string | null;
}

export type VisitPlanned = {
  type: 'VisitPlanned';
  data: { visitId: string; providerId: string; on: string };
};
export type VisitRecorded = {
  type: 'VisitRecorded';
  data: { visitId: string; minutesLate: number; carerId: string };
};
export type VisitWithdrawn = { type: 'VisitWithdrawn'; data: { visitId: string } };
export type ToleranceChanged = {
  type: 'ToleranceChanged';
  data: { from: string; minutes: number };
};
export type SampleEvent = VisitPlanned | VisitRecorded | VisitWithdrawn | ToleranceChanged;

/** Tolerances by the date from which they hold, oldest first. */
type Tolerances = readonly { readonly from: string; readonly minutes: number }[];

const toleranceOn = (tolerances: Tolerances, date: string): number =>
  tolerances.findLast(({ from }) => from <= date)?.minutes ?? 0;

export const sampleVisits = defineProjection<SampleEvent, Tolerances>()({
  name: 'sample-visits',
  version: 1,
  environment: [{ from: '2026-01-01', minutes: 30 }],
  tables: {
    visit: table<SampleVisit, Tolerances>()({
      keepsHistory: true,
      columns: {
        providerId: text((row) => row.providerId),
        on: text((row) => row.on),
        minutesLate: integer((row) => row.minutesLate),
        carerId: optionalText((row) => row.carerId),
      },
      indexes: [['on'], ['carerId'], ['providerId', 'on']],
      visibleTo: (row, viewer) =>
        hasRole(viewer, 'broker', 'system') || row.providerId === viewer.organisation,
      visibleWhere: (viewer) =>
        hasRole(viewer, 'broker', 'system') ? {} : { providerId: viewer.organisation ?? [] },
      contributions: (row, _, tolerances) => [
        {
          key: `${row.providerId}|${row.on.slice(0, 7)}`,
          counts: {
            visits: 1,
            onTime: Number(row.carerId && row.minutesLate <= toleranceOn(tolerances, row.on)),
          },
        },
      ],
      memberships: (row) =>
        row.carerId === null
          ? []
          : [{ set: `${row.providerId}|${row.on}`, members: [row.carerId], counts: { visits: 1 } }],
    }),
  },
  setContributions: (set, { distinct, counts }, tolerances) => [
    {
      key: `days|${set.split('|')[0] ?? ''}`,
      counts: {
        days: 1,
        // The tolerance stands in for any number of council policy that a set is judged by.
        familiar: Number(
          distinct * toleranceOn(tolerances, '9999') <= 20 * (counts['visits'] ?? 0),
        ),
      },
    },
  ],
  figuresVisibleTo: (key, viewer) =>
    hasRole(viewer, 'commissioner') || key.includes(viewer.organisation ?? '?'),
  on: {
    VisitPlanned: ({ data, tables }) =>
      tables.visit.change(data.visitId, () => ({ ...data, minutesLate: 0, carerId: null })),
    VisitRecorded: ({ data: { visitId, minutesLate, carerId }, tables }) =>
      tables.visit.change(visitId, (row) => row && { ...row, minutesLate, carerId }),
    VisitWithdrawn: ({ data, tables }) => tables.visit.change(data.visitId, () => undefined),
    ToleranceChanged({ data, tables, environment }) {
      environment.change((tolerances) =>
        [...tolerances.filter(({ from }) => from !== data.from), data].sort((a, b) =>
          a.from < b.from ? -1 : 1,
        ),
      );
      // Days are judged by the latest tolerance, so all of them are asked again.
      tables.visit.recontribute({ column: 'on', from: '' });
    },
  },
});

export const planned = (visitId: string, providerId: string, on: string): VisitPlanned => ({
  type: 'VisitPlanned',
  data: { visitId, providerId, on },
});

export const recorded = (visitId: string, minutesLate: number, carerId: string): VisitRecorded => ({
  type: 'VisitRecorded',
  data: { visitId, minutesLate, carerId },
});

export const withdrawn = (visitId: string): VisitWithdrawn => ({
  type: 'VisitWithdrawn',
  data: { visitId },
});

export const toleranceChanged = (from: string, minutes: number): ToleranceChanged => ({
  type: 'ToleranceChanged',
  data: { from, minutes },
});
