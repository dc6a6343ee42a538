import 'reflect-metadata';
import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { getMetadataStorage } from 'class-validator';
import { projectRoot } from '#platform/config/project-root.js';

type DescribedField = { readonly type?: () => unknown };

/** An input class, with what the compiler plugin says of its fields. */
interface InputClass {
  readonly name: string;
  _GRAPHQL_METADATA_FACTORY?(): Readonly<Record<string, DescribedField>>;
}

const isInput = (value: unknown): value is InputClass =>
  typeof value === 'function' && Object.hasOwn(value, '_GRAPHQL_METADATA_FACTORY');

const validationsOf = (input: InputClass, field: string) =>
  getMetadataStorage()
    .getTargetValidationMetadatas(input as never, '', false, false)
    .filter(({ propertyName }) => propertyName === field);

/**
 * `Class.field` of each field that the input pipe would refuse as unknown, because nothing is said
 * of it, or whose own fields it would not check. GraphQL checks the types of scalars.
 */
const unchecked = (input: InputClass): string[] =>
  Object.entries(input._GRAPHQL_METADATA_FACTORY?.() ?? {}).flatMap(([field, { type }]) => {
    const validations = validationsOf(input, field);
    const [fieldType] = [type?.()].flat();
    const checked = isInput(fieldType)
      ? validations.some((validation) => validation.type === 'nestedValidation')
      : validations.length > 0;
    return checked ? [] : [`${input.name}.${field}`];
  });

describe('What commands take', () => {
  it('is checked field by field, into the depth', async () => {
    const files = globSync(`${projectRoot}dist/libs/brokerage/src/**/*.commands.js`);
    const modules = await Promise.all(
      files.map(
        async (file) => (await import(pathToFileURL(file).href)) as Record<string, unknown>,
      ),
    );
    const inputs = modules.flatMap((module) => Object.values(module)).filter(isInput);
    expect(inputs.length).toBeGreaterThan(10);
    expect([...new Set(inputs.flatMap(unchecked))]).toEqual([]);
  });
});
