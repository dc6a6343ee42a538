import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';

const positionOrInstant = /^(\d{1,16}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)$/;

/** The argument `asOf` of queries that can be answered as of a past moment (X21). */
export const AsOfArgument = (): PropertyDecorator =>
  applyDecorators(
    Field(() => String, {
      nullable: true,
      description:
        'What would have been answered then: a position, or an instant as 2026-03-29T00:30:00.000Z. Who may see what is decided by who asks now (X21).',
    }),
    IsOptional(),
    Matches(positionOrInstant, {
      message: 'asOf must be a position or an instant such as 2026-03-29T00:30:00.000Z',
    }),
  );
