import { createHmac, randomBytes } from 'node:crypto';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { isErased } from '#eventstore/sealing.js';
import type { ExternalId, Identity } from './service-user.events.js';

/** An id under which a person is looked for. */
export type WantedPerson = { readonly nhsNumber: string } | { readonly externalId: ExternalId };

const types = [
  ...['PackageReferred', 'PackageTakenOn', 'IncompleteReferralReceived'],
  ...['IdentityRecorded', 'IdentityCorrected', 'ExternalIdAdded', 'PersonErased'],
];

/**
 * Finds people by NHS number and by other systems' ids. The index is in memory only, of hashes under
 * a key of this process: in the log or in a file a hash of so few possible numbers would outlive the
 * erasure of the person and could be guessed (ADR 13).
 */
export class PersonDirectory {
  private readonly key = randomBytes(32);
  private readonly people = new Map<string, Set<string>>();
  private readonly nhsHashes = new Map<string, string>();
  private readonly externalHashes = new Map<string, Set<string>>();
  private upTo: Position = 0;
  private reading: Promise<void> | undefined;

  constructor(private readonly log: Pick<EventStore, 'readAll'>) {}

  /** Ids of the people known by this id, up to all that the log holds now. */
  async find(wanted: WantedPerson): Promise<readonly string[]> {
    await this.catchUp();
    return [...(this.people.get(this.hashOf(wanted)) ?? [])].sort();
  }

  /** Reads what the log has gained. */
  async catchUp(): Promise<void> {
    // Who asks while others read may want an event that came after they began.
    while (this.reading) await this.reading;
    this.reading = this.readOn().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  private async readOn(): Promise<void> {
    for (let caughtUp = false; !caughtUp;) {
      const page = await this.log.readAll({ after: this.upTo, filter: { types } });
      for (const event of page.events) this.learn(event);
      ({ upTo: this.upTo, caughtUp } = page);
    }
  }

  private learn({ type, data }: StoredEvent): void {
    const { personId, identity, externalId, reference } = data as {
      personId: string;
      identity?: Identity;
      externalId?: ExternalId;
      reference?: ExternalId;
    };
    if (type === 'PersonErased') {
      this.forget(personId);
      return;
    }
    const known = externalId ?? reference;
    if (known && !isErased(known)) this.addExternal(personId, known);
    if (identity) this.setNhsNumber(personId, isErased(identity) ? undefined : identity.nhsNumber);
  }

  private addExternal(personId: string, externalId: ExternalId): void {
    const hash = this.hashOf({ externalId });
    const own = this.externalHashes.get(personId) ?? new Set();
    this.externalHashes.set(personId, own.add(hash));
    this.people.set(hash, (this.people.get(hash) ?? new Set()).add(personId));
  }

  private setNhsNumber(personId: string, nhsNumber: string | undefined): void {
    this.remove(this.nhsHashes.get(personId), personId);
    this.nhsHashes.delete(personId);
    if (nhsNumber === undefined) return;
    const hash = this.hashOf({ nhsNumber });
    this.nhsHashes.set(personId, hash);
    this.people.set(hash, (this.people.get(hash) ?? new Set()).add(personId));
  }

  private forget(personId: string): void {
    this.setNhsNumber(personId, undefined);
    for (const hash of this.externalHashes.get(personId) ?? []) this.remove(hash, personId);
    this.externalHashes.delete(personId);
  }

  private remove(hash: string | undefined, personId: string): void {
    if (hash === undefined) return;
    const found = this.people.get(hash);
    found?.delete(personId);
    if (found?.size === 0) this.people.delete(hash);
  }

  private hashOf(wanted: WantedPerson): string {
    const text =
      'nhsNumber' in wanted
        ? `nhs\u0000${wanted.nhsNumber.replace(/\D/g, '')}`
        : `${wanted.externalId.system.trim()}\u0000${wanted.externalId.personRef.trim()}`;
    return createHmac('sha256', this.key).update(text).digest('base64');
  }
}
