import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { exampleMessages } from '#brokerage/case-inbox/example-messages.js';
import { messagesIn } from '#brokerage/case-inbox/messages-in.js';
import { publishedFiles } from './published.js';

const folder = join(projectRoot, 'docs/integration');

describe('What is published for integrators', () => {
  it('is what the service takes: run `npm run schemas` after a change', () => {
    const kept = [...publishedFiles()].map(([name]) => [
      name,
      readFileSync(join(folder, name), 'utf8'),
    ]);
    expect(new Map(kept as [string, string][])).toEqual(publishedFiles());
    const schemas = readdirSync(join(folder, 'schemas')).map((name) => `schemas/${name}`);
    expect(schemas.toSorted()).toEqual(
      [...publishedFiles().keys()].filter((name) => name.startsWith('schemas/')).toSorted(),
    );
  });

  it('has an example of each message that its schema takes whole', () => {
    for (const [type, schema] of Object.entries(messagesIn)) {
      const example = exampleMessages[type as keyof typeof exampleMessages];
      expect(schema.safeParse(example)).toMatchObject({ success: true, data: example });
    }
  });
});
