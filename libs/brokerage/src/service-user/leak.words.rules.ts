const apostrophes = /['\u2018\u2019\u02bc`\u00b4]/g;

/** Text as it is compared: compatible forms, no accents, no invisible characters, lower case. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll('\u00df', 'ss')
    .replaceAll('\u00f8', 'o')
    .replaceAll('\u0142', 'l');

/** The words of a text: letters and digits between separators of any kind. */
export const plainWords = (text: string): readonly string[] =>
  folded(text)
    .replace(apostrophes, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A text without separators. */
export const squeezed = (text: string): string => plainWords(text).join('');

const longestRun = 64;
const mostWords = 20;

/** Each word, and neighbouring words written together: `0161 496 0123` as one number. */
export function joinedRuns(words: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  for (let from = 0; from < words.length; from += 1) {
    let run = '';
    for (let to = from; to < words.length && to - from < mostWords; to += 1) {
      run += words[to] ?? '';
      if (run.length > longestRun) break;
      runs.add(run);
    }
  }
  return runs;
}
