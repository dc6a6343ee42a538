import { specFor } from '#kernel/spec-dsl.js';
import { caseSystemDecider } from './case-system.decider.js';
import type { CaseSystemEvent } from './case-system.events.js';
import { caseSystemIdOf, secretIdOf } from './case-system.rules.js';

const { given } = specFor(caseSystemDecider);
const system = 'liquidlogic';
const systemId = caseSystemIdOf(system);
const idOf = (last: number) => `01932e1c-0a10-7000-8000-00000000004${last}`;
const now = '2026-03-09T09:00:00.000Z';
const issue = (direction: 'in' | 'out', ...events: readonly CaseSystemEvent[]) =>
  given(...events).when(
    'IssueCaseSystemSecret',
    { commandId: idOf(1), system, direction, secret: 'one' },
    { now },
  );
const issued: CaseSystemEvent = {
  type: 'CaseSystemSecretIssued',
  data: {
    ...{ systemId, system, direction: 'in', secretId: secretIdOf(idOf(1)) },
    ...{ secret: 'one', issuedAt: now },
  },
};
const revoke = (at: string, ...events: readonly CaseSystemEvent[]) =>
  given(...events).when(
    'RevokeCaseSystemSecret',
    { commandId: idOf(3), system, direction: 'in' },
    { now: at },
  );
const set = (address: string, more: object = {}) =>
  given().when('SetCaseSystemAddress', { commandId: idOf(4), system, address, ...more }, { now });
const address = 'https://case.example/hooks';
const addressSet: CaseSystemEvent = {
  type: 'CaseSystemAddressSet',
  data: { systemId, system, address, setAt: now },
};

describe('A case system', () => {
  it('has a secret for each direction, each issued once (S1-8)', () => {
    issue('in').then(issued);
    issue('in', issued).thenRejected('CaseSystemSecretExists');
    issue('out', issued).thenLike({ type: 'CaseSystemSecretIssued', data: { direction: 'out' } });
  });

  it('gets another secret while the older one is good for some hours more, not before it has one', () => {
    const rotate = { commandId: idOf(2), system, direction: 'in', secret: 'two' };
    given()
      .when('ReplaceCaseSystemSecret', rotate, { now })
      .thenRejected('CaseSystemSecretMissing');
    const replaced = given(issued).when('ReplaceCaseSystemSecret', rotate, { now }).events();
    expect(replaced).toMatchObject([{ data: { olderEndsAt: '2026-03-10T09:00:00.000Z' } }]);
    const both = [issued, ...(replaced as readonly CaseSystemEvent[])];
    revoke('2026-03-10T08:59:59.999Z', ...both).thenLike({
      type: 'CaseSystemSecretRevoked',
      data: { secretIds: [secretIdOf(idOf(1)), secretIdOf(idOf(2))] },
    });
    revoke('2026-03-10T09:00:00.000Z', ...both).thenLike({
      type: 'CaseSystemSecretRevoked',
      data: { secretIds: [secretIdOf(idOf(2))] },
    });
  });

  it('ends no secret twice', () => {
    const ended = revoke(now, issued).events() as readonly CaseSystemEvent[];
    revoke(now, issued, ...ended).thenRejected('CaseSystemSecretMissing');
  });

  it('has an address that is a whole URL, without anybody’s password in it', () => {
    set(address).then(addressSet);
    set(address, { servicesAddress: 'https://case.example/services' }).thenLike({
      type: 'CaseSystemAddressSet',
      data: { servicesAddress: 'https://case.example/services' },
    });
    for (const wrong of ['case.example', 'ftp://case.example', 'https://a:b@case.example/']) {
      set(wrong).thenRejected('CaseSystemAddressUnusable');
      set(address, { servicesAddress: wrong }).thenRejected('CaseSystemAddressUnusable');
    }
    const again = { commandId: idOf(5), system, address };
    given(addressSet).when('SetCaseSystemAddress', again, { now }).thenNothing();
  });

  it('is sent nothing once its address has ended, until another is set', () => {
    const end = { commandId: idOf(6), system, because: 'gone' };
    given().when('EndCaseSystemAddress', end, { now }).thenRejected('CaseSystemAddressMissing');
    const ended = given(addressSet).when('EndCaseSystemAddress', end, { now }).events();
    expect(ended).toMatchObject([{ type: 'CaseSystemAddressEnded', data: { because: 'gone' } }]);
    given(addressSet, ...ended)
      .when('SetCaseSystemAddress', { commandId: idOf(7), system, address }, { now })
      .thenLike({ type: 'CaseSystemAddressSet' });
  });
});
