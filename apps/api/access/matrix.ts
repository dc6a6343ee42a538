import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isObjectType, type GraphQLSchema } from 'graphql';
import {
  accessMatrixOf,
  matrixFile,
  matrixText,
  schemaOf,
  type AccessMatrix,
} from './access-matrix.js';
import { startSampledApi } from './sampled-api.js';

/**
 * `npm run matrix`: asks everything as everyone and writes down who was answered. Whether a field has
 * a value for someone hangs on the rows of the sampled council, so fields that were shown before stay;
 * to take one away from a role, remove it from the file and run this again.
 */
const sampled = await startSampledApi();
try {
  const { api, known, people } = sampled;
  const schema = await schemaOf(api);
  const found = await accessMatrixOf(api, { schema, known, people });
  writeFileSync(matrixFile, matrixText({ ...found, fields: withEarlier(found.fields, schema) }));
} finally {
  await sampled.stop();
}

function withEarlier(found: AccessMatrix['fields'], schema: GraphQLSchema): AccessMatrix['fields'] {
  const earlier = existsSync(matrixFile)
    ? (JSON.parse(readFileSync(matrixFile, 'utf8')) as AccessMatrix).fields
    : {};
  const exists = (name: string) => {
    const [typeName = '', field = ''] = name.split('.');
    const type = schema.getType(typeName);
    return isObjectType(type) && Object.hasOwn(type.getFields(), field);
  };
  const names = new Set([...Object.keys(found), ...Object.keys(earlier)]);
  const rows = [...names]
    .filter(exists)
    .toSorted()
    .map((name) => {
      const roles = new Set([...(found[name] ?? []), ...(earlier[name] ?? [])]);
      return [name, [...roles].toSorted()] as const;
    });
  return Object.fromEntries(rows);
}
