import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { InvalidInput } from './invalid-input.js';

const digits = /^\d{1,16}$/;

/** How far the log was read for an answer. */
@ObjectType()
export class AsOf {
  /** Every event up to this position is in the answer. */
  position: string;

  /** When the last of them was recorded; absent while the log is empty. */
  at?: string;
}

/** What a read model says of itself. */
export interface ReadUpTo {
  readonly position: number;
  readonly at?: string | undefined;
}

export const asOf = ({ position, at }: ReadUpTo): AsOf => ({
  position: String(position),
  ...(at && { at }),
});

/** An answer that says how far the log was read for it. */
@ObjectType({ isAbstract: true })
export abstract class Stated {
  asOf: AsOf;
}

/** Arguments of every query. */
@ArgsType()
export class QueryArgs {
  @Field({
    nullable: true,
    description:
      'The `position` a mutation answered: the query waits up to two seconds until it shows that change, then answers READ_MODEL_BEHIND.',
  })
  @IsOptional()
  @Matches(digits, { message: 'after must be a position that a mutation or query answered' })
  after?: string;
}

/** Arguments of every query that answers pages. */
@ArgsType()
export class PageArgs extends QueryArgs {
  @Field(() => Int, { defaultValue: 50, description: 'How many rows, from 1 to 100.' })
  @IsInt()
  @Min(1)
  @Max(100)
  first: number = 50;

  @Field({
    nullable: true,
    description:
      'Continues after this row: an `endCursor` of the same list, filter and sort. (`after` is a position, not a cursor.)',
  })
  @IsOptional()
  @MaxLength(1000)
  cursor?: string;
}

/** The number in a position. Throws `InvalidInput` when the text is none. */
export function positionOf(text: string): number;
export function positionOf(text: string | undefined): number | undefined;
export function positionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const position = Number(text);
  if (digits.test(text) && Number.isSafeInteger(position)) return position;
  const message = 'after must be a position that a mutation or query answered';
  throw new InvalidInput([{ code: 'matches', path: 'after', message }]);
}

/** What a mutation answers once the change is durable. */
@ObjectType()
export class Receipt {
  /** The command that took effect; sending it again answers the same. */
  commandId: string;

  /** Give it to a query as `after` to see this change there. */
  position: string;

  /** What was created or changed. */
  id?: string;
}

/** A command's acknowledgement as a client hears it. */
export const receiptOf = (
  command: { readonly commandId: string },
  acknowledged: { readonly id: string; readonly position: number },
): Receipt => ({
  commandId: command.commandId,
  position: String(acknowledged.position),
  id: acknowledged.id,
});
