import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { citationsUnder } from './citations.js';
import { rulesOf } from './rule-list.js';
import { ruleTable } from './rule-table.js';

const page = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8');
const { text, missing } = ruleTable(rulesOf(page), citationsUnder(projectRoot));
process.stdout.write(text);
if (missing.length > 0) process.exitCode = 1;
