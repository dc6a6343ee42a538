import fc from 'fast-check';
import { commissioner, otherProviderUser, providerId, providerUser } from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { kpi } from '../kpi/kpi.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { providerReturn } from './provider-return.projection.js';
import { ProviderReturnReads, returnCsv } from './provider-return.queries.js';

const month = '2026-03';
const request = { requestId: 'r1', packageId: 'p1' };
const invited = [{ providerId }, { providerId: 'other' }];
const issued = (issuedAt = '2026-03-05T09:00:00.000Z'): SpecEvent => ({
  type: 'RequestIssued',
  data: { ...request, issuedAt, invited },
});
const answered = (type: string): SpecEvent => ({ type, data: { ...request, providerId } });
const closed: SpecEvent = { type: 'RequestClosed', data: request };
const care = (type: string, data: object = {}): SpecEvent => ({
  type,
  data: { packageId: 'p1', providerId, ...data },
});
const started = (startedOn: string) => care('PackageStarted', { startedOn });
const awarded = care('PackageAwarded', { offerId: 'o1', awardedAt: '2026-03-31T22:59:59.999Z' });
const suspension = { suspensionId: 's1', offeredAt: '2026-03-20T09:00:00.000Z' };

const known: SpecEvent = {
  type: 'ProviderRegistered',
  data: { providerId, legalName: 'Lark Care', tradingNames: [], aliases: [], cqcLocationIds: [] },
};

const readsOf = (...events: readonly SpecEvent[]) =>
  new ProviderReturnReads(
    projectorOver({
      'provider-return': givenEvents(providerReturn).given(...events),
      ...{ kpi: givenEvents(kpi), 'contract-register': givenEvents(contractRegister).given(known) },
      'council-policy': givenEvents(councilPolicy),
    }).projector,
  );
const returned = (...events: readonly SpecEvent[]) =>
  readsOf(...events).providerReturn(commissioner, month, '2026-06-01', providerId);

