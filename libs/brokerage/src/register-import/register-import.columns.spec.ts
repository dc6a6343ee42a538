import { readFileSync } from 'node:fs';
import { projectRoot } from '#platform/config/project-root.js';
import { contractColumns, providerColumns, rateColumns } from './register-import.columns.js';

describe('The columns of the register’s files', () => {
  it.each([
    ['providers', providerColumns],
    ['contracts', contractColumns],
    ['rates', rateColumns],
  ])('are documented one by one: %s (S3-10)', (_, columns) => {
    // The width of a table's columns is the formatter's.
    const docs = readFileSync(`${projectRoot}docs/formats.md`, 'utf8').replace(/ {2,}/g, ' ');
    for (const [name, { needed, takes }] of Object.entries(columns)) {
      expect(docs).toContain(`| \`${name}\` | ${needed ? 'yes ' : ''}| ${takes} |`);
    }
  });
});
