import { registerEnumType } from '@nestjs/graphql';

/**
 * Makes a closed list of codes known to the schema. `'awaiting-care'` is `AWAITING_CARE` to a
 * GraphQL client and stays `'awaiting-care'` in commands, events and rows.
 */
export function codeList<Code extends string>(
  name: string,
  codes: readonly Code[],
  description: string,
): Record<string, Code> {
  const values = Object.fromEntries(
    codes.map((code) => [code.toUpperCase().replaceAll('-', '_'), code]),
  );
  registerEnumType(values, { name, description });
  return values;
}
