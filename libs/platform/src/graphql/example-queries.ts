import { readFileSync, readdirSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { uuidV7 } from '#kernel/ids.js';
import { civilDateOf, instantMs, monthAfter, monthOf, type Instant } from '#kernel/time.js';
import { projectRoot } from '../config/project-root.js';

/** A ready-made operation: its comment says what it shows and, as `Person: <id>`, who may ask it. */
export interface ExampleQuery {
  readonly name: string;
  readonly query: string;
  readonly person: string;
  /** Values for the variables it declares. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The operations under `docs/queries`, in the order of their file names. Their variables are filled
 * by name: `month` is the last complete one, `today` a civil date, `commandId` a fresh one.
 *
 * @param random 20 hex digits for each command id
 */
export const exampleQueries = (now: Instant, random: () => string): readonly ExampleQuery[] => {
  const folder = `${projectRoot}docs/queries`;
  const today = civilDateOf(now);
  const values: Readonly<Record<string, () => string>> = {
    today: () => today,
    month: () => monthAfter(monthOf(today), -1),
    commandId: () => uuidV7(instantMs(now), random()),
  };
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => {
      const query = readFileSync(`${folder}/${file}`, 'utf8');
      const given = variablesOf(query).map((name) => [name, values[name]?.() ?? ''] as const);
      return {
        name: file.replace(/^\d+-|\.graphql$/g, ''),
        query,
        person: /#.*Person: ([\w:-]+)/.exec(query)?.[1] ?? 'broker',
        variables: Object.fromEntries(given),
      };
    });
};

const variablesOf = (query: string): readonly string[] =>
  parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
      : [],
  );
