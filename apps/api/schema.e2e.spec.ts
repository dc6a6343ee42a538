import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isInputObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validate,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { projectRoot } from '#platform/config/project-root.js';
import { exampleQueries } from '#platform/graphql/example-queries.js';
import { callOf } from './access/schema-walk.js';
import { StartedApi } from './started-api.js';

describe('The schema', () => {
  let api: StartedApi;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    api = await StartedApi.start();
    const answer = await api.data<IntrospectionQuery & Record<string, unknown>>(
      'administrator',
      getIntrospectionQuery(),
    );
    schema = lexicographicSortSchema(buildClientSchema(answer));
  });

  afterAll(() => api.stop());

  const operations = () => [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => ({
      field,
      call: callOf('query', field),
    })),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({
      field,
      call: callOf('mutation', field),
    })),
  ];

  it('is the committed one; otherwise run `npm run schema` and review its diff', () => {
    const committed = readFileSync(`${projectRoot}apps/api/schema.graphql`, 'utf8');
    expect(committed.trimEnd()).toBe(printSchema(schema).trimEnd());
  });

  it('lets nobody call a query or mutation without signing in', async () => {
    const codes = await Promise.all(
      operations().map(async ({ field, call }) => {
        const { errors } = await api.graphql(undefined, call);
        return `${field.name}: ${errors?.[0]?.extensions.code ?? 'answered'}`;
      }),
    );
    expect(codes.filter((line) => !line.endsWith(': UNAUTHENTICATED'))).toEqual([]);
    expect(codes.length).toBeGreaterThan(0);
  });

  it('has a sentence for every query and mutation and for everything they take', () => {
    const inputs = Object.values(schema.getTypeMap()).filter(
      (type) => type instanceof GraphQLInputObjectType || type instanceof GraphQLEnumType,
    );
    const silent = [...operations().map(({ field }) => field), ...inputs]
      .filter(({ name, description }) => !description && !name.startsWith('__'))
      .map(({ name }) => name);
    expect(silent).toEqual([]);
  });

  it('takes a command id with every mutation', () => {
    const without = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
      ({ args }) => {
        const input = getNamedType(args[0]?.type);
        return !(isInputObjectType(input) && input.getFields()['commandId']);
      },
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('lists the code of every rule that can refuse something', () => {
    const files = globSync(`${projectRoot}libs/brokerage/src/**/*.ts`).filter(
      (file) => !file.endsWith('.spec.ts'),
    );
    const written = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const literal = [...text.matchAll(/\bcode: '([A-Z]\w+)'/g)];
      const rules = /const \w*[rR]ules = \{([^]*?)\n\}/.exec(text)?.[1] ?? '';
      return [...literal, ...rules.matchAll(/^ {2}([A-Z]\w+):/gm)].map(([, code]) => String(code));
    });
    const listed = schema.getType('ErrorCode') as GraphQLEnumType;
    const codes = new Set(listed.getValues().map(({ name }) => name));
    expect(written.length).toBeGreaterThan(0);
    expect([...new Set(written)].filter((code) => !codes.has(code))).toEqual([]);
  });

  const examples = exampleQueries(new Date().toISOString(), () => randomBytes(10).toString('hex'));

  it.each(examples)('fits the example $name, which says what it shows', ({ query }) => {
    expect(validate(schema, parse(query))).toEqual([]);
    expect(query).toMatch(/^# \S/);
  });

  it.each(examples)('answers the example $name', async ({ name, query, person, variables }) => {
    const { data, errors } = await api.graphql(person, query, variables);
    if (name === 'refused-referral') {
      expect(errors?.[0]?.extensions.violations.length).toBeGreaterThan(3);
    } else {
      expect([errors, data]).toEqual([undefined, expect.any(Object)]);
    }
  });
});
