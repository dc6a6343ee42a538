/** One rule that a request breaks: `code` is API, `path` names the field, `message` is for a person. */
export interface Violation {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** An expected refusal: nothing was recorded. Its first violation gives the code. */
export class Rejection extends Error {
  readonly code: string;

  constructor(readonly violations: readonly [Violation, ...Violation[]]) {
    super(violations.map((violation) => violation.message).join(' '));
    this.name = 'Rejection';
    this.code = violations[0].code;
  }
}

/** Throws a `Rejection` with the rule's sentence unless the fact holds; narrows the fact otherwise. */
export type Ensure<Code extends string> = (
  fact: unknown,
  code: Code,
  detail?: { readonly path?: string; readonly message?: string },
) => asserts fact;

/** Told of each rule a decision checks, in order; a replay explains with it. */
export type RuleTracer = (check: { code: string; sentence: string; holds: boolean }) => void;

let tracer: RuleTracer | undefined;

/** Runs a (synchronous) decision and reports each rule it checks. */
export function tracingRules<Result>(report: RuleTracer, decision: () => Result): Result {
  const outer = tracer;
  tracer = report;
  try {
    return decision();
  } finally {
    tracer = outer;
  }
}

const violationOf = (
  rules: Readonly<Record<string, string>>,
  code: string,
  detail?: { readonly path?: string; readonly message?: string },
): Violation => ({
  code,
  path: detail?.path ?? '',
  message: detail?.message ?? rules[code] ?? code,
});

/** The refusals of one slice, in the words its users read. Stops at the first false fact. */
export const ruleBook =
  <Rules extends Readonly<Record<string, string>>>(rules: Rules): Ensure<keyof Rules & string> =>
  (fact, code, detail) => {
    tracer?.({ code, sentence: rules[code] ?? code, holds: Boolean(fact) });
    if (!fact) throw new Rejection([violationOf(rules, code, detail)]);
  };

/** Collects every false fact and refuses with all of them at once (X1). */
export const ensureAll = <Rules extends Readonly<Record<string, string>>>(
  rules: Rules,
  checks: Iterable<
    readonly [
      fact: unknown,
      code: keyof Rules & string,
      detail?: { path?: string; message?: string },
    ]
  >,
): void => {
  const broken: Violation[] = [];
  for (const [fact, code, detail] of checks) {
    tracer?.({ code, sentence: rules[code] ?? code, holds: Boolean(fact) });
    if (!fact) broken.push(violationOf(rules, code, detail));
  }
  const [first, ...others] = broken;
  if (first) throw new Rejection([first, ...others]);
};
