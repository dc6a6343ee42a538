import { civilDateOf } from '#kernel/time.js';
import { definePolicy } from '#platform/policies/policy.js';
import type { VisitsRecorded } from '../visit/visit.events.js';

/** The total clock of a waiting package stops at its first delivered visit (S2-20). */
export const startPackageAtFirstVisit = definePolicy<VisitsRecorded>(
  'start-package-at-first-visit',
  {
    VisitsRecorded: ({ packageId, providerId, legs }) => {
      const [first] = legs.map(({ inAt }) => inAt).toSorted();
      if (first === undefined) return [];
      const deliveredOn = civilDateOf(first);
      return [{ name: 'RecordFirstVisit', fields: { packageId, providerId, deliveredOn } }];
    },
  },
);
