import { writeFileSync } from 'node:fs';
import { accessMatrixOf, matrixFile, matrixText, schemaOf } from './access-matrix.js';
import { startSampledApi } from './sampled-api.js';

/** `npm run matrix`: asks everything as everyone and writes down who was answered. */
const sampled = await startSampledApi();
try {
  const { api, known, people } = sampled;
  const matrix = await accessMatrixOf(api, { schema: await schemaOf(api), known, people });
  writeFileSync(matrixFile, matrixText(matrix));
} finally {
  await sampled.stop();
}
