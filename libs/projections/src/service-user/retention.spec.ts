import { dueOnOf } from './retention.queries.js';

const retention = { caredForMonths: 72, notCaredForMonths: 24 };
const over = (overOn: string, caredFor: boolean) => ({ over: true, overOn, caredFor });

describe('The day from which a record need not be kept', () => {
  it('lies six years after care, two after a referral that led to none (X29)', () => {
    expect(dueOnOf([over('2020-03-02', true)], retention)).toBe('2026-03-02');
    expect(dueOnOf([over('2020-03-02', false)], retention)).toBe('2022-03-02');
  });

  it('is that of the case that is kept longest (X29)', () => {
    const cases = [over('2020-03-02', true), over('2025-01-01', false)];
    expect(dueOnOf(cases, retention)).toBe('2027-01-01');
  });

  it('is none while a package is open, nor of nobody (X29)', () => {
    const open = { over: false, caredFor: true };
    expect(dueOnOf([over('2010-01-01', true), open], retention)).toBeUndefined();
    expect(dueOnOf([], retention)).toBeUndefined();
  });
});
