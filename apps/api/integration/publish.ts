import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { publishedFiles } from './published.js';

/** `npm run schemas`: writes what integrators read. */
for (const [name, text] of publishedFiles()) {
  const file = join(projectRoot, 'docs/integration', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
