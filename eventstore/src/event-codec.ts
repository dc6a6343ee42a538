import { upcast, type EventCatalogue, type RecordType } from './event-catalogue.js';
import type {
  EventMetadata,
  NewEvent,
  RecordedCommand,
  RecordedFact,
  StoredEvent,
} from './event-store.js';
import { changedAt, textAt } from './personal-path.js';
import { isErased, KeyMissing, seal, SubjectErased, unsealAll } from './sealing.js';
import type { SubjectKeys } from './subject-keys.js';

/** `revealed`: personal fields as they were; `sealed`: as they are stored. */
export type Reading = 'revealed' | 'sealed';

/** A personal field came without the person whose key would seal it; nothing was recorded. */
export class SubjectMissing extends Error {
  override readonly name = 'SubjectMissing';
  constructor(readonly record: string) {
    super(`${record} has personal fields but names no subject`);
  }
}

/** Seals personal fields on the way to a store; unseals and upcasts on the way back. */
export class EventCodec {
  constructor(
    private readonly catalogue: EventCatalogue,
    private readonly keys: SubjectKeys,
  ) {}

  /**
   * The events of one append as they are stored. Throws `RangeError` for a version that is not the
   * current one, `SubjectMissing` and `SubjectErased`.
   */
  encode(events: readonly NewEvent[]): NewEvent[] {
    const subject = this.subjectOf(events);
    if (subject !== undefined && this.keys.isErased(subject)) throw new SubjectErased(subject);
    return events.map((event) => {
      const type = this.catalogue.event(event.type);
      ensureCurrent(event.type, type, event.version);
      const data = this.sealFields(event.type, type, event.data, subject);
      const metadata = this.sealMetadata(event.metadata, subject);
      return data === event.data && metadata === event.metadata
        ? event
        : { ...event, data, metadata };
    });
  }

  /** Brings the keys that `encode` needs and that another node may have made. */
  async prepare(events: readonly NewEvent[]): Promise<void> {
    const { keys } = this;
    if (!keys.fetch || !keys.isKnown) return;
    const subject = this.subjectOf(events);
    const named = events.map(({ type, data }) =>
      textAt(data, this.catalogue.event(type).subject ?? this.catalogue.subject),
    );
    for (const each of new Set([subject, ...named])) {
      if (each !== undefined && !keys.isKnown(each)) await keys.fetch(each);
    }
  }

  /** What `read` answers once it meets no key that is not here; keys are brought as they are met. */
  async withKeys<Result>(read: () => Result): Promise<Result> {
    for (let missing: string | undefined; ;) {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof KeyMissing) || error.subject === missing) throw error;
        if (!this.keys.fetch) throw error;
        missing = error.subject;
        await this.keys.fetch(missing);
      }
    }
  }

  /** Resolves once all that `encode` sealed can be opened after a power cut. */
  sealedForGood(): Promise<void> | undefined {
    return this.keys.durable();
  }

  /** Destroys the keys of those whose erasure these events record. */
  async recorded(events: readonly NewEvent[]): Promise<void> {
    let erased = false;
    for (const { type, data } of events) {
      if (!this.catalogue.erasing.has(type)) continue;
      const subject = textAt(data, this.catalogue.subject);
      if (subject === undefined) continue;
      this.keys.erase(subject);
      erased = true;
    }
    if (erased) await this.keys.durable();
  }

  /** A stored event at its current version. Throws `VersionUnknown` and `SealBroken`. */
  decode(event: StoredEvent, reading: Reading): StoredEvent {
    const type = this.catalogue.event(event.type);
    const data = this.open(event.type, type, event.version, event.data, reading);
    const metadata = this.openMetadata(event.metadata, reading);
    return data === event.data && metadata === event.metadata && event.version === type.version
      ? event
      : { ...event, version: type.version, data, metadata };
  }

  /** The first person whom an event of the append names. */
  private subjectOf(events: readonly NewEvent[]): string | undefined {
    for (const { type, data } of events) {
      const subject = textAt(data, this.catalogue.event(type).subject ?? this.catalogue.subject);
      if (subject !== undefined) return subject;
    }
    return undefined;
  }

  private sealFields(name: string, type: RecordType, value: unknown, other?: string): unknown {
    const subject = textAt(value, type.subject ?? this.catalogue.subject) ?? other;
    return type.personal.reduce(
      (record, path) =>
        changedAt(record, path, (field) => {
          if (subject === undefined) throw new SubjectMissing(name);
          return seal(field, subject, this.keys);
        }),
      value,
    );
  }

  private sealMetadata(metadata: EventMetadata, subject: string | undefined): EventMetadata {
    const { command, facts, fingerprint } = metadata;
    if (!command) return metadata;
    const type = this.catalogue.command(command.name);
    ensureCurrent(command.name, type, command.version);
    const fields = this.sealFields(command.name, type, command.fields, subject);
    const sealedFacts = facts?.map((fact) => this.sealFact(fact, subject));
    const isPersonal = fields !== command.fields && fingerprint !== undefined;
    return {
      ...metadata,
      command: { ...command, fields },
      ...(sealedFacts && { facts: sealedFacts }),
      // A plain hash would let personal words be guessed after their key is gone.
      ...(isPersonal && { fingerprint: this.sealFingerprint(command, fingerprint, subject) }),
    };
  }

  private sealFact(fact: RecordedFact, subject: string | undefined): RecordedFact {
    const value = this.sealFields(fact.name, this.catalogue.fact(fact.name), fact.value, subject);
    return value === fact.value ? fact : { ...fact, value };
  }

  private sealFingerprint(command: RecordedCommand, fingerprint: string, other?: string): string {
    const type = this.catalogue.command(command.name);
    const subject = textAt(command.fields, type.subject ?? this.catalogue.subject) ?? other;
    if (subject === undefined) throw new SubjectMissing(command.name);
    return JSON.stringify(seal(fingerprint, subject, this.keys));
  }

  private open(
    name: string,
    type: RecordType,
    version: number,
    stored: unknown,
    reading: Reading,
  ): unknown {
    const mayBeSealed = reading === 'revealed' && type.personal.length > 0;
    const plain = mayBeSealed ? unsealAll(stored, this.keys) : stored;
    return upcast(name, type, version, plain);
  }

  private openMetadata(metadata: EventMetadata, reading: Reading): EventMetadata {
    const { command, facts, fingerprint, ...rest } = metadata;
    if (!command) return metadata;
    const type = this.catalogue.command(command.name);
    const fields = this.open(command.name, type, command.version, command.fields, reading);
    const openFacts = facts?.map((fact) => {
      const value = this.open(fact.name, this.catalogue.fact(fact.name), 1, fact.value, reading);
      return value === fact.value ? fact : { ...fact, value };
    });
    const plainFingerprint = this.openFingerprint(fingerprint, reading);
    return {
      ...rest,
      command: { ...command, version: type.version, fields },
      ...(openFacts && { facts: openFacts }),
      ...(plainFingerprint !== undefined && { fingerprint: plainFingerprint }),
    };
  }

  /** An erased subject's fingerprint is gone: nothing can be compared with it any more. */
  private openFingerprint(stored: string | undefined, reading: Reading): string | undefined {
    if (reading === 'sealed' || !stored?.startsWith('{')) return stored;
    const plain = unsealAll(JSON.parse(stored), this.keys);
    return isErased(plain) ? undefined : String(plain);
  }
}

function ensureCurrent(name: string, type: RecordType, version: number): void {
  if (version === type.version) return;
  throw new RangeError(`${name} is written at version ${type.version}, not ${version}`);
}
