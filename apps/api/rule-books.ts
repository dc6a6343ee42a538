import type { RuleSentences } from '#platform/graphql/error-codes.js';

/** The rules of every slice; their codes are values of the schema's `ErrorCode`. */
export const ruleBooks: readonly RuleSentences[] = [];
