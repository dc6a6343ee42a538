import type { CaseMessageType } from './messages-in.js';

const of = (sequence: number) => ({ system: 'liquidlogic', personRef: 'P-10017', sequence });
const timestamp = '2026-03-02T09:15:00Z';
const identity = {
  ...{ name: 'Perpetua Vantongeren', bornOn: '1948-11-05' },
  ...{ addressLines: ['4 Thistledown Row'], postcode: 'ZZ1 2CD', phone: '01632 960001' },
  nextOfKin: { name: 'Barnaby Vantongeren', relationship: 'son' },
};
const needs = {
  ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council', patch: 'North' },
  ...{ postcodeDistrict: 'ZZ1', ageBand: '75-84', gender: 'female', carerGenderNeed: 'any' },
  ...{ startOn: '2026-03-16' },
  schedule: [
    {
      ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 30, carers: 1 },
      ...{ tasks: ['personal-care', 'medication-prompt'], critical: false },
    },
  ],
};

/** One message of each type, as a case system would send it; tests send each of them. */
export const exampleMessages: Readonly<Record<CaseMessageType, object>> = {
  'referral.created': {
    ...{ type: 'referral.created', timestamp },
    data: {
      ...{ ...of(1), referralRef: 'R-20031', needs, identity },
      directPayment: { outcome: 'not-wanted' },
    },
  },
  'referral.corrected': {
    ...{ type: 'referral.corrected', timestamp },
    data: {
      ...{ ...of(2), referralRef: 'R-20031', needs: { ...needs, urgent: true } },
      reason: 'She comes home from hospital.',
    },
  },
  'person.changed': {
    ...{ type: 'person.changed', timestamp },
    data: { ...of(3), identity, reason: 'The son’s name was misspelt.' },
  },
  'person.moved': {
    ...{ type: 'person.moved', timestamp },
    data: { ...of(4), identity: { ...identity, postcode: 'ZZ9 8YX' }, movedOn: '2026-03-09' },
  },
  'hospital.admitted': {
    ...{ type: 'hospital.admitted', timestamp },
    data: { ...of(5), admittedOn: '2026-04-02', expectedReturnOn: '2026-04-08' },
  },
  'hospital.discharged': {
    ...{ type: 'hospital.discharged', timestamp },
    data: { ...of(6), dischargedOn: '2026-04-07', careFromOn: '2026-04-08' },
  },
  'review.completed': {
    ...{ type: 'review.completed', timestamp },
    data: { ...of(7), referralRef: 'R-20031', reviewedOn: '2026-05-04', outcome: 'continue' },
  },
  'person.merged': {
    ...{ type: 'person.merged', timestamp },
    data: { ...of(8), survivingPersonRef: 'P-10001' },
  },
  'person.split': {
    ...{ type: 'person.split', timestamp },
    data: { ...of(9), newPersonRefs: ['P-10018', 'P-10019'] },
  },
  'referral.withdrawn': {
    ...{ type: 'referral.withdrawn', timestamp },
    data: { ...of(10), referralRef: 'R-20031', reason: 'Her family cares for her.' },
  },
  'person.died': {
    ...{ type: 'person.died', timestamp },
    data: { ...of(11), diedOn: '2026-05-20' },
  },
};
