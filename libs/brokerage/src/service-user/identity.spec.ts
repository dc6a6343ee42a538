import { specFor } from '#kernel/spec-dsl.js';
import { isNhsNumber } from './identity.rules.js';
import { serviceUserDecider } from './service-user.decider.js';
import type { ServiceUserEvent } from './service-user.events.js';
import {
  commandId,
  erased,
  identity,
  otherProviderId,
  packageId,
  personId,
  providerId,
  recorded,
  released,
} from './service-user.fixtures.js';

const { given } = specFor(serviceUserDecider);
const facts = { person: { known: true } };
const record = (sent: object, ...before: ServiceUserEvent[]) =>
  given(...before).when(
    'RecordIdentity',
    { commandId, personId, identity: { ...identity, ...sent } },
    { facts },
  );

describe('An NHS number', () => {
  it.each(['9434765919', '943 476 5919', '943-476-5919', '9876543210'])('may be %s', (number) => {
    expect(isNhsNumber(number)).toBe(true);
  });

  it.each(['9434765918', '943476591', '94347659190', '1111111111', '0000000000', '0000000060', ''])(
    'is not %s',
    (number) => {
      expect(isNhsNumber(number)).toBe(false);
    },
  );
});

describe('An identity', () => {
  it('is recorded tidily: blanks, postcode and NHS number in one writing (S1-8)', () => {
    record({
      name: ' Ottoline\u00a0 Fernsby ',
      postcode: 'zz71ab',
      nhsNumber: '943 476 5919',
      addressLines: ['12  Quillfeather Lane', ' ', 'Examplechester'],
    }).then(recorded);
  });

  it('is refused with all its faults at once (S1-8)', () => {
    record({
      ...{ name: ' ', bornOn: '1941-02-30', addressLines: [''], postcode: 'ZZ7', phone: '12' },
      ...{ email: 'a@b', nhsNumber: '9434765918' },
      nextOfKin: { name: '', relationship: 'son', phone: 'x' },
    }).thenRejected(
      ...['NameMissing', 'DateDoesNotExist', 'AddressMissing', 'PostcodeInvalid', 'PhoneInvalid'],
      ...['EmailInvalid', 'NhsNumberInvalid', 'NextOfKinNameMissing', 'PhoneInvalid'],
    );
  });

  it('needs no phone, email, NHS number or next of kin: no more is held than needed (S1-8)', () => {
    const { phone: _, nhsNumber: __, nextOfKin: ___, ...needed } = identity;
    given()
      .when('RecordIdentity', { commandId, personId, identity: needed }, { facts })
      .then({ type: 'IdentityRecorded', data: { personId, identity: needed } });
  });

  it.each([
    ['2026-03-02', undefined],
    ['2026-03-03', 'BornInFuture'],
    ['1901-03-03', undefined],
    ['1901-03-02', 'BornTooLongAgo'],
  ])('of someone born on %s is judged on 2 March 2026', (bornOn, code) => {
    const said = record({ bornOn });
    if (code) said.thenRejected(code);
    else said.thenLike({ type: 'IdentityRecorded' });
  });

  it('is recorded once, then corrected with a reason (S1-8)', () => {
    record({}, recorded).thenRejected('IdentityAlreadyRecorded');
    const reason = 'Married.';
    const correct = (sent: object, why: string, ...before: ServiceUserEvent[]) =>
      given(...before).when(
        'CorrectIdentity',
        { commandId, personId, identity: { ...identity, ...sent }, reason: why },
        { facts },
      );
    correct({ name: 'Ottoline Ash' }, reason, recorded).then({
      type: 'IdentityCorrected',
      data: {
        personId,
        identity: { ...identity, name: 'Ottoline Ash' },
        changed: ['name'],
        reason,
      },
    });
    correct({}, reason, recorded).thenNothing();
    correct({ name: 'Ottoline Ash' }, ' ', recorded).thenRejected('CorrectionReasonMissing');
    correct({ name: 'Ottoline Ash' }, reason).thenRejected('IdentityNotRecorded');
  });

  it('is of a person whom brokerage has a case of, an external broker its own (S3-4)', () => {
    given()
      .when(
        'RecordIdentity',
        { commandId, personId, identity },
        { facts: { person: { known: false } } },
      )
      .thenRejected('ServiceUserUnknown');
  });

  it('is not recorded again once it was erased (X29)', () => {
    record({}, recorded, erased).thenRejected('PersonIsErased');
  });
});

describe('An id of another system', () => {
  const add = (personRef: string, ...before: ServiceUserEvent[]) =>
    given(...before).when(
      'AddExternalId',
      { commandId, personId, externalId: { system: 'care-first', personRef } },
      { facts },
    );
  const added: ServiceUserEvent = {
    type: 'ExternalIdAdded',
    data: { personId, externalId: { system: 'care-first', personRef: 'CF-1' } },
  };

  it('is kept beside the case system’s, once (S1-8)', () => {
    add('CF-1').then(added);
    add(' CF-1 ', added).thenNothing();
    add('CF-2', added).thenLike({ type: 'ExternalIdAdded' });
  });

  it('names something (S1-8)', () => {
    add(' ').thenRejected('ExternalIdIncomplete');
  });
});

describe('The release of an identity', () => {
  const release = (award: object, ...before: ServiceUserEvent[]) =>
    given(...before).when(
      'ReleaseIdentity',
      { commandId, personId, packageId, providerId, startOn: '2026-02-09' },
      { facts: { award }, now: '2026-02-02T09:00:00.000Z' },
    );

  it('goes to the provider of the confirmed award (S1-9)', () => {
    release({ confirmed: true, providerId }, recorded).then(released);
  });

  it('waits while the award may still fall through (S1-9)', () => {
    release({ confirmed: false, providerId }, recorded).thenNothing();
  });

  it('does not go to a provider whose award was lost meanwhile (S1-9)', () => {
    release({ confirmed: true, providerId: otherProviderId }, recorded).thenNothing();
  });

  it('is recorded once for an award (S1-9)', () => {
    release({ confirmed: true, providerId }, recorded, released).thenNothing();
  });

  const toOther = { ...released, data: { ...released.data, providerId: otherProviderId } };
  const endedFor = (other: string, endsBefore: string, afterCare = true): ServiceUserEvent => ({
    type: 'IdentityReleaseEnded',
    data: { personId, packageId, providerId: other, endsBefore, afterCare },
  });

  it('ends the one to the provider before, from the new start on (S1-9)', () => {
    release({ confirmed: true, providerId }, recorded, toOther as ServiceUserEvent).then(
      endedFor(otherProviderId, '2026-02-09'),
      released,
    );
  });

  it('is made again when the same provider wins the package again (S1-9)', () => {
    release({ confirmed: true, providerId }, released, endedFor(providerId, '2026-02-01')).then(
      released,
    );
  });

  it('ends with the care, once, and leaves other packages (S1-9)', () => {
    const end = (...before: ServiceUserEvent[]) =>
      given(...before).when('EndIdentityRelease', {
        ...{ commandId, personId, packageId, endsBefore: '2026-03-09', afterCare: true },
      });
    const ended = endedFor(providerId, '2026-03-09');
    end(released).then(ended);
    end(released, ended).thenNothing();
    const elsewhere = { ...released, data: { ...released.data, packageId: commandId } };
    end(elsewhere as ServiceUserEvent).thenNothing();
  });
});
