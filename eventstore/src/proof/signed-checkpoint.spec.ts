import { createPrivateKey } from 'node:crypto';
import { AuditPublicKey, AuditSigningKey, BadAuditKey } from './audit-key.js';
import { BadCheckpoint, readCheckpoint, signCheckpoint } from './signed-checkpoint.js';

/** The first secret key of RFC 8032, 7.1, in PKCS #8. */
const secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const pem = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'),
  type: 'pkcs8',
  format: 'der',
})
  .export({ type: 'pkcs8', format: 'pem' })
  .toString();
const key = AuditSigningKey.ofPem(pem);
const origin = 'care-brokerage/0193a000-0000-4000-8000-000000000001';

const checkpoint = {
  logId: '0193a000-0000-4000-8000-000000000001',
  size: 17,
  root: Buffer.alloc(32, 7),
  time: '2026-11-23T03:00:00.000Z',
};
const note = signCheckpoint(checkpoint, key);

const unsigned = (text: string) => () => readCheckpoint(text, key.public);
const signedByOther = signCheckpoint(checkpoint, AuditSigningKey.ofPem(AuditSigningKey.newPem()));

describe('A signed checkpoint', () => {
  it('has the form of C2SP: origin, size, root, time, an empty line, the signature', () => {
    const [first, size, root, time, empty, signature, end] = note.split('\n');
    expect([first, size, time]).toEqual([origin, '17', 'time 2026-11-23T03:00:00.000Z']);
    expect(root).toBe('BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=');
    expect([empty, end]).toEqual(['', '']);
    expect(signature).toMatch(new RegExp(`^— ${origin} [A-Za-z0-9+/]{91}=$`));
    expect(readCheckpoint(note, key.public)).toEqual(checkpoint);
  });

  it('is read by the verifier key of its log, and by no other', () => {
    const { public: known } = key;
    expect(readCheckpoint(note, AuditPublicKey.of(known.verifierFor(origin)))).toEqual(checkpoint);
    expect(readCheckpoint(note, AuditPublicKey.of(`${known.pem}\n`))).toEqual(checkpoint);
    const ofOther = AuditPublicKey.of(known.verifierFor('care-brokerage/other'));
    expect(() => readCheckpoint(note, ofOther)).toThrow(
      'the public key is that of care-brokerage/other',
    );
  });

  it.each([
    ['another size', note.replace('\n17\n', '\n18\n')],
    ['another root', note.replace('\nBwcH', '\nCwcH')],
    ['another time', note.replace('T03:', 'T04:')],
    ['another log', note.replaceAll('000000000001', '000000000002')],
    ['another key', signedByOther],
    ['no signature', `${note.split('\n\n')[0]}\n\n`],
    ['a cut signature', note.slice(0, -3)],
    ['a line too many', note.replace('\ntime', '\nmore\ntime')],
    ['a time that is none', note.replace('time 2026', 'time 2x26')],
    ['nothing', ''],
  ])('is not taken with %s', (_, text) => {
    expect(unsigned(text)).toThrow(BadCheckpoint);
  });

  it('passes over the signature of a witness beside its own', () => {
    const witnessed = `${note}— witness.example ${Buffer.alloc(68, 1).toString('base64')}\n`;
    expect(readCheckpoint(witnessed, key.public)).toEqual(checkpoint);
  });
});

describe('A public key', () => {
  it('is that of RFC 8032, and its verifier key tells its own id', () => {
    const raw = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
    const verifier = key.public.verifierFor(origin);
    const encoded = verifier.split('+').slice(2).join('+');
    expect(Buffer.from(encoded, 'base64').toString('hex')).toBe(`01${raw}`);
    expect(verifier).toMatch(/^care-brokerage\/[0-9a-f-]{36}\+[0-9a-f]{8}\+/);
    const altered = verifier.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect(() => AuditPublicKey.of(altered)).toThrow(BadAuditKey);
  });

  it('is nothing else', () => {
    expect(() => AuditPublicKey.of('hello')).toThrow('neither a public key');
    expect(() => AuditSigningKey.ofPem('hello')).toThrow('no private key');
  });
});
