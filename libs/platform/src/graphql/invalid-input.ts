import type { Violation } from '#kernel/rejection.js';

/** Input that has the right types but not the right values. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  constructor(readonly violations: readonly Violation[]) {
    super(violations.map(({ message }) => message).join(' '));
  }
}
