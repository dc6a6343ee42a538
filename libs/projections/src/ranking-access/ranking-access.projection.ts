import { hasRole } from '#kernel/actor.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { RankingAdviceEvent } from '#brokerage/ranking-advice/ranking-advice.events.js';
import type { RefusalRecorded } from '#platform/refusals/refusal.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import type { RankingAccess, RankingAttempt } from './ranking-access.view.js';

/** Who may see whether anyone looked. */
export const accessReaders = [
  'auditor',
  'commissioner',
  'quality-officer',
  'senior-broker',
] as const;

const mostReadings = 200;

type Row = RankingAccess;

/** Of each request: who asked for a ranking, who read it, and who tried before (S1-13). */
export const rankingAccess = defineProjection<
  PackageEvent | RankingAdviceEvent | RefusalRecorded
>()({
  name: 'ranking-access',
  version: 1,
  tables: {
    requests: table<Row>()({
      columns: { packageId: text((row) => row.packageId) },
      indexes: [['packageId']],
      visibleTo: (_, viewer) => hasRole(viewer, ...accessReaders, 'system'),
    }),
  },
  on: {
    RequestIssued: ({ data: { requestId, packageId }, tables }) =>
      tables.requests.change(requestId, () => ({
        ...{ requestId, packageId, attempts: [], readings: [], readingsCount: 0 },
      })),
    RankingAdviceRequested: ({ event, data, tables }) =>
      tables.requests.change(
        data.requestId,
        (row) =>
          row && {
            ...row,
            asked: {
              ...{ relationship: data.requestedBy.relationship, askedAt: data.requestedAt },
              ...{ recordedBy: event.metadata.actor.id, month: data.month },
            },
          },
      ),
    RankingAdviceRead: ({ data: { requestId, by, roles, readAt }, tables }) =>
      tables.requests.change(
        requestId,
        (row) =>
          row && {
            ...row,
            readings: [...row.readings, { by, roles: [...roles], readAt }].slice(-mostReadings),
            readingsCount: row.readingsCount + 1,
          },
      ),
    RefusalRecorded({ data: { subject, code, by, roles, hour, count }, tables }) {
      if (subject.kind !== 'request' || code !== 'RankingNotAskedFor') return;
      tables.requests.change(
        subject.id,
        (row) =>
          row && { ...row, attempts: added(row.attempts, { by, roles: [...roles], hour, count }) },
      );
    },
  },
});

const added = (attempts: readonly RankingAttempt[], more: RankingAttempt): RankingAttempt[] => {
  const same = ({ by, hour }: RankingAttempt) => by === more.by && hour === more.hour;
  return attempts.some(same)
    ? attempts.map((each) => (same(each) ? { ...each, count: each.count + more.count } : each))
    : [...attempts, more];
};
