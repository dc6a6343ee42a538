import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { serviceUserDecider } from './service-user.decider.js';
import type { ServiceUserEvent } from './service-user.events.js';
import {
  commandId,
  erasureRequested,
  erased,
  held,
  holdId,
  packageId,
  personId,
  recorded,
} from './service-user.fixtures.js';

const { given } = specFor(serviceUserDecider);
const administrator = { id: 'administrator', roles: ['administrator'] as const };
const commissioner = { id: 'commissioner', roles: ['commissioner'] as const };
const over = { packageId, over: true, caredFor: true, overOn: '2020-03-02' };
const lifted: ServiceUserEvent = {
  type: 'LegalHoldLifted',
  data: {
    ...{ personId, holdId, reason: 'Settled.', liftedBy: 'commissioner' },
    liftedAt: '2026-02-04T09:00:00.000Z',
  },
};

const erase = (
  before: readonly ServiceUserEvent[],
  {
    cases = [over] as object[],
    ground = 'recorded-in-error',
    now = '2026-03-02T09:00:00.000Z',
  } = {},
) =>
  given(...before).when(
    'ErasePerson',
    { commandId, personId, ground },
    { facts: { cases }, actor: administrator, now },
  );

describe('A record under a legal hold', () => {
  it('is not erased (X29)', () => {
    erase([recorded, held]).thenRejected('RecordUnderLegalHold');
  });

  it('is erased once the hold is lifted (X29)', () => {
    erase([recorded, held, lifted]).thenLike({ type: 'PersonErased' });
  });

  it('stays under the second hold when the first is lifted (X29)', () => {
    const second = { ...held, data: { ...held.data, holdId: packageId } } as ServiceUserEvent;
    erase([recorded, held, second, lifted]).thenRejected('RecordUnderLegalHold');
  });

  it('is held with a reason, by a named person, of someone known (X29)', () => {
    const reason = 'A claim is before the court.';
    const hold = (cases: object[], ...before: ServiceUserEvent[]) =>
      given(...before).when(
        'PlaceLegalHold',
        { commandId, personId, reason },
        { facts: { cases }, actor: administrator, now: '2026-02-03T09:00:00.000Z' },
      );
    hold([over]).then(held);
    hold([]).thenRejected('ServiceUserUnknown');
    hold([over], erased).thenRejected('PersonIsErased');
  });

  it('is lifted once (X29)', () => {
    const lift = (...before: ServiceUserEvent[]) =>
      given(...before).when(
        'LiftLegalHold',
        { commandId, personId, holdId, reason: 'Settled.' },
        { actor: commissioner, now: '2026-02-04T09:00:00.000Z' },
      );
    lift(held).then(lifted);
    lift(held, lifted).thenRejected('LegalHoldAlreadyLifted');
    lift().thenRejected('LegalHoldUnknown');
  });
});

describe('An erasure', () => {
  it('waits until the person’s care is over (X29)', () => {
    const open = { packageId, over: false, caredFor: true };
    erase([recorded], { cases: [over, open] }).thenRejected('CareNotOver');
    erase([recorded], { cases: [over] }).thenLike({ type: 'PersonErased' });
  });

  const { caredForMonths } = shippedPolicy.retention;
  it(`by retention comes ${caredForMonths} months after care (X29)`, () => {
    const ground = 'retention-over';
    erase([recorded], { ground, now: '2026-03-01T23:59:59.999Z' }).thenRejected('RetentionNotOver');
    erase([recorded], { ground, now: '2026-03-02T00:00:00.000Z' }).thenLike({
      type: 'PersonErased',
    });
  });

  it('by retention comes sooner where no care was given (X29)', () => {
    const cases = [{ ...over, caredFor: false, overOn: '2024-03-02' }];
    const ground = 'retention-over';
    erase([recorded], { cases, ground, now: '2026-03-01T12:00:00.000Z' }).thenRejected(
      'RetentionNotOver',
    );
    erase([recorded], { cases, ground }).thenLike({ type: 'PersonErased' });
  });

  it('happens once, and to someone known (X29)', () => {
    erase([recorded, erased]).thenRejected('PersonIsErased');
    erase([], { cases: [] }).thenRejected('ServiceUserUnknown');
  });

  const approve = (
    actor: { id: string; roles: readonly ['administrator'] | readonly ['commissioner'] },
    ...before: ServiceUserEvent[]
  ) =>
    given(...before).when(
      'ApproveErasure',
      { commandId, personId },
      { facts: { cases: [over] }, actor, now: '2026-02-05T09:00:00.000Z' },
    );

  it('is requested by one person and approved by another (X29)', () => {
    given(recorded)
      .when(
        'RequestErasure',
        { commandId, personId, ground: 'recorded-in-error' },
        { facts: { cases: [over] }, actor: administrator, now: '2026-02-04T09:00:00.000Z' },
      )
      .then(erasureRequested);
    approve(commissioner, recorded, erasureRequested).then(erased);
  });

  it('is not approved by who requested it, nor unasked (X29)', () => {
    approve(administrator, recorded, erasureRequested).thenRejected('ApprovedByRequester');
    approve(commissioner, recorded).thenRejected('ErasureNotRequested');
  });

  it('is not approved when a hold was placed meanwhile (X29)', () => {
    approve(commissioner, recorded, erasureRequested, held).thenRejected('RecordUnderLegalHold');
  });
});
