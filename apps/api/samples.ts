import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { sampledCouncil } from '#runtime/sampled-council.js';

/**
 * `npm run samples`: writes a sample of each stored version of each event and command. Review the
 * difference: a sample of an existing version that changes its shape needs a new version and an
 * upcaster instead.
 */
for (const [name, value] of await sampledCouncil()) {
  const file = `${projectRoot}eventstore/contracts/${name}.json`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
