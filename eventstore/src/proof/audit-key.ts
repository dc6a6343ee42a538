import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** The algorithm byte of Ed25519 in keys of signed notes. */
const ed25519 = Buffer.from([1]);
const pemBlock = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/;
const verifierLine = /^(?<name>[^\s+]+)\+(?<id>[0-9a-f]{8})\+(?<key>[A-Za-z0-9+/]+=*)$/m;
/** What comes before the 32 bytes of an Ed25519 key in DER. */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** A file is no key that signs or verifies checkpoints; the message says what to do. */
export class BadAuditKey extends Error {
  override readonly name = 'BadAuditKey';
}

/** The key with which checkpoints are signed. */
export class AuditSigningKey {
  readonly public: AuditPublicKey;

  private constructor(private readonly key: KeyObject) {
    this.public = new AuditPublicKey(rawOf(createPublicKey(key)));
  }

  /** Reads PEM. Throws `BadAuditKey`. */
  static ofPem(pem: string): AuditSigningKey {
    let key: KeyObject;
    try {
      key = createPrivateKey(pem);
    } catch {
      throw new BadAuditKey('is no private key in PEM');
    }
    if (key.asymmetricKeyType !== 'ed25519') throw new BadAuditKey('is no Ed25519 key');
    return new AuditSigningKey(key);
  }

  /** A new private key, as PEM. */
  static newPem(): string {
    const { privateKey } = generateKeyPairSync('ed25519');
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text), this.key);
  }
}

/** The key that everybody may know: it tells whose signature a checkpoint has. */
export class AuditPublicKey {
  constructor(
    /** 32 bytes. */
    private readonly raw: Buffer,
    /** Whose checkpoints it verifies, where the key says so. */
    readonly signer?: string,
  ) {}

  /** Reads PEM, or the verifier key of signed notes (`name+id+key`). Throws `BadAuditKey`. */
  static of(text: string): AuditPublicKey {
    const pem = pemBlock.exec(text)?.[0];
    if (pem !== undefined) return new AuditPublicKey(rawOfPem(pem));
    const { name, id, key } = verifierLine.exec(text)?.groups ?? {};
    if (name === undefined || key === undefined) {
      throw new BadAuditKey(
        'is neither a public key in PEM nor a verifier key such as name+id+key',
      );
    }
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 33 || bytes[0] !== ed25519[0]) throw new BadAuditKey('is no Ed25519 key');
    const found = new AuditPublicKey(bytes.subarray(1), name);
    if (found.idFor(name).toString('hex') !== id) {
      throw new BadAuditKey('is a verifier key whose id is not that of its name and key');
    }
    return found;
  }

  /** Four bytes that say in a note which key signed it. */
  idFor(name: string): Buffer {
    const named = Buffer.concat([Buffer.from(`${name}\n`), ed25519, this.raw]);
    return hash('sha256', named, 'buffer').subarray(0, 4);
  }

  /** The verifier key of signed notes. */
  verifierFor(name: string): string {
    const key = Buffer.concat([ed25519, this.raw]).toString('base64');
    return `${name}+${this.idFor(name).toString('hex')}+${key}`;
  }

  get pem(): string {
    return this.keyObject().export({ type: 'spki', format: 'pem' }).toString();
  }

  verifies(text: string, signature: Uint8Array): boolean {
    return verify(null, Buffer.from(text), this.keyObject(), signature);
  }

  private keyObject(): KeyObject {
    const key = Buffer.concat([derPrefix, this.raw]);
    return createPublicKey({ key, type: 'spki', format: 'der' });
  }
}

function rawOfPem(pem: string): Buffer {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new BadAuditKey('is no public key in PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new BadAuditKey('is no Ed25519 key');
  return rawOf(key);
}

const rawOf = (key: KeyObject): Buffer =>
  key.export({ type: 'spki', format: 'der' }).subarray(derPrefix.length);
