import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { Violation } from '#kernel/rejection.js';
import { InvalidInput } from './invalid-input.js';

/** Turns arguments into instances of their classes and validates them; null and absent are one. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new InvalidInput(violationsOf(errors)),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return Promise.resolve(value);
    return super.transform(withoutNulls(value) ?? undefined, metadata);
  }
}

/** The value without its null fields, at any depth. Elements of lists stay. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object' || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([key, field]) => [key, withoutNulls(field)]),
  );
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** One violation for each broken constraint; `path` leads from the command, `lots.0.name`. */
export const violationsOf = (errors: readonly ValidationError[], parent = ''): Violation[] =>
  errors.flatMap(({ property, constraints, children }) => {
    const path = parent === '' ? property : `${parent}.${property}`;
    const own = Object.entries(constraints ?? {}).map(([code, message]) => ({
      code,
      path,
      message: `${parent === '' ? '' : `${parent}.`}${message}`,
    }));
    return [...own, ...violationsOf(children ?? [], path)];
  });
