import { deriveId, idOfKey } from '#kernel/ids.js';
import type { Identity, ServiceUserEvent } from './service-user.events.js';

export const commandId = '01932e1c-0a10-7000-8000-000000000003';
export const personId = idOfKey('person', 'case-system', 'P-1');
export const packageId = deriveId(commandId, 'carePackage');
export const providerId = deriveId(commandId, 'provider');
export const otherProviderId = deriveId(commandId, 'otherProvider');

export const identity: Identity = {
  name: 'Ottoline Fernsby',
  bornOn: '1941-02-03',
  addressLines: ['12 Quillfeather Lane', 'Examplechester'],
  postcode: 'ZZ7 1AB',
  phone: '0161 496 0123',
  nhsNumber: '9434765919',
  nextOfKin: { name: 'Bertram Fernsby', relationship: 'son', phone: '0161 496 0124' },
};

export const recorded: ServiceUserEvent = {
  type: 'IdentityRecorded',
  data: { personId, identity },
};
export const released: ServiceUserEvent = {
  type: 'IdentityReleased',
  data: { personId, packageId, providerId, releasedAt: '2026-02-02T09:00:00.000Z' },
};
export const holdId = deriveId(commandId, 'legalHold');
export const held: ServiceUserEvent = {
  type: 'LegalHoldPlaced',
  data: {
    ...{ personId, holdId, reason: 'A claim is before the court.', placedBy: 'administrator' },
    placedAt: '2026-02-03T09:00:00.000Z',
  },
};
export const erasureRequested: ServiceUserEvent = {
  type: 'ErasureRequested',
  data: {
    ...{ personId, erasureId: deriveId(commandId, 'erasure'), ground: 'recorded-in-error' },
    ...{ requestedBy: 'administrator', requestedAt: '2026-02-04T09:00:00.000Z' },
  },
};
export const erased: ServiceUserEvent = {
  type: 'PersonErased',
  data: {
    ...{ personId, ground: 'recorded-in-error', erasedBy: 'commissioner' },
    ...{ requestedBy: 'administrator', erasedAt: '2026-02-05T09:00:00.000Z' },
  },
};
