import type { Identity } from './service-user.events.js';
import { leaksOf } from './leak.rules.js';

const identity: Identity = {
  name: 'Mrs Róisín O’Hallorhan-Pryce',
  preferredName: 'Tilly',
  bornOn: '1941-02-03',
  addressLines: ['Flat 4, 12 Quillfeather Lane', 'Larkholme', 'Examplechester'],
  postcode: 'ZZ7 1AB',
  phone: '+44 161 496 0123',
  email: 'roisin@example.org',
  nhsNumber: '9434765919',
  nextOfKin: { name: 'Bo Xu', relationship: 'daughter', phone: '0161 496 0999' },
};
const externalIds = [{ system: 'care-first', personRef: 'CF/10-442' }];
const secret = { identity, externalIds };
const leaks = (content: unknown, allowed?: string[]) =>
  leaksOf(content, secret, { ...(allowed && { allowed }) });

describe('A text that is sent to providers', () => {
  it.each([
    ['name', 'Ask for Róisín at the door.'],
    ['name', 'ask for ROISIN'],
    ['name', 'a Ms Pryce'],
    ['name', 'OHallorhan'],
    ['name', 'R.o.i.s.i.n'],
    ['name', 'roi\u200bsin'],
    ['name', 'ｒｏｉｓｉｎ'],
    ['preferredName', 'she likes to be called Tilly'],
    ['bornOn', 'born 1941-02-03'],
    ['bornOn', 'born 03/02/1941'],
    ['bornOn', 'born 3.2.41'],
    ['bornOn', 'dob 03021941'],
    ['bornOn', 'dob 19410203'],
    ['bornOn', '3rd of February 1941'],
    ['bornOn', 'Feb 3, 1941'],
    ['bornOn', '3feb1941'],
    ['address', 'flat 4 12 quillfeather lane'],
    ['address', 'It is in Quillfeather  Lane'],
    ['address', 'FLAT-4-12-QUILLFEATHER-LANE'],
    ['address', 'a house in Larkholme'],
    ['postcode', 'ZZ71AB'],
    ['postcode', 'zz7\u00a01ab'],
    ['phone', '0161 496 0123'],
    ['phone', '(0161) 4960123'],
    ['phone', '0044 161-496-0123'],
    ['phone', '+44 (0)161 496 0123'],
    ['phone', '0 1 6 1 4 9 6 0 1 2 3'],
    ['email', 'mail Roisin@Example.ORG'],
    ['nhsNumber', '943 476 5919'],
    ['nhsNumber', 'NHS:943-476-5919.'],
    ['externalId', 'our ref CF/10-442'],
    ['externalId', 'cf10442'],
    ['nextOfKin.name', 'call Bo Xu'],
    ['nextOfKin.name', 'XU, Bo'],
    ['nextOfKin.phone', '01614960999'],
  ])('gives away %s by %j (S1-9)', (field, text) => {
    expect(leaks(text)).toContain(field);
  });

  it.each([
    'A woman in her eighties near the park in ZZ7; the key safe is by the door.',
    'Born in the forties; visits from 2026-03-02, 8:00 to 8:30, on days 1 2 3.',
    'Anywhere in Examplechester.',
    'She was 41 on 3 March.',
    'The bo x under the stairs; xu.',
    'Mrs and Miss are titles.',
    'Call 0161 496 0124, number 12, lane 4, 943 476 5918.',
    'Ref CF/10-443, ZZ7 1AC, roisina, tillyard.',
    '',
  ])('gives away nothing by %j (S1-9)', (text) => {
    expect(leaks(text)).toEqual([]);
  });

  it('does not join words into a name (S1-9)', () => {
    const ina = { identity: { ...identity, name: 'Ina Thea' } };
    expect(leaksOf('in a bed of the a wing', ina)).toEqual([]);
    expect(leaksOf('it is Ina', ina)).toEqual(['name']);
  });
});

describe('A pack', () => {
  const pack = {
    requestNumber: 'RQ-1001',
    postcodeDistrict: 'ZZ7',
    patch: 'larkholme',
    access: ['warden'],
    schedule: [{ line: 1, start: '08:00', tasks: ['personal-care'] }],
    startOn: '2026-03-09',
  };
  const allowed = ['warden', 'larkholme', 'personal-care'];

  it('may hold a code that is also a name or a place (S1-9)', () => {
    const warden = { identity: { ...identity, name: 'Ada Warden' } };
    expect(leaksOf(pack, warden, { allowed })).toEqual([]);
  });

  it('may not hold the same in a text of its own (S1-9)', () => {
    const warden = { identity: { ...identity, name: 'Ada Warden' } };
    const told = { ...pack, note: 'Ask Mrs Warden in Larkholme.' };
    expect(leaksOf(told, warden, { allowed })).toEqual(['address', 'name']);
  });

  it('is read to its depth, and the answer names fields and no value (S1-9)', () => {
    const found = leaks({ ...pack, a: [{ b: ['Tilly', '9434765919'] }], n: 9434765919 }, allowed);
    expect(found).toEqual(['nhsNumber', 'preferredName']);
  });

  it('gives away the older system’s id before any identity is recorded (S3-1)', () => {
    expect(leaksOf('CF 10 442', { identity: null, externalIds })).toEqual(['externalId']);
    expect(leaksOf('CF 10 443', { identity: null, externalIds })).toEqual([]);
  });
});
