import { hasRole, type Viewer } from '#kernel/actor.js';
import { upliftJobId } from '#brokerage/rate-uplift/rate-uplift.job.rules.js';
import type { RateUpliftEvent } from '#brokerage/rate-uplift/rate-uplift.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import type { RateUplift } from './rate-uplifts.view.js';

/** Who sees what prices are to become: never a broker. */
export const upliftRoles = [
  'commissioner',
  'finance',
  'quality-officer',
  'auditor',
  'administrator',
] as const;

const seesUplifts = (viewer: Viewer): boolean => hasRole(viewer, ...upliftRoles, 'system');

/** Uplifts of many contracts' prices (X25). */
export const rateUplifts = defineProjection<RateUpliftEvent>()({
  name: 'rate-uplifts',
  version: 1,
  tables: {
    uplifts: table<RateUplift>()({
      columns: { proposedAt: text((row) => row.proposedAt), status: text((row) => row.status) },
      indexes: [['proposedAt'], ['status', 'proposedAt']],
      visibleTo: (_, viewer) => seesUplifts(viewer),
      visibleWhere: (viewer) => (seesUplifts(viewer) ? {} : { status: [] }),
    }),
  },
  on: {
    RateUpliftProposed: ({ data, tables }) =>
      tables.uplifts.change(data.upliftId, () => ({ ...rowOf(data), status: 'proposed' })),
    RateUpliftApproved: ({ data: { upliftId, approvedBy }, tables }) =>
      tables.uplifts.change(
        upliftId,
        (row) => row && { ...row, status: 'approved', approvedBy, jobId: upliftJobId(upliftId) },
      ),
    RateUpliftRejected: ({ data: { upliftId, rejectedBy, reason }, tables }) =>
      tables.uplifts.change(
        upliftId,
        (row) => row && { ...row, status: 'rejected', rejectedBy, rejectedBecause: reason },
      ),
  },
});

type Proposed = Extract<RateUpliftEvent, { type: 'RateUpliftProposed' }>['data'];

const rowOf = ({ newRates, contracts, excluded, ...data }: Proposed) => ({
  ...data,
  ...(newRates && { newRates: [...newRates] }),
  excluded: [...excluded],
  contracts: contracts.map((one) => ({
    ...one,
    rates: [...one.rates],
    uplifted: [...one.uplifted],
  })),
});