describe('A provider’s monthly return', () => {
  it.each([
    ['OfferSubmitted', { requestsAccepted: 1, requestsRejected: 0, requestsNoResponse: 0 }],
    ['OfferAmended', { requestsAccepted: 1, requestsRejected: 0, requestsNoResponse: 0 }],
    ['RequestDeclined', { requestsAccepted: 0, requestsRejected: 1, requestsNoResponse: 0 }],
    ['OfferWithdrawn', { requestsAccepted: 0, requestsRejected: 1, requestsNoResponse: 0 }],
  ])('counts a request answered by %s once (X22)', (type, counts) => {
    expect(returned(issued(), answered(type), closed)).toMatchObject({
      ...{ requestsReceived: 1, ...counts },
    });
  });

  it('counts no response once the window is closed, and not before (X22)', () => {
    expect(returned(issued())).toMatchObject({ requestsReceived: 1, requestsNoResponse: 0 });
    expect(returned(issued(), closed)).toMatchObject({
      requestsReceived: 1,
      requestsNoResponse: 1,
    });
  });

  it('counts in the month of local time (X22)', () => {
    expect(returned(issued('2026-03-31T22:59:59.999Z')).requestsReceived).toBe(1);
    expect(returned(issued('2026-03-31T23:00:00.000Z')).requestsReceived).toBe(0);
    expect(returned(issued('2026-03-01T00:00:00.000Z')).requestsReceived).toBe(1);
    expect(returned(issued('2026-02-28T23:59:59.999Z')).requestsReceived).toBe(0);
  });

  it('counts awards that stand (X22)', () => {
    expect(returned(awarded).packagesAwarded).toBe(1);
    for (const type of ['AwardFellThrough', 'AwardReversed']) {
      expect(returned(awarded, care(type, { offerId: 'o1' })).packagesAwarded).toBe(0);
    }
  });

  it('counts a package as active and started from its first day on (X22)', () => {
    expect(returned(started('2026-03-31'))).toMatchObject({
      ...{ packagesActive: 1, packagesStarted: 1, packagesEnded: 0 },
    });
    expect(returned(started('2026-04-01'))).toMatchObject({
      packagesActive: 0,
      packagesStarted: 0,
    });
    expect(returned(started('2026-02-28'))).toMatchObject({
      packagesActive: 1,
      packagesStarted: 0,
    });
  });

  it('counts an end in the month of the last day of care (X22)', () => {
    const ended = (endsBefore: string) =>
      returned(started('2026-01-01'), care('PackageEnded', { endsBefore }));
    expect(ended('2026-03-01')).toMatchObject({ packagesActive: 0, packagesEnded: 0 });
    expect(ended('2026-03-02')).toMatchObject({ packagesActive: 1, packagesEnded: 1 });
    expect(ended('2026-04-01')).toMatchObject({ packagesActive: 1, packagesEnded: 1 });
    expect(ended('2026-04-02')).toMatchObject({ packagesActive: 1, packagesEnded: 0 });
  });

  it('counts a handback as an end, and an end as no handback (X19, X22)', () => {
    const back = care('PackageHandedBack', { effectiveOn: '2026-03-10' });
    const taken: SpecEvent = {
      type: 'PackageStarted',
      data: { packageId: 'p1', providerId: 'other', startedOn: '2026-03-10' },
    };
    const counts = { packagesActive: 1, packagesEnded: 1 };
    expect(returned(started('2026-01-01'), back)).toMatchObject({
      ...{ ...counts, packagesHandedBack: 1 },
    });
    expect(returned(started('2026-01-01'), taken)).toMatchObject({
      ...{ ...counts, packagesHandedBack: 0 },
    });
  });

  it('counts a restart where it was offered, taken or not (X17, X22)', () => {
    const offered = care('RestartOffered', suspension);
    const restarted = care('PackageRestarted', { ...suspension, restartOn: '2026-04-02' });
    expect(returned(offered)).toMatchObject({ restartsOffered: 1, restartsTaken: 0 });
    expect(returned(offered, restarted)).toMatchObject({ restartsOffered: 1, restartsTaken: 1 });
  });

  it('has no part larger than its whole, whatever happened (X22)', () => {
    const dates = fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-15', '2026-04-01');
    const happening = fc.oneof(
      dates.map(started),
      dates.map((on) => ({
        type: 'PackageStarted',
        data: { packageId: 'p1', providerId: 'other', startedOn: on },
      })),
      dates.map((effectiveOn) => care('PackageHandedBack', { effectiveOn })),
      dates.map((endsBefore) => care('PackageEnded', { endsBefore })),
      dates.map((restartOn) => care('PackageRestarted', { ...suspension, restartOn })),
      fc.constantFrom(care('RestartOffered', suspension), awarded, issued(), closed),
      fc.constantFrom(...['OfferSubmitted', 'RequestDeclined', 'OfferWithdrawn'].map(answered)),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (events) => {
        const row = returned(...events);
        expect(row.packagesStarted).toBeLessThanOrEqual(row.packagesActive);
        expect(row.packagesEnded).toBeLessThanOrEqual(row.packagesActive);
        expect(row.packagesHandedBack).toBeLessThanOrEqual(row.packagesEnded);
        expect(row.restartsTaken).toBeLessThanOrEqual(row.restartsOffered);
        const answers = row.requestsAccepted + row.requestsRejected + row.requestsNoResponse;
        expect(answers).toBeLessThanOrEqual(row.requestsReceived);
        givenEvents(providerReturn)
          .given(...events)
          .recountAgrees();
      }),
      { numRuns: 100 },
    );
  });

  it('is refused for a provider that is not in the register (X22)', () => {
    const returnOf = (id: string) => () =>
      readsOf(issued()).providerReturn(commissioner, month, '2026-06-01', id);
    expect(returnOf('nobody')).toThrow('There is no such provider.');
    expect(returnOf(providerId)).not.toThrow();
  });

  it('is seen by its provider and by no other (L1)', () => {
    const reads = readsOf(issued(), started('2026-03-01'));
    const seen = (viewer: typeof providerUser) =>
      reads.providerReturn(viewer, month, '2026-06-01', providerId);
    expect(seen(providerUser)).toMatchObject({ requestsReceived: 1, packagesActive: 1 });
    expect(seen(otherProviderUser)).toMatchObject({ requestsReceived: 0, packagesActive: 0 });
  });

  it('is a file of one line beneath the names of its columns (X22)', () => {
    const [head, line, ...rest] = returnCsv(returned(issued())).replace('\ufeff', '').split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['month', 'providerId', 'providerName']);
    expect(head?.split(',')).toHaveLength(line?.split(',').length ?? 0);
    expect([line?.startsWith('2026-03,'), ...rest]).toEqual([true, '']);
  });
});
