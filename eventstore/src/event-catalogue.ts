import { pathTo, type Path } from './personal-path.js';

/**
 * Which fields are personal: their paths, and where in the same object the subject's id stands.
 * Paths go through lists with `[]`: `chosenBy.name`, `reasons`, `lines[].note`. A bare list takes
 * the subject of the append's events.
 */
export type PersonalMark =
  readonly string[] | { readonly subject?: string; readonly fields: readonly string[] };

/** Personal fields of a slice; facts go by the name under which a command records them. */
export interface PersonalFields {
  readonly events?: Readonly<Record<string, PersonalMark>>;
  readonly commands?: Readonly<Record<string, PersonalMark>>;
  readonly facts?: Readonly<Record<string, PersonalMark>>;
}

/** `{ 1: from1To2, 2: from2To3 }`: the current version is one more than the last step's. */
export type Upcasters = Readonly<Record<number, (old: never) => unknown>>;

/** What a slice declares about its records: plain values, both optional, in one small object. */
export interface SliceRecords {
  readonly personal?: PersonalFields;
  /** Types of events with which the key of their subject is destroyed. */
  readonly erasing?: readonly string[];
  readonly upcasters?: {
    readonly events?: Readonly<Record<string, Upcasters>>;
    readonly commands?: Readonly<Record<string, Upcasters>>;
  };
}

/** What the codec knows of a type of event, a command or a fact. */
export interface RecordType {
  /** The version that is written now. */
  readonly version: number;
  /** Steps from version 1 on. */
  readonly steps: readonly ((old: never) => unknown)[];
  readonly subject?: Path;
  readonly personal: readonly Path[];
}

/** A record is of a later version than this software knows; it was written by a later one. */
export class VersionUnknown extends Error {
  override readonly name = 'VersionUnknown';
  constructor(type: string, version: number, known: number) {
    super(`${type} has version ${version}, this software knows versions up to ${known}`);
  }
}

/** Two slices declare the same type, or the steps of its versions have a gap. */
export class CatalogueMistaken extends Error {
  override readonly name = 'CatalogueMistaken';
}

const unmarked: RecordType = { version: 1, steps: [], personal: [] };

/** All stored types of the product. What no slice declares has version 1 and no personal field. */
export class EventCatalogue {
  private readonly events: ReadonlyMap<string, RecordType>;
  private readonly commands: ReadonlyMap<string, RecordType>;
  private readonly facts: ReadonlyMap<string, RecordType>;
  /** Where a subject is looked for when a mark names none. */
  readonly subject: Path;
  /** Types of events with which the key of their subject is destroyed. */
  readonly erasing: ReadonlySet<string>;

  /** Throws `CatalogueMistaken`. `subject` is the usual path of a subject's id. */
  constructor(slices: readonly SliceRecords[], { subject = 'personId' } = {}) {
    this.subject = pathTo(subject);
    this.erasing = new Set(slices.flatMap(({ erasing }) => erasing ?? []));
    const marks = slices.map(({ personal }) => personal ?? {});
    const steps = slices.map(({ upcasters }) => upcasters ?? {});
    this.events = merge(
      marks.map(({ events }) => events),
      steps.map(({ events }) => events),
    );
    this.commands = merge(
      marks.map(({ commands }) => commands),
      steps.map(({ commands }) => commands),
    );
    this.facts = merge(
      marks.map(({ facts }) => facts),
      [],
    );
  }

  event(type: string): RecordType {
    return this.events.get(type) ?? unmarked;
  }

  command(name: string): RecordType {
    return this.commands.get(name) ?? unmarked;
  }

  fact(name: string): RecordType {
    return this.facts.get(name) ?? unmarked;
  }

  /** Every declared type with its current version, for the samples of stored versions. */
  declared(): {
    events: ReadonlyMap<string, RecordType>;
    commands: ReadonlyMap<string, RecordType>;
  } {
    return { events: this.events, commands: this.commands };
  }
}

/** Brings a stored record to the current version, step by step. Throws `VersionUnknown`. */
export function upcast(name: string, type: RecordType, version: number, stored: unknown): unknown {
  if (version === type.version) return stored;
  if (version > type.version) throw new VersionUnknown(name, version, type.version);
  return type.steps.slice(version - 1).reduce((record, step) => step(record as never), stored);
}

type Declared<Value> = readonly (Readonly<Record<string, Value>> | undefined)[];

function merge(marks: Declared<PersonalMark>, steps: Declared<Upcasters>): Map<string, RecordType> {
  const marked = byName(marks);
  const stepped = byName(steps);
  const names = new Set([...marked.keys(), ...stepped.keys()]);
  return new Map(
    [...names].map((name) => {
      const ordered = inOrder(name, stepped.get(name) ?? {});
      const type = { version: ordered.length + 1, steps: ordered, ...pathsOf(marked.get(name)) };
      return [name, type] as const;
    }),
  );
}

function byName<Value>(declared: Declared<Value>): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of declared.flatMap((part) => Object.entries(part ?? {}))) {
    if (found.has(name)) throw new CatalogueMistaken(`two slices declare ${name}`);
    found.set(name, value);
  }
  return found;
}

function inOrder(name: string, steps: Upcasters): ((old: never) => unknown)[] {
  return Object.entries(steps).map(([version, step], index) => {
    if (Number(version) !== index + 1) {
      throw new CatalogueMistaken(`${name} has no step from version ${index + 1}`);
    }
    return step;
  });
}

function pathsOf(mark: PersonalMark = []): Pick<RecordType, 'personal' | 'subject'> {
  if (!('fields' in mark)) return { personal: mark.map(pathTo) };
  const personal = mark.fields.map(pathTo);
  return { personal, ...(mark.subject !== undefined && { subject: pathTo(mark.subject) }) };
}
