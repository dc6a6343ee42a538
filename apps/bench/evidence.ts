import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import type { Section, Table, Verdict } from './harness.js';

export const evidenceFile = join(projectRoot, 'docs/evidence.md');

const opening = `# Evidence

Figures that were measured, by commands that anyone can run: \`npm run bench\` and \`npm run kill-loop\`.
Each section is written by its command; only the notes are written by hand. A target that is not
met says so.
`;

const notesHeading = '## Notes';
const emptyNotes = `${notesHeading}\n\nNone yet.`;

/** Puts the section into the file in place of its former one, and tells all targets again on top. */
export function writeEvidence(section: Section, measuredBy: string): void {
  const before = existsSync(evidenceFile) ? readFileSync(evidenceFile, 'utf8') : '';
  mkdirSync(dirname(evidenceFile), { recursive: true });
  writeFileSync(evidenceFile, withSection(before, section, measuredBy));
}

/** The file's text with the section in it. */
export function withSection(before: string, section: Section, measuredBy: string): string {
  const sections = new Map(sectionsIn(before));
  sections.set(section.id, rendered(section, measuredBy));
  const parts = [...sections].filter(([id]) => id !== 'targets');
  const verdicts = parts.flatMap(([, text]) => verdictsIn(text));
  const all = [
    opening.trim(),
    marked('targets', `## Targets\n\n${renderedTable(verdictTable(verdicts))}`),
    ...parts.map(([id, text]) => marked(id, text)),
    notesIn(before),
  ];
  return `${all.join('\n\n')}\n`;
}

/** A section as people read it, on a terminal or in the file. */
export function rendered(section: Section, measuredBy: string): string {
  const { title, text, tables, verdicts } = section;
  return [
    `## ${title}`,
    `_${measuredBy}_`,
    ...text,
    ...tables.map(renderedTable),
    ...(verdicts.length > 0 ? [renderedTable(verdictTable(verdicts))] : []),
    ...verdicts.map((verdict) => `<!-- verdict ${JSON.stringify(verdict)} -->`),
  ].join('\n\n');
}

export const verdictTable = (verdicts: readonly Verdict[]): Table => ({
  head: ['what', 'target', 'measured', 'met'],
  rows: verdicts.map(({ what, target, measured, met }) => [
    what,
    target,
    measured,
    met === null ? '–' : met ? 'yes' : '**no**',
  ]),
});

function renderedTable({ head, rows }: Table): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const marked = (id: string, text: string): string =>
  `<!-- begin ${id} -->\n\n${text}\n\n<!-- end ${id} -->`;

const sectionsIn = (text: string): [id: string, text: string][] =>
  [...text.matchAll(/<!-- begin (\S+) -->\n\n([^]*?)\n\n<!-- end \1 -->/g)].map(
    ([, id = '', content = '']) => [id, content],
  );

const verdictsIn = (text: string): Verdict[] =>
  [...text.matchAll(/<!-- verdict (.*) -->/g)].map(([, json = '']) => JSON.parse(json) as Verdict);

/** Everything from the heading of the notes on is the reader's own. */
const notesIn = (text: string): string => {
  const at = text.lastIndexOf(`\n${notesHeading}\n`);
  return at < 0 ? emptyNotes : text.slice(at).trim();
};
