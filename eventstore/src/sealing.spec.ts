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
import { keyedFingerprint, memoryKeys } from './subject-keys.js';

const sharedKeys = memoryKeys();
/** The keys of one store; an erasure needs others. */
const freshKeys = () => sharedKeys;

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
    const keys = memoryKeys();
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

  it('notices another key, and one that is lost without an erasure', () => {
    const sealed = seal('a', 'person-1', freshKeys());
    const others = memoryKeys();
    expect(() => unseal(sealed, others)).toThrow(/key of person-1 is lost/);
    others.keyFor('person-1');
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

describe('Keys in memory', () => {
  it('are the same for a subject each time, and differ between subjects', () => {
    const keys = memoryKeys();
    expect(keys.keyFor('person-1')).toEqual(keys.keyFor('person-1'));
    expect(keys.keyFor('person-1')).not.toEqual(keys.keyFor('person-2'));
    expect(keys.keyFor('person-1')).toHaveLength(32);
  });

  it('are made for sealing, never for opening', () => {
    const keys = memoryKeys();
    expect(keys.existingKey('person-1')).toBeUndefined();
    expect(keys.existingKey('person-1')).toBeUndefined();
    const made = keys.keyFor('person-1');
    expect(keys.existingKey('person-1')).toBe(made);
  });

  it('are gone for good once erased', () => {
    const keys = memoryKeys();
    keys.erase('person-1');
    expect(keys.keyFor('person-1')).toBeUndefined();
    expect(keys.isErased('person-1')).toBe(true);
    expect(keys.isErased('person-2')).toBe(false);
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
