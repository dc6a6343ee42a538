import { ensureAll, Rejection, ruleBook, tracingRules, type Ensure } from './rejection.js';

const rules = {
  OfferNotPresented: 'This offer was not among those presented.',
  ResponseWindowClosed: 'The time for offers is over.',
};
const ensure: Ensure<keyof typeof rules> = ruleBook(rules);

function refusalOf(decision: () => void): Rejection {
  try {
    decision();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('A rule book', () => {
  it('refuses a false fact by its code, in the words of the rule', () => {
    const refusal = refusalOf(() => ensure(false, 'OfferNotPresented'));
    expect(refusal).toMatchObject({
      code: 'OfferNotPresented',
      message: rules.OfferNotPresented,
      violations: [{ code: 'OfferNotPresented', path: '', message: rules.OfferNotPresented }],
    });
  });

  it('lets a fact that holds pass', () => {
    expect(() => ensure(true, 'OfferNotPresented')).not.toThrow();
    expect(() => ensure('some text', 'OfferNotPresented')).not.toThrow();
  });

  it.each([[false], [undefined], [null], [0], ['']])('takes %p for false', (fact) => {
    expect(refusalOf(() => ensure(fact, 'OfferNotPresented')).code).toBe('OfferNotPresented');
  });

  it('may name the field and say more than the rule does', () => {
    const detail = { path: 'visits.2.start', message: 'The third visit has no start.' };
    const refusal = refusalOf(() => ensure(false, 'ResponseWindowClosed', detail));
    expect(refusal.violations).toEqual([{ code: 'ResponseWindowClosed', ...detail }]);
  });
});

describe('All of several rules', () => {
  it('are refused together, in order, the first giving the code (X1)', () => {
    const refusal = refusalOf(() =>
      ensureAll(rules, [
        [true, 'OfferNotPresented'],
        [false, 'ResponseWindowClosed', { path: 'receivedAt' }],
        [undefined, 'OfferNotPresented', { message: 'Nor was it sent.' }],
      ]),
    );
    expect(refusal.code).toBe('ResponseWindowClosed');
    expect(refusal.violations).toEqual([
      { code: 'ResponseWindowClosed', path: 'receivedAt', message: rules.ResponseWindowClosed },
      { code: 'OfferNotPresented', path: '', message: 'Nor was it sent.' },
    ]);
    expect(refusal.message).toBe(`${rules.ResponseWindowClosed} Nor was it sent.`);
  });

  it('refuse nothing when each holds or there is none (X1)', () => {
    expect(() => ensureAll(rules, [[true, 'OfferNotPresented']])).not.toThrow();
    expect(() => ensureAll(rules, [])).not.toThrow();
  });
});

describe('A traced decision', () => {
  const traced = (decision: () => void) => {
    const checks: string[] = [];
    const report = ({
      code,
      sentence,
      holds,
    }: {
      code: string;
      sentence: string;
      holds: boolean;
    }) => {
      checks.push(`${code} ${holds ? 'holds' : 'fails'}: ${sentence}`);
    };
    const run = () => tracingRules(report, decision);
    return { checks, run };
  };

  it('tells each check in order, up to the one that refuses', () => {
    const { checks, run } = traced(() => {
      ensure(true, 'OfferNotPresented');
      ensure(false, 'ResponseWindowClosed');
      ensure(true, 'OfferNotPresented');
    });
    expect(refusalOf(run).code).toBe('ResponseWindowClosed');
    expect(checks).toEqual([
      `OfferNotPresented holds: ${rules.OfferNotPresented}`,
      `ResponseWindowClosed fails: ${rules.ResponseWindowClosed}`,
    ]);
  });

  it('tells every check of a collected refusal', () => {
    const { checks, run } = traced(() =>
      ensureAll(rules, [
        [false, 'OfferNotPresented'],
        [true, 'ResponseWindowClosed'],
      ]),
    );
    refusalOf(run);
    expect(checks).toHaveLength(2);
  });

  it('ends with the decision, even one that was refused', () => {
    const { checks, run } = traced(() => ensure(false, 'OfferNotPresented'));
    refusalOf(run);
    refusalOf(() => ensure(false, 'ResponseWindowClosed'));
    expect(checks).toHaveLength(1);
  });

  it('gives back the outer trace and the result', () => {
    const inner = traced(() => ensure(true, 'ResponseWindowClosed'));
    const outer = traced(() => {
      inner.run();
      ensure(true, 'OfferNotPresented');
    });
    outer.run();
    expect([inner.checks.length, outer.checks.length]).toEqual([1, 1]);
    expect(
      tracingRules(
        () => undefined,
        () => 42,
      ),
    ).toBe(42);
  });
});
