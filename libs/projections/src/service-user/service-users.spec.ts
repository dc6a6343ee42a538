import type { Actor } from '#kernel/actor.js';
import {
  auditor,
  broker,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { serviceUsers } from './service-users.projection.js';

const sealed = { $sealed: { subject: personId } };
const at = '2026-03-02T09:00:00.000Z';
const event = (type: string, data: object = {}): SpecEvent => ({
  type,
  data: { personId, ...data },
});
const recorded = event('IdentityRecorded', { identity: sealed });
const held = event('LegalHoldPlaced', {
  ...{ holdId: 'h', reason: sealed, placedBy: 'a', placedAt: at },
});
const requested = event('ErasureRequested', {
  ...{ erasureId: 'e', ground: 'court-order', requestedBy: 'a', requestedAt: at },
});
const released = event('IdentityReleased', { packageId, providerId, releasedAt: at });
const readBy = (by: string, ...personIds: string[]): SpecEvent => ({
  type: 'IdentityRead',
  data: { personIds, purpose: 'review', by, roles: ['broker'], readAt: at },
});

const folded = (...events: readonly SpecEvent[]) =>
  givenEvents(serviceUsers).given(...events).reader;
const rowAfter = (...events: readonly SpecEvent[]) =>
  folded(...events).get(broker, 'people', personId);
const count = (viewer: Actor, ...events: readonly SpecEvent[]) =>
  folded(...events).count(viewer, 'reads');

describe('The record of a person', () => {
  it('says that an identity and further ids are kept, never which (S1-8)', () => {
    const corrected = event('IdentityCorrected', { identity: sealed, changed: [], reason: sealed });
    const added = event('ExternalIdAdded', { externalId: sealed });
    const row = rowAfter(recorded, corrected, added);
    expect(row).toMatchObject({ identityRecorded: true, externalIds: 1 });
    expect(JSON.stringify(row)).not.toContain('$sealed');
  });

  it('names each provider that may read it, and its last day (S1-9)', () => {
    const release = { packageId, providerId, releasedAt: at };
    expect(rowAfter(released)?.releases).toEqual([release]);
    const ended = event('IdentityReleaseEnded', {
      ...{ packageId, providerId, endsBefore: '2026-06-01', afterCare: true },
    });
    expect(rowAfter(released, ended)?.releases).toEqual([{ ...release, lastDay: '2026-05-31' }]);
  });

  it('is found under a hold until that is lifted (X29)', () => {
    const under = (...events: SpecEvent[]) =>
      folded(...events).count(broker, 'people', { filter: { underHold: true } });
    const lifted = event('LegalHoldLifted', { holdId: 'h', liftedBy: 'b', liftedAt: at });
    expect(under(held)).toBe(1);
    expect(under(held, lifted)).toBe(0);
  });

  it('is found by a requested erasure until it is erased; then ids alone are left (X29)', () => {
    const waiting = (...events: SpecEvent[]) =>
      folded(...events).count(broker, 'people', { filter: { erasureRequested: true } });
    const erased = event('PersonErased', { ground: 'court-order', erasedBy: 'b', erasedAt: at });
    expect(waiting(recorded, requested)).toBe(1);
    expect(waiting(recorded, requested, erased)).toBe(0);
    expect(rowAfter(recorded, requested, erased)).toEqual({
      ...{ personId, identityRecorded: false, externalIds: 0, releases: [], holds: [] },
      erasedAt: at,
    });
    expect(rowAfter(erased)).toMatchObject({ erasedAt: at });
  });

  it('is the council’s alone', () => {
    expect(folded(recorded).get(providerUser, 'people', personId)).toBeUndefined();
    expect(folded(recorded).count(providerUser, 'people')).toBe(0);
  });
});

describe('The list of readings', () => {
  it('has a line for each person of a query, found by person and by reader', () => {
    const reader = folded(readBy('broker', personId, packageId), readBy('other', personId));
    expect(reader.count(auditor, 'reads')).toBe(3);
    expect(reader.count(auditor, 'reads', { filter: { personId } })).toBe(2);
    expect(reader.select(auditor, 'reads', { filter: { by: 'broker' } })).toMatchObject([
      { together: 2, purpose: 'review' },
      { together: 2 },
    ]);
  });

  it('is for those who oversee, not for those who read', () => {
    expect(count(auditor, readBy('broker', personId))).toBe(1);
    expect(count(broker, readBy('broker', personId))).toBe(0);
  });
});
