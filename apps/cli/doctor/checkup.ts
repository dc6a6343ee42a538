import { messageOf } from '#kernel/message-of.js';

/** What one check found; `advice` says what to do when it is not well. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly advice?: string;
}

/** A check tells what it found; one that cannot be carried out fails with the reason. */
export interface Check {
  readonly check: string;
  readonly run: () => Promise<Omit<Finding, 'check'>> | Omit<Finding, 'check'>;
  /** What to do when it cannot be carried out. */
  readonly otherwise: string;
}

export const ok = (found: string): Omit<Finding, 'check'> => ({ status: 'ok', found });
export const warn = (found: string, advice: string): Omit<Finding, 'check'> => ({
  status: 'warn',
  found,
  advice,
});
export const fail = (found: string, advice: string): Omit<Finding, 'check'> => ({
  status: 'fail',
  found,
  advice,
});

export async function carryOut({ check, run, otherwise }: Check): Promise<Finding> {
  try {
    return { check, ...(await run()) };
  } catch (error) {
    return { check, ...fail(messageOf(error), otherwise) };
  }
}
