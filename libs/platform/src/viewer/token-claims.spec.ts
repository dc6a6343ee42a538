import { everyRole } from './roles.js';
import { actorOfClaims } from './token-claims.js';

const names = { roles: 'roles', organisation: 'organisation' };
const actorOf = (claims: object) => actorOfClaims({ sub: 'u-1', ...claims }, names);
const council = everyRole.filter((role) => role !== 'provider' && role !== 'external-broker');

describe('The claims of a token', () => {
  it.each(council)('make a person with the role %s', (role) => {
    expect(actorOf({ roles: [role] })).toEqual({ id: 'u-1', roles: [role] });
  });

  it('make a person with two roles, each once', () => {
    expect(actorOf({ roles: ['broker', 'finance', 'broker'] }).roles).toEqual([
      'broker',
      'finance',
    ]);
  });

  it('may hold a single role as a text', () => {
    expect(actorOf({ roles: 'auditor' }).roles).toEqual(['auditor']);
  });

  it.each([['roles unknown here'], [7], [{ broker: true }], [null], ['toString'], ['system']])(
    'give no role by %p, least of all the service’s own',
    (role) => {
      expect(actorOf({ roles: [role, 'broker'] }).roles).toEqual(['broker']);
      expect(actorOf({ roles: role }).roles).toEqual([]);
    },
  );

  it.each(['provider', 'external-broker'])('make a %s of its organisation', (role) => {
    expect(actorOf({ roles: [role], organisation: 'o-1' })).toEqual({
      ...{ id: 'u-1', roles: [role], organisation: 'o-1' },
    });
  });

  it.each([undefined, '', 'a b', 7, ['o-1'], 'x'.repeat(65)])(
    'are refused for a provider of the organisation %p',
    (organisation) => {
      expect(() => actorOf({ roles: ['provider'], organisation })).toThrow(
        'names no organisation for the role provider',
      );
    },
  );

  it.each([['broker'], ['external-broker']])(
    'are refused when a provider’s user is %s too',
    (role) => {
      expect(() => actorOf({ roles: ['provider', role], organisation: 'o-1' })).toThrow(
        /gives .* to one person/,
      );
    },
  );

  it('leave the organisation of a council’s person out', () => {
    expect(actorOf({ roles: ['broker'], organisation: 'o-1' })).not.toHaveProperty('organisation');
  });

  it.each([undefined, '', 7, 'x'.repeat(129), 'a\nb'])('are refused for the subject %p', (sub) => {
    expect(() => actorOf({ sub, roles: ['broker'] })).toThrow('names nobody');
  });

  it('are found under other names, and inside an object', () => {
    const keycloak = { roles: 'realm_access.roles', organisation: 'urn:org' };
    const claims = {
      ...{ sub: 'u-1', realm_access: { roles: ['provider'] }, 'urn:org': 'o-1' },
    };
    expect(actorOfClaims(claims, keycloak)).toEqual({
      ...{ id: 'u-1', roles: ['provider'], organisation: 'o-1' },
    });
  });
});
