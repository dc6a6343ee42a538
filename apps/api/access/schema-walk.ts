import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';

/** Values that arguments and input fields of a name may take, found in a council's own log. */
export type KnownValues = ReadonlyMap<string, readonly string[]>;

const noValues: KnownValues = new Map();

/** A literal of a type: a known value of this name where there is one, else one that means nothing. */
export function literalOf(name: string, type: GraphQLInputType, known = noValues): string {
  if (isNonNullType(type)) return literalOf(name, type.ofType, known);
  if (isListType(type)) return `[${literalOf(name.replace(/s$/, ''), type.ofType, known)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    const fields = required.map(
      (field) => `${field.name}: ${literalOf(field.name, field.type, known)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  const value = known.get(name)?.[0];
  if (value !== undefined && (type.name === 'ID' || type.name === 'String')) {
    return JSON.stringify(value);
  }
  return { Int: '1', Float: '1', Boolean: 'true' }[type.name] ?? '"x"';
}

type Field = GraphQLField<unknown, unknown>;

/** A mutation or query with its required arguments, asking for nothing but that it is answered. */
export function callOf(operation: 'query' | 'mutation', field: Field, known = noValues): string {
  const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${operation} { ${field.name}${argumentsOf(field, known)}${selection} }`;
}

const rowsAsked = 4;
/** The service answers ten levels; a connection takes three of them. */
const deepest = 9;

/** A query for everything that a root field reaches: each field of each type, once on a path. */
export const fullQueryOf = (field: Field, known = noValues): string =>
  `{ ${selected(field, known, [])} }`;

function selected(field: Field, known: KnownValues, path: readonly string[]): string {
  const type = getNamedType(field.type);
  const call = `${field.name}${argumentsOf(field, known)}`;
  if (isLeafType(type)) return call;
  if (!isObjectType(type)) return '';
  const fields = selectionOf(type, known, [...path, type.name]);
  return fields && `${call} { ${fields} }`;
}

function selectionOf(type: GraphQLObjectType, known: KnownValues, path: readonly string[]): string {
  return Object.values(type.getFields())
    .filter((field) => {
      const { name } = getNamedType(field.type);
      const leaf = isLeafType(getNamedType(field.type));
      return leaf || (!path.includes(name) && path.length < deepest);
    })
    .map((field) => selected(field, known, path))
    .filter((text) => text !== '')
    .join(' ');
}

function argumentsOf({ args }: Field, known: KnownValues): string {
  const given = args.filter(
    (argument) => isRequiredArgument(argument) || argument.name === 'first',
  );
  const list = given.map(({ name, type }) =>
    name === 'first' ? `first: ${rowsAsked}` : `${name}: ${literalOf(name, type, known)}`,
  );
  return list.length > 0 ? `(${list.join(', ')})` : '';
}

/** `Type.field` of every value in an answer that is not null, not absent and not an empty list. */
export function fieldsAnswered(type: GraphQLObjectType, value: unknown): Set<string> {
  const seen = new Set<string>();
  if (typeof value !== 'object' || value === null) return seen;
  for (const [name, answered] of Object.entries(value as Record<string, unknown>)) {
    const field = type.getFields()[name];
    if (!field || answered === null || (Array.isArray(answered) && answered.length === 0)) continue;
    seen.add(`${type.name}.${name}`);
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) continue;
    for (const item of Array.isArray(answered) ? (answered as unknown[]) : [answered]) {
      for (const nested of fieldsAnswered(inner, item)) seen.add(nested);
    }
  }
  return seen;
}
