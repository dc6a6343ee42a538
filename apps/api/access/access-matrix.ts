import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { projectRoot } from '#platform/config/project-root.js';
import type { StartedApi } from '../started-api.js';
import { callOf, fieldsAnswered, fullQueryOf, type KnownValues } from './schema-walk.js';

/** Someone of each role, as a test signs in. */
export type PeopleByRole = Readonly<Record<string, readonly string[]>>;

/** Which roles the service answers: by query, by mutation, and by field of what is shown. */
export interface AccessMatrix {
  readonly queries: Readonly<Record<string, readonly string[]>>;
  readonly mutations: Readonly<Record<string, readonly string[]>>;
  /** Fields of which a role was shown a value. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly known: KnownValues;
  readonly people: PeopleByRole;
}

/** The schema as a client is told it. */
export async function schemaOf(api: StartedApi): Promise<GraphQLSchema> {
  const answer = await api.data<IntrospectionQuery & Record<string, unknown>>(
    'administrator',
    getIntrospectionQuery(),
  );
  return buildClientSchema(answer);
}

/** Asks everything as everyone and writes down what was answered. */
export async function accessMatrixOf(api: StartedApi, asked: Asked): Promise<AccessMatrix> {
  const queries = new Map<string, Set<string>>();
  const mutations = new Map<string, Set<string>>();
  const fields = new Map<string, Set<string>>();
  const note = (map: Map<string, Set<string>>, name: string, role: string) =>
    map.set(name, (map.get(name) ?? new Set()).add(role));
  const { schema, known } = asked;
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (!query || !mutation) throw new Error('the schema has queries and mutations');
  for (const { name } of Object.values(query.getFields())) queries.set(name, new Set());
  for (const { name } of Object.values(mutation.getFields())) mutations.set(name, new Set());

  const askAs = async (role: string, person: string) => {
    for (const field of Object.values(query.getFields())) {
      for (const values of attempts(field, known)) {
        const answer = await api.graphql(person, fullQueryOf(field, values));
        if (isRefused(answer, `${person}: ${field.name}`)) break;
        note(queries, field.name, role);
        for (const seen of fieldsAnswered(query, answer.data)) note(fields, seen, role);
      }
    }
    for (const field of Object.values(mutation.getFields())) {
      const answer = await api.graphql(person, callOf('mutation', field));
      if (!isRefused(answer, `${person}: ${field.name}`)) note(mutations, field.name, role);
    }
  };
  const everyone = Object.entries(asked.people).flatMap(([role, people]) =>
    people.map((person) => askAs(role, person)),
  );
  await Promise.all(everyone);
  return { queries: sorted(queries), mutations: sorted(mutations), fields: sorted(fields) };
}

const triesOfOneQuery = 12;

/** A query about one thing is asked about several, since the first one may not show every field. */
function* attempts(field: GraphQLField<unknown, unknown>, known: KnownValues) {
  const ids = field.args.map(({ name }) => name).filter((name) => known.has(name));
  const most = Math.max(1, ...ids.map((name) => known.get(name)?.length ?? 1));
  const tries = isObjectType(getNamedType(field.type)) ? Math.min(most, triesOfOneQuery) : 1;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    yield new Map(
      [...known].map(([name, values]) => {
        const at = Math.floor((attempt * values.length) / tries);
        return [name, [...values.slice(at), ...values.slice(0, at)]];
      }),
    );
  }
}

type Answer = Awaited<ReturnType<StartedApi['graphql']>>;

/** Refused at the root for want of a role, and then told nothing else. */
function isRefused({ data, errors = [] }: Answer, asked: string): boolean {
  const refused = errors.some(
    ({ extensions, path }) => extensions.code === 'FORBIDDEN' && path?.length === 1,
  );
  const told = Object.values(data ?? {}).some((value) => value !== null);
  if (refused && (told || errors.length > 1)) throw new Error(`${asked} is refused and told more`);
  return refused;
}

const sorted = (map: ReadonlyMap<string, ReadonlySet<string>>) =>
  Object.fromEntries(
    [...map]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, roles]) => [name, [...roles].toSorted()]),
  );

/** The matrix as it is committed. */
export const matrixFile = `${projectRoot}apps/api/access-matrix.json`;

/** One line for each query, mutation and field, so that a change of roles is one line of a diff. */
export function matrixText(matrix: AccessMatrix): string {
  const section = (rows: Readonly<Record<string, readonly string[]>>): string =>
    Object.entries(rows)
      .map(([name, roles]) => `    ${JSON.stringify(name)}: ${JSON.stringify(roles)}`)
      .join(',\n');
  const sections = Object.entries(matrix).map(
    ([name, rows]) => `  ${JSON.stringify(name)}: {\n${section(rows as never)}\n  }`,
  );
  return `{\n${sections.join(',\n')}\n}\n`;
}
