import { registerEnumType } from '@nestjs/graphql';

/**
 * Makes a closed list of codes known to the schema. `'awaiting-care'` is `AWAITING_CARE` to a
 * GraphQL client and stays `'awaiting-care'` in commands, events and rows. A name that begins with a
 * digit is not one to GraphQL: `'18-44'` of `AgeBand` is `AGE_BAND_18_44`.
 */
export function codeList<Code extends string>(
  name: string,
  codes: readonly Code[],
  description: string,
): Record<string, Code> {
  const prefix = `${screaming(name.replace(/(?<=.)(?=[A-Z])/g, '-'))}_`;
  const values = Object.fromEntries(
    codes.map((code) => [/^\d/.test(code) ? prefix + screaming(code) : screaming(code), code]),
  );
  for (const code of codes) known.add(code);
  registerEnumType(values, { name, description });
  return values;
}

const known = new Set<string>();

/** Whether a text is a code of any of the schema's lists, so that nobody can have written it. */
export const isListedCode = (text: string): boolean => known.has(text);

const screaming = (code: string): string => code.toUpperCase().replaceAll('-', '_');
