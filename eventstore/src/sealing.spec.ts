import { randomBytes } from 'node:crypto';
import {
  isErased,
  isSealed,
  seal,
  SealBroken,
  SubjectErased,
  unseal,
  unsealAll,
} from './sealing.js';
import { developmentKeys, DevelopmentKeysRefused, keyedFingerprint } from './subject-keys.js';

const masterKey = randomBytes(32);
const freshKeys = () => developmentKeys(masterKey, { production: false });

describe('Sealing', () => {
  it.each([['Zoë 葵'], [''], [0], [false], [[]], [['a', 'b']], [{ name: 'Ann' }]])(
    'gives back %j as it was',
    (value) => {
      const sealed = seal(value, 'person-1', freshKeys());
      expect(JSON.stringify(sealed)).not.toContain('Zoë');
      expect(unseal(sealed, freshKeys())).toEqual(value);
    },
  );

  it('gives other bytes each time', () => {
    const [one, two] = [seal('a', 'person-1', freshKeys()), seal('a', 'person-1', freshKeys())];
    expect(one.$sealed.text).not.toBe(two.$sealed.text);
  });

  it('reads as erased once the key is gone, and takes nothing new', () => {
    const keys = freshKeys();
    const sealed = seal('a', 'person-1', keys);
    const other = seal('b', 'person-2', keys);
    keys.erase('person-1');
    expect(unseal(sealed, keys)).toEqual({ $erased: 'person-1' });
    expect(isErased(unseal(sealed, keys))).toBe(true);
    expect(() => seal('a', 'person-1', keys)).toThrow(SubjectErased);
    expect(unseal(other, keys)).toBe('b');
  });

  it.each(['text', 'tag', 'iv', 'subject'] as const)('notices another %s', (part) => {
    const sealed = seal('some text', 'person-1', freshKeys());
    const other = seal('some text', 'person-2', freshKeys());
    const mixed = { $sealed: { ...sealed.$sealed, [part]: other.$sealed[part] } };
    expect(() => unseal(mixed, freshKeys())).toThrow(SealBroken);
  });

  it('notices a value that moved to another person with their key id', () => {
    const sealed = seal('a', 'person-1', freshKeys());
    const { subject, keyId } = seal('b', 'person-2', freshKeys()).$sealed;
    const moved = { $sealed: { ...sealed.$sealed, subject, keyId } };
    expect(() => unseal(moved, freshKeys())).toThrow(SealBroken);
  });

  it('notices another master key', () => {
    const sealed = seal('a', 'person-1', freshKeys());
    const others = developmentKeys(randomBytes(32), { production: false });
    expect(() => unseal(sealed, others)).toThrow(SealBroken);
  });

  it('opens every sealed part and leaves the rest as the same object', () => {
    const keys = freshKeys();
    const plain = { a: [{ b: 1 }], c: null };
    const mixed = { plain, legs: [{ note: seal('x', 'person-1', keys) }, { note: null }] };
    expect(unsealAll(mixed, keys)).toEqual({ plain, legs: [{ note: 'x' }, { note: null }] });
    expect((unsealAll(mixed, keys) as typeof mixed).plain).toBe(plain);
    expect(unsealAll(plain, keys)).toBe(plain);
    expect(isSealed({ $sealed: 'no' })).toBe(false);
  });
});

describe('Development keys', () => {
  it('are the same for a subject each time, and differ between subjects', () => {
    expect(freshKeys().keyFor('person-1')).toEqual(freshKeys().keyFor('person-1'));
    expect(freshKeys().keyFor('person-1')).not.toEqual(freshKeys().keyFor('person-2'));
    expect(freshKeys().keyFor('person-1')).toHaveLength(32);
  });

  it('are refused in production', () => {
    expect(() => developmentKeys(masterKey, { production: true })).toThrow(DevelopmentKeysRefused);
  });

  it('need 16 bytes of secret', () => {
    expect(() => developmentKeys(randomBytes(15), { production: false })).toThrow(RangeError);
    expect(developmentKeys(randomBytes(16), { production: false }).keyFor('a')).toHaveLength(32);
  });
});

describe('A keyed fingerprint', () => {
  const [one, two] = [randomBytes(32), randomBytes(32)];

  it('depends on content and key', () => {
    expect(keyedFingerprint(one, 'content')).toBe(keyedFingerprint(one, 'content'));
    expect(keyedFingerprint(one, 'content')).not.toBe(keyedFingerprint(one, 'other'));
    expect(keyedFingerprint(one, 'content')).not.toBe(keyedFingerprint(two, 'content'));
    expect(keyedFingerprint(one, 'content')).toMatch(/^[0-9a-f]{64}$/);
  });
});
