import type { EventCatalogue } from '#eventstore/event-catalogue.js';
import type { SubmittedCommand } from '#platform/commands/submission.js';

/** Words that stand nowhere else, by the field that they are planted in: `ChooseOffer.reasons`. */
export type Canaries = ReadonlyMap<string, string>;

/** Values of an identity that are checked when they are recorded, so they stay as they are. */
const checked = new Set(['bornOn', 'postcode', 'phone', 'nhsNumber', 'system']);

/**
 * Replaces the text of each personal field of each command by a word of that field's own, and fills
 * those that are absent. The fields are the catalogue's, so that a new one cannot be forgotten.
 */
export class Planting {
  readonly canaries = new Map<string, string>();
  /** Checked values as they were sent: they are looked for as well. */
  readonly values = new Set<string>();

  constructor(private readonly catalogue: EventCatalogue) {}

  planted<Command extends SubmittedCommand>(name: string, command: Command): Command {
    return this.catalogue
      .command(name)
      .personal.reduce<unknown>(
        (fields, path) => this.at(fields, path, `${name}.${path.join('.')}`),
        command,
      ) as Command;
  }

  private at(value: unknown, [step, ...rest]: readonly string[], field: string): unknown {
    if (step === undefined) return this.sown(value, field);
    if (step === '[]') {
      return Array.isArray(value) ? value.map((entry) => this.at(entry, rest, field)) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    const fields = value as Record<string, unknown>;
    const found = fields[step];
    const isAbsent = found === undefined || found === null;
    if (isAbsent && rest.length > 0) return value;
    return { ...fields, [step]: this.at(isAbsent ? '' : found, rest, field) };
  }

  private sown(value: unknown, field: string): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.sown(entry, field));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, held]) => {
          if (checked.has(name)) this.values.add(String(held));
          return [name, checked.has(name) ? held : this.sown(held, `${field}.${name}`)];
        }),
      );
    }
    return typeof value === 'string' ? this.wordFor(field) : value;
  }

  private wordFor(field: string): string {
    const known = this.canaries.get(field);
    const word = known ?? `zqcanary${this.canaries.size}x`;
    this.canaries.set(field, word);
    return field.endsWith('.email') ? `${word}@example.org` : word;
  }
}
