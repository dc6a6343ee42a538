import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { citationsIn, citationsUnder } from './citations.js';
import { rulesOf } from './rule-list.js';
import { ruleTable } from './rule-table.js';

const page = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8');

describe('The table of rules', () => {
  it('knows each rule of the page once', () => {
    const known = new Set(rulesOf(page).map(({ id }) => id));
    expect(known.size).toBe(rulesOf(page).length);
    expect(known.size).toBeGreaterThan(50);
  });

  it('has no rule of the finished sections without a spec on each side', () => {
    expect(ruleTable(rulesOf(page), citationsUnder(projectRoot)).missing).toEqual([]);
  });

  it('names a rule that one spec alone proves', () => {
    const rules = [{ id: 'X7', section: '2', sentence: 'A suspension' }];
    const once = citationsIn('a.spec.ts', "it('keeps it from new work (X7)', () => {});");
    const twice = citationsIn('b.spec.ts', "it('ends when lifted (S1-4, X7)', () => {});");
    expect(ruleTable(rules, once).missing).toEqual(['X7']);
    expect(ruleTable(rules, [...once, ...twice]).missing).toEqual([]);
  });

  it('reads sentences of it and it.each, whichever the quotes, and ids at their end alone', () => {
    const source = [
      "it('pays 26 minutes (S2-17)', () => {});",
      'it.each([[1], [2]])("counts %i (X4, X5)", () => {});',
      'it(`is late at ${close} (X4)`, () => {});',
      "it('mentions (X9) in passing', () => {});",
    ].join('\n');
    expect(citationsIn('c.spec.ts', source).map(({ ids }) => ids)).toEqual([
      ['S2-17'],
      ['X4', 'X5'],
      ['X4'],
    ]);
  });
});
