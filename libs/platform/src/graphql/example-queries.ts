import { readFileSync, readdirSync } from 'node:fs';
import { projectRoot } from '../config/project-root.js';

/** A ready-made query: its comment says what it shows and, as `Person: <id>`, who may ask it. */
export interface ExampleQuery {
  readonly name: string;
  readonly query: string;
}

/** The queries under `docs/queries`, in the order of their file names. */
export const exampleQueries = (folder = `${projectRoot}docs/queries`): readonly ExampleQuery[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => ({
      name: file.replace(/^\d+-|\.graphql$/g, ''),
      query: readFileSync(`${folder}/${file}`, 'utf8'),
    }));
