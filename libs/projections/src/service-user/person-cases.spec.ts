import { systemActor } from '#kernel/actor.js';
import {
  broker,
  packageId,
  personId,
  reference,
  referred,
  takenOn,
  withdrawn,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { personCases } from './person-cases.projection.js';

const caseAfter = (...events: readonly SpecEvent[]) =>
  givenEvents(personCases)
    .given(...events)
    .reader.get(systemActor, 'cases', packageId);

const started = (evidence: string): SpecEvent => ({
  type: 'PackageStarted',
  data: { packageId, providerId: 'p', startedOn: '2026-03-09', evidence },
});
const ended: SpecEvent = {
  type: 'PackageEnded',
  data: { packageId, personId, endsBefore: '2026-06-01', outcome: 'support-ended' },
};
const directPayment: SpecEvent = {
  type: 'DirectPaymentTaken',
  data: { packageId, personId, fromOn: '2026-04-01' },
};

describe('A case of a person', () => {
  it('is open and without care when it is referred', () => {
    const known = { packageId, personId, over: false, caredFor: false };
    expect(caseAfter(referred())).toEqual(known);
    const incomplete = { packageId, personId, reference, origin: { kind: 'social-worker' } };
    expect(caseAfter({ type: 'IncompleteReferralReceived', data: incomplete })).toEqual(known);
  });

  it('is that of the external broker who refers it, or whom the origin names (S3-4)', () => {
    const organisation = 'org-1';
    const external = { id: 'e', roles: ['external-broker'] as const, organisation };
    const own = { brokerOrganisation: organisation };
    expect(caseAfter({ ...referred(), metadata: { actor: external } })).toMatchObject(own);
    const named = referred({
      origin: { kind: 'external-broker', brokerOrganisation: organisation },
    });
    expect(caseAfter({ ...named, metadata: { actor: broker } })).toMatchObject(own);
    expect(caseAfter({ ...referred(), metadata: { actor: broker } })).not.toHaveProperty(
      'brokerOrganisation',
    );
  });

  it('was cared for once care started or was taken on (X29)', () => {
    expect(caseAfter(referred(), started('first-visit'))).toMatchObject({ caredFor: true });
    expect(caseAfter(takenOn())).toMatchObject({ caredFor: true, over: false });
  });

  it('is over at its end, a withdrawal or a direct payment, until the person is back (X29)', () => {
    expect(caseAfter(referred(), ended)).toMatchObject({ over: true, overOn: '2026-06-01' });
    expect(caseAfter(referred(), withdrawn)).toMatchObject({ over: true });
    expect(caseAfter(referred(), directPayment)).toMatchObject({ overOn: '2026-04-01' });
    const back = { type: 'DirectPaymentReturned', data: { packageId, personId } };
    const returned = caseAfter(referred(), directPayment, back);
    expect(returned).toMatchObject({ over: false });
    expect(returned).not.toHaveProperty('overOn');
  });

  it('is for decisions alone', () => {
    const read = givenEvents(personCases).given(referred()).reader;
    expect(read.get(broker, 'cases', packageId)).toBeUndefined();
  });
});
