import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDateOf, type CivilDate, type IsoWeek } from '#kernel/time.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import {
  corrected,
  figuresOf,
  recorded,
  replanned,
  weekFrom,
  type WeekFiguresRow,
} from './council-figures.rules.js';

/** Care given to a person under a contract, for weights, funding and transition. */
export interface CareRow {
  readonly packageId: string;
  readonly personId: string;
  readonly fundingStatus: string;
  readonly contractId: string | null;
  readonly contractType: string | null;
  readonly startOn: CivilDate;
  readonly endsBefore: CivilDate | null;
  readonly weeklyMinutes: number;
}

/** A standing award through a brokerage request (S1-1). */
export interface AwardRow {
  readonly packageId: string;
  readonly offerId: string;
  readonly personId: string;
  readonly awardedAt: string;
  readonly awardedOn: CivilDate;
  readonly contractType: string;
  readonly weeklyMinutes: number;
}

const mayState = (viewer: Viewer): boolean =>
  isCouncil(viewer) || hasRole(viewer, 'system', 'auditor');

const visibleTo = (_: object, viewer: Viewer): boolean => mayState(viewer);

/** Sets and counters of a week: `people/<week>`, `delivered/<week>`, `funding/<status>/<week>`. */
export const weekKey = (kind: string, week: IsoWeek): string => `${kind}/${week}`;

const ended = (endsBefore: CivilDate) => (row: CareRow | undefined) =>
  row && { ...row, endsBefore };

/** A package that was handed back may be awarded again, and both awards were made. */
export const awardKey = ({ packageId, offerId }: { packageId: string; offerId: string }): string =>
  `${packageId}/${offerId}`;

const withoutContract = (row: CareRow | undefined) =>
  row && { ...row, contractId: null, contractType: null };

/** The figures a council states: what was awarded, planned and delivered (section 9). */
export const councilFigures = defineProjection<PackageEvent | VisitEvent>()({
  name: 'council-figures',
  version: 2,
  tables: {
    care: table<CareRow>()({
      columns: {
        contractId: optionalText((row) => row.contractId),
        startOn: text((row) => row.startOn),
        endsBefore: optionalText((row) => row.endsBefore),
        weeklyMinutes: integer((row) => row.weeklyMinutes),
      },
      indexes: [['contractId']],
      visibleTo,
    }),
    awards: table<AwardRow>()({
      columns: {
        awardedOn: text((row) => row.awardedOn),
        contractType: text((row) => row.contractType),
      },
      indexes: [['awardedOn']],
      visibleTo,
    }),
    weeks: table<WeekFiguresRow>()({
      columns: { week: text((row) => row.week) },
      indexes: [['week']],
      visibleTo,
      contributions: (row) => [{ key: weekKey('week', row.week), counts: figuresOf(row) }],
      memberships: (row) => peopleOf(row),
    }),
  },
  figuresVisibleTo: (_, viewer) => mayState(viewer),
  on: {
    PackageReferred: ({ data: { packageId, personId, needs }, tables }) => {
      tables.care.change(packageId, () => ({
        ...{ packageId, personId, fundingStatus: needs.fundingStatus, startOn: needs.startOn },
        ...{ contractId: null, contractType: null, endsBefore: null },
        weeklyMinutes: weeklyCarerMinutes(needs.schedule),
      }));
    },
    PackageTakenOn: ({ data: { packageId, personId, needs, ...taken }, tables }) => {
      tables.care.change(packageId, () => ({
        ...{ packageId, personId, fundingStatus: needs.fundingStatus, startOn: taken.startedOn },
        ...{ contractId: taken.contractId, contractType: taken.contractType, endsBefore: null },
        weeklyMinutes: weeklyCarerMinutes(needs.schedule),
      }));
    },
    PackageAwarded: ({ data, tables }) => {
      const { packageId, personId, contractId, contractType, startOn, weeklyMinutes } = data;
      const { awardedAt, offerId } = data;
      tables.care.change(
        packageId,
        (row) => row && { ...row, contractId, contractType, startOn, weeklyMinutes },
      );
      const award = { packageId, offerId, personId, contractType, weeklyMinutes, awardedAt };
      tables.awards.change(awardKey(data), () => ({ ...award, awardedOn: civilDateOf(awardedAt) }));
    },
    AwardReversed: ({ data, tables }) => {
      tables.awards.change(awardKey(data), () => undefined);
      tables.care.change(data.packageId, withoutContract);
    },
    PackageVaried: ({ data: { packageId, kind, weeklyMinutes }, tables }) => {
      if (kind === 'temporary') return;
      tables.care.change(packageId, (row) => row && { ...row, weeklyMinutes });
    },
    AwardFellThrough: ({ data, tables }) => {
      tables.awards.change(awardKey(data), () => undefined);
      tables.care.change(data.packageId, withoutContract);
    },
    PackageEnded: ({ data: { packageId, endsBefore }, tables }) => {
      tables.care.change(packageId, ended(endsBefore));
    },
    DirectPaymentTaken: ({ data: { packageId, fromOn }, tables }) => {
      tables.care.change(packageId, ended(fromOn));
    },
    WeekPlanned: ({ event, data, tables }) => {
      if (data.contractType === 'in-house') return;
      const fundingStatus = tables.care.get(data.packageId)?.fundingStatus ?? 'unknown';
      tables.weeks.change(event.stream, () => weekFrom(data, fundingStatus));
    },
    VisitsReplanned: ({ event, data, tables }) => {
      const fundingStatus = tables.care.get(data.packageId)?.fundingStatus ?? 'unknown';
      tables.weeks.change(event.stream, (row) => replanned(row, data, fundingStatus));
    },
    VisitsRecorded: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && recorded(row, data.legs));
    },
    VisitCorrected: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && corrected(row, data));
    },
  },
});

function peopleOf(row: WeekFiguresRow) {
  const { visits, deliveredVisits } = figuresOf(row);
  const members = [row.personId];
  return [
    ...(visits > 0
      ? [
          { set: weekKey('people', row.week), members },
          { set: weekKey(`funding/${row.fundingStatus}`, row.week), members },
        ]
      : []),
    ...(deliveredVisits > 0 ? [{ set: weekKey('delivered', row.week), members }] : []),
  ];
}
