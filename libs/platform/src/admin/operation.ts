import { z } from 'zod';
import type { Runtime } from '../runtime/runtime.js';
import { InvalidInput } from '../graphql/invalid-input.js';

/**
 * What an operator may ask of a running service. The command line calls it over HTTP, or on a
 * service that it opened itself; long work is started and asked after, never waited for.
 */
export interface Operation<Input = unknown, Output = unknown, Service = Runtime> {
  readonly input: z.ZodType<Input>;
  readonly run: (service: Service, input: Input) => Promise<Output> | Output;
}

/** Types the input and the answer of an operation by its schema and its function. */
export const operation = <Input, Output, Service = Runtime>(
  input: z.ZodType<Input>,
  run: (service: Service, input: Input) => Promise<Output> | Output,
): Operation<Input, Output, Service> => ({ input, run });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over all parameters
export type AnyOperation = Operation<any, any, any>;

/** Operations by name; the name is part of the address. */
export type Operations = Readonly<Record<string, AnyOperation>>;

/** Checks what was sent and carries it out. Throws `InvalidInput`. */
export async function perform(
  service: Runtime,
  { input, run }: AnyOperation,
  sent: unknown,
): Promise<unknown> {
  const read = input.safeParse(sent ?? {});
  if (!read.success) {
    throw new InvalidInput(
      read.error.issues.map(({ code, path, message }) => ({ code, path: path.join('.'), message })),
    );
  }
  return await run(service, read.data);
}
