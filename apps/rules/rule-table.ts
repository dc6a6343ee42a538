import type { Citation } from './citations.js';
import type { Rule } from './rule-list.js';

/** One spec on each side of the boundary. */
const specsPerRule = 2;

export interface RuleTable {
  readonly text: string;
  /** Ids of rules with too few specs. */
  readonly missing: readonly string[];
}

/** Each rule with the specs that prove it, and those that too few prove. */
export function ruleTable(rules: readonly Rule[], citations: readonly Citation[]): RuleTable {
  const proofs = rules.map((rule) => ({
    ...rule,
    specs: citations.filter(({ ids }) => ids.includes(rule.id)),
  }));
  const missing = proofs.filter(({ specs }) => specs.length < specsPerRule).map(({ id }) => id);
  const blocks = proofs.map(({ id, section, sentence, specs }) =>
    [
      `${id} (section ${section}): ${sentence} [${specs.length} specs]`,
      ...specs.map((spec) => `    ${spec.sentence}  ${spec.file}`),
    ].join('\n'),
  );
  const verdict =
    missing.length === 0
      ? `${rules.length} rules, none with fewer than ${specsPerRule} specs`
      : `${missing.length} of ${rules.length} rules have fewer than ${specsPerRule} specs: ${missing.join(', ')}`;
  return { text: `${[...blocks, verdict].join('\n')}\n`, missing };
}
