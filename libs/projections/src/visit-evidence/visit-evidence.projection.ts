import { hasRole, type Viewer } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import { isoWeekOf, weeksFrom, type IsoWeek } from '#kernel/time.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { EcmEvidenceEvent } from '#brokerage/ecm-evidence/ecm-evidence.events.js';
import { withFeed, withSign } from '#brokerage/ecm-evidence/ecm-evidence.rules.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFolds } from '../projector/definition.js';
import { isCouncil, isOfProvider } from '../who-sees.js';
import {
  detectedOf,
  excusedOf,
  firstDue,
  openOf,
  recorded,
  replanned,
  type OpenVisits,
} from './open-week.rules.js';
import type { AcceptedWeekRow, FeedsRow, OpenWeekRow } from './visit-evidence.view.js';

interface Environment {
  readonly changes: readonly PolicyChange[];
  /** The last week that has a plan. */
  readonly lastWeek: IsoWeek;
}

const { freeze } = Object;
const untouched: Environment = freeze({ changes: [], lastWeek: '' });
const bySystem = (_: object, viewer: Viewer): boolean => hasRole(viewer, 'system');
const ofProvider = (row: { providerId: string }, viewer: Viewer): boolean =>
  isCouncil(viewer) || isOfProvider(viewer, row.providerId);

/** In whose plan the open visits of a week are: one provider's, or `*` for several. */
function holderOf({ week, open }: OpenWeekRow): string {
  const [first, ...more] = new Set(Object.values(open).map(({ providerId }) => providerId));
  return `${week}/${more.length === 0 ? first : '*'}`;
}

const tables = {
  weeks: table<OpenWeekRow, Environment>()({
    columns: {
      dueAt: optionalText((row) => row.dueAt),
      week: text((row) => row.week),
      holder: text(holderOf),
    },
    indexes: [['dueAt'], ['week'], ['holder']],
    visibleTo: bySystem,
  }),
  feeds: table<FeedsRow, Environment>()({ columns: {}, visibleTo: ofProvider }),
  accepted: table<AcceptedWeekRow, Environment>()({
    columns: { providerId: text((row) => row.providerId), week: text((row) => row.week) },
    indexes: [['providerId']],
    visibleTo: ofProvider,
  }),
};

type Folded = TableFolds<typeof tables>;

interface Fold {
  readonly tables: Folded;
  readonly environment: { get(): Environment };
  readonly event: { readonly id: string; readonly stream: string };
}

/** The row with its visits as they are now; gone once every visit has a log. */
function put(fold: Fold, key: string, row: Omit<OpenWeekRow, 'dueAt' | 'eventId'>): void {
  const { tables: folded, environment, event } = fold;
  folded.weeks.change(key, () => {
    if (Object.keys(row.open).length === 0) return undefined;
    const evidenceOf = (providerId: string) => ({
      feeds: folded.feeds.get(providerId)?.feeds ?? [],
      acceptedAt: folded.accepted.get(`${providerId}/${row.week}`)?.acceptedAt ?? null,
    });
    const dueAt = firstDue(row.open, evidenceOf, environment.get().changes);
    return { ...row, dueAt, eventId: event.id };
  });
}

function change(fold: Fold, next: (open: OpenVisits) => OpenVisits): void {
  const row = fold.tables.weeks.get(fold.event.stream);
  if (!row) return;
  const open = next(row.open);
  if (open !== row.open) put(fold, fold.event.stream, { ...row, open });
}

/** Evidence or policy changed: what is due of some weeks is looked at again. */
function refresh(fold: Fold, column: 'week' | 'holder', values: readonly string[]): void {
  const { weeks } = fold.tables;
  for (const value of values) {
    for (const { key, row } of weeks.find(column, value)) put(fold, key, row);
  }
}

const heldBy = (week: IsoWeek, providerId: string) => [`${week}/${providerId}`, `${week}/*`];

/** Visits without a log, and since when that makes them missed: what the worker detects (S2-12). */
export const visitEvidence = defineProjection<
  VisitEvent | EcmEvidenceEvent | PolicyChangeApproved,
  Environment
>()({
  name: 'visit-evidence',
  version: 1,
  environment: untouched,
  tables,
  on: {
    WeekPlanned: ({ data, ...fold }) => {
      const { packageId, week } = data;
      put(fold, fold.event.stream, { packageId, week, open: openOf(data) });
      fold.environment.change((before) =>
        week > before.lastWeek ? { ...before, lastWeek: week } : before,
      );
    },
    VisitsReplanned: ({ data, ...fold }) => {
      const { packageId, week } = data;
      const row = fold.tables.weeks.get(fold.event.stream) ?? { packageId, week, open: {} };
      put(fold, fold.event.stream, { ...row, open: replanned(row.open, data) });
    },
    VisitsRecorded: ({ data, ...fold }) => change(fold, (open) => recorded(open, data.legs)),
    VisitCorrected: ({ data: { packageId, week, visit, unattended }, ...fold }) => {
      if (!unattended) return;
      const row = fold.tables.weeks.get(fold.event.stream) ?? { packageId, week, open: {} };
      put(fold, fold.event.stream, { ...row, open: { ...row.open, [visit]: unattended } });
    },
    VisitExcused: ({ data, ...fold }) => change(fold, (open) => excusedOf(open, data.visit)),
    VisitMissDetected: ({ data, ...fold }) => change(fold, (open) => detectedOf(open, data.visit)),
    FeedDeclared: ({ data: { providerId, liveFrom, endsBefore }, ...fold }) => {
      fold.tables.feeds.change(providerId, (row) => ({
        ...{ ...row, providerId },
        feeds: withFeed(row?.feeds ?? [], { liveFrom, endsBefore }),
      }));
      const weeks = weeksFrom(isoWeekOf(liveFrom), fold.environment.get().lastWeek || '0001-W01');
      const holders = weeks.flatMap((week) => heldBy(week, providerId));
      refresh(fold, 'holder', holders);
    },
    FeedHeard: ({ data, tables: { feeds } }) => {
      const { providerId } = data;
      feeds.change(providerId, (row) => ({
        ...{ feeds: [], ...row, providerId },
        heard: withSign(row?.heard ?? [], data),
      }));
    },
    EvidenceWeekAccepted: ({ data: { providerId, week, acceptedAt }, ...fold }) => {
      const row = { providerId, week, acceptedAt };
      fold.tables.accepted.change(`${providerId}/${week}`, () => row);
      refresh(fold, 'holder', heldBy(week, providerId));
    },
    PolicyChangeApproved: ({ data: { version, effectiveOn, values }, ...fold }) => {
      fold.environment.change((before) => ({
        ...before,
        changes: [...before.changes, { version, effectiveOn, values }],
      }));
      const last = fold.environment.get().lastWeek || '0001-W01';
      refresh(fold, 'week', weeksFrom(isoWeekOf(effectiveOn), last));
    },
  },
});
