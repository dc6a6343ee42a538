import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { otherProviderUser, providerId, providerUser } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { reasonOf } from './unallocated-reason.rules.js';
import { unallocatedVisits } from './unallocated-visits.projection.js';

const packageId = '01900000-0000-7000-8000-00000000000a';
const week = '2026-W11';
const on = '2026-03-09';
const key = `${packageId}/${week}/S-1/1`;
const kept = (loggedInAt: string): VisitEvent => ({
  type: 'VisitsUnallocated',
  data: {
    ...{ packageId, personId: 'p', week, providerId, fileId: 'f-1' },
    rows: [{ row: 2, ref: 'S-1', leg: 1, on, carer: 'C-7', loggedInAt, status: 'delivered' }],
  },
});
const allocated: VisitEvent = {
  type: 'VisitsAllocated',
  data: { packageId, personId: 'p', week, keys: ['S-1/1'] },
};
const given = (...events: readonly VisitEvent[]) => givenEvents(unallocatedVisits).given(...events);

describe('An attendance without a plan', () => {
  it('is listed until a plan covers it, as its provider told it last (X13)', () => {
    const told = { on, visitRef: 'S-1', carerRef: 'C-7', carerLeg: 1, fileId: 'f-1' };
    given(kept(`${on}T12:30:00`), kept(`${on}T12:31:00`))
      .row('visits', key)
      .isLike({ ...told, loggedInAt: `${on}T12:31:00` });
    given(kept(`${on}T12:30:00`), allocated)
      .row('visits', key)
      .isAbsent();
  });

  it('is seen by the council and its own provider', () => {
    const folded = given(kept(`${on}T12:30:00`));
    expect(folded.rowSeenBy(providerUser, 'visits', key)).toBeDefined();
    expect(folded.rowSeenBy(otherProviderUser, 'visits', key)).toBeUndefined();
  });

  it('says why no visit stands for it (X13)', () => {
    const visit = (of: object = {}) => ({ providerId, on, withdrawn: false, legs: [], ...of });
    const reason = (...visits: readonly object[]) =>
      reasonOf({ packageId, visits: { ...visits } as never }, { providerId, on, carerLeg: 1 });
    expect(reasonOf({ packageId: null, visits: {} }, { providerId, on, carerLeg: 1 })).toBe(
      'week-not-planned',
    );
    expect(reason(visit({ on: '2026-03-10' }))).toBe('nothing-planned-on-the-day');
    expect(reason(visit({ providerId: 'another' }))).toBe('nothing-planned-on-the-day');
    expect(reason(visit({ legs: [{ leg: 1 }] }))).toBe('visits-of-the-day-taken');
    expect(reason(visit({ legs: [{ leg: 2 }] }))).toBe('no-visit-near');
  });
});
