import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A spec that cites rules at the end of its sentence. */
export interface Citation {
  readonly file: string;
  readonly sentence: string;
  readonly ids: readonly string[];
}

const specFiles = ['apps/**/*.spec.ts', 'libs/**/*.spec.ts', 'eventstore/**/*.spec.ts'];
const ruleId = '(?:S\\d+-\\d+[a-z]?|X\\d+|L1)';
const cited = new RegExp(`\\((${ruleId}(?:, ${ruleId})*)\\)$`);
/** The sentence of a test: the first argument of `it`, or of the call that `it.each` returns. */
const sentences = /\bit(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

/** Every spec under a folder whose sentence ends with the ids of rules, in the order of the files. */
export function citationsUnder(root: string): Citation[] {
  const files = globSync(specFiles, {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === 'apps/rules',
  });
  return files
    .toSorted()
    .flatMap((file) => citationsIn(file, readFileSync(join(root, file), 'utf8')));
}

/** The citations of one spec file. */
export function citationsIn(file: string, source: string): Citation[] {
  return [...source.matchAll(sentences)].flatMap(([, , sentence = '']) => {
    const ids = cited.exec(sentence)?.[1]?.split(', ');
    return ids ? [{ file, sentence, ids }] : [];
  });
}
