/** A rule as `docs/rules.md` lists it. */
export interface Rule {
  readonly id: string;
  readonly section: string;
  readonly sentence: string;
}

const heading = /^## (\d+)\. /;
const row = /^\| ((?:S\d+-\d+[a-z]?|X\d+|L1)) +\| (.*?) +\|$/;

/** The rules that the page lists, by section; those marked "later" are not asked for. */
export function rulesOf(page: string): Rule[] {
  let section = '';
  return page.split('\n').flatMap((line) => {
    section = heading.exec(line)?.[1] ?? section;
    const [, id, sentence = ''] = row.exec(line) ?? [];
    return id && !sentence.startsWith('later:') ? [{ id, section, sentence }] : [];
  });
}
