import { hasRole } from '#kernel/actor.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type {
  DirectPaymentReturned,
  IncompleteReferralReceived,
  PackageReferred,
} from '#brokerage/package/package.referral.events.js';
import type { PersonCase } from '#brokerage/service-user/service-user.rules.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';

export type PersonCaseRow = PersonCase & { readonly personId: string };

type Received =
  | Pick<PackageReferred['data'], 'packageId' | 'personId' | 'origin'>
  | IncompleteReferralReceived['data'];

/** A referral of an external broker is its organisation's own case (S3-4). */
function receivedRow({ packageId, personId, origin }: Received, event: StoredEvent): PersonCaseRow {
  const { actor } = event.metadata;
  const sender = hasRole(actor, 'external-broker') ? actor.organisation : undefined;
  const brokerOrganisation = origin?.brokerOrganisation ?? sender;
  return {
    ...{ packageId, personId, over: false, caredFor: false },
    ...(brokerOrganisation !== undefined && { brokerOrganisation }),
  };
}

const over =
  (overOn: string) =>
  (row: PersonCaseRow | undefined): PersonCaseRow | undefined =>
    row && { ...row, over: true, overOn };

/** Which packages a person has: whose cases they are, and how long their record is kept (X29). */
export const personCases = defineProjection<
  PackageEvent | IncompleteReferralReceived | DirectPaymentReturned
>()({
  name: 'person-cases',
  version: 2,
  tables: {
    cases: table<PersonCaseRow>()({
      columns: {
        personId: text((row) => row.personId),
        over: integer((row) => row.over),
        overOn: optionalText((row) => row.overOn),
      },
      indexes: [['personId'], ['over', 'overOn']],
      visibleTo: (_, viewer) => hasRole(viewer, 'system'),
    }),
  },
  on: {
    PackageReferred: ({ event, data, tables: { cases } }) =>
      cases.change(data.packageId, () => receivedRow(data, event)),
    IncompleteReferralReceived: ({ event, data, tables: { cases } }) =>
      cases.change(data.packageId, () => receivedRow(data, event)),
    PackageTakenOn: ({ event, data, tables: { cases } }) =>
      cases.change(data.packageId, () => ({ ...receivedRow(data, event), caredFor: true })),
    PackageStarted: ({ data: { packageId }, tables: { cases } }) =>
      cases.change(packageId, (row) => row && { ...row, caredFor: true }),
    PackageEnded: ({ data: { packageId, endsBefore }, tables: { cases } }) =>
      cases.change(packageId, over(endsBefore)),
    ReferralWithdrawn: ({ event, data: { packageId }, tables: { cases } }) =>
      cases.change(packageId, over(event.metadata.recordedAt.slice(0, 10))),
    DirectPaymentTaken: ({ data: { packageId, fromOn }, tables: { cases } }) =>
      cases.change(packageId, over(fromOn)),
    DirectPaymentReturned: ({ data: { packageId }, tables: { cases } }) =>
      cases.change(packageId, (row) => {
        if (!row) return row;
        const { overOn: _, ...back } = row;
        return { ...back, over: false };
      }),
  },
});
