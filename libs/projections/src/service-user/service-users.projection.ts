import { hasRole, type Viewer } from '#kernel/actor.js';
import { addDays } from '#kernel/time.js';
import type { IdentityRead } from '#brokerage/identity-read/identity-read.events.js';
import type { ServiceUserEvent } from '#brokerage/service-user/service-user.events.js';
import { integer, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { IdentityReadLine, ServiceUser } from './service-users.view.js';

type Rows = Pick<TableFold<ServiceUser, never>, 'change'>;

/** Who oversees what others read of people. */
export const overseers = ['auditor', 'administrator'] as const;

const seesReads = (viewer: Viewer): boolean => hasRole(viewer, ...overseers);

const unheard = (personId: string): ServiceUser => ({
  ...{ personId, identityRecorded: false, externalIds: 0, releases: [], holds: [] },
});

const change = (
  rows: Rows,
  personId: string,
  next: (row: ServiceUser) => Partial<ServiceUser>,
): void => rows.change(personId, (row = unheard(personId)) => ({ ...row, ...next(row) }));

const isHeld = ({ holds }: ServiceUser): boolean => holds.some(({ liftedAt }) => !liftedAt);

/** The records of people without who they are: holds, erasures, releases, and who read what. */
export const serviceUsers = defineProjection<ServiceUserEvent | IdentityRead>()({
  name: 'service-users',
  version: 1,
  tables: {
    people: table<ServiceUser>()({
      columns: {
        erasureRequested: integer((row) => row.erasure !== undefined),
        underHold: integer(isHeld),
        erased: integer((row) => row.erasedAt !== undefined),
        identityRecorded: integer((row) => row.identityRecorded),
      },
      indexes: [['erasureRequested'], ['underHold'], ['erased']],
      visibleTo: (_, viewer) => isCouncil(viewer),
      visibleWhere: (viewer) => (isCouncil(viewer) ? {} : { erased: [] }),
    }),
    reads: table<IdentityReadLine>()({
      columns: {
        personId: text((row) => row.personId),
        by: text((row) => row.by),
        readAt: text((row) => row.readAt),
      },
      indexes: [['personId', 'readAt'], ['by', 'readAt'], ['readAt']],
      visibleTo: (_, viewer) => seesReads(viewer),
      visibleWhere: (viewer) => (seesReads(viewer) ? {} : { personId: [] }),
    }),
  },
  on: {
    IdentityRecorded: ({ event, data, tables: { people } }) =>
      change(people, data.personId, () => ({
        identityRecorded: true,
        identityChangedAt: event.metadata.recordedAt,
      })),
    IdentityCorrected: ({ event, data, tables: { people } }) =>
      change(people, data.personId, () => ({ identityChangedAt: event.metadata.recordedAt })),
    ExternalIdAdded: ({ data, tables: { people } }) =>
      change(people, data.personId, ({ externalIds }) => ({ externalIds: externalIds + 1 })),
    IdentityReleased: ({ data, tables: { people } }) => {
      const { personId, packageId, providerId, releasedAt } = data;
      change(people, personId, ({ releases }) => ({
        releases: [...releases, { packageId, providerId, releasedAt }],
      }));
    },
    IdentityReleaseEnded: ({ data, tables: { people } }) => {
      const { personId, packageId, providerId, endsBefore } = data;
      const lastDay = addDays(endsBefore, -1);
      change(people, personId, ({ releases }) => ({
        releases: releases.map((release) =>
          release.packageId === packageId && release.providerId === providerId && !release.lastDay
            ? { ...release, lastDay }
            : release,
        ),
      }));
    },
    LegalHoldPlaced: ({ data: { personId, holdId, placedBy, placedAt }, tables: { people } }) =>
      change(people, personId, ({ holds }) => ({
        holds: [...holds, { holdId, placedBy, placedAt }],
      })),
    LegalHoldLifted: ({ data: { personId, holdId, liftedBy, liftedAt }, tables: { people } }) =>
      change(people, personId, ({ holds }) => ({
        holds: holds.map((hold) =>
          hold.holdId === holdId ? { ...hold, liftedBy, liftedAt } : hold,
        ),
      })),
    ErasureRequested: ({ data, tables: { people } }) => {
      const { personId, ground, requestedBy, requestedAt } = data;
      change(people, personId, () => ({ erasure: { ground, requestedBy, requestedAt } }));
    },
    PersonErased: ({ data: { personId, erasedAt }, tables: { people } }) =>
      people.change(personId, (row = unheard(personId)) => {
        const { erasure: _, identityChangedAt: __, ...kept } = row;
        return { ...kept, identityRecorded: false, externalIds: 0, erasedAt };
      }),
    IdentityRead: ({ event, data, tables: { reads } }) => {
      const { personIds, purpose, by, roles, organisation, readAt } = data;
      for (const personId of personIds) {
        reads.change(`${event.id}/${personId}`, () => ({
          ...{ personId, readAt, by, roles: [...roles], purpose, together: personIds.length },
          ...(organisation !== undefined && { organisation }),
          position: String(event.position),
        }));
      }
    },
  },
});
