import { registerEnumType } from '@nestjs/graphql';

/** Codes that any operation can answer, beside the codes of the rules. */
export const platformCodes = {
  BAD_USER_INPUT:
    'The request is malformed: an unknown field, a wrong type or a value out of range.',
  QUERY_TOO_COMPLEX: 'The query asks for too much at once. Ask for fewer fields or fewer rows.',
  REQUEST_TOO_LARGE: 'The request body is larger than the service accepts.',
  UNAUTHENTICATED: 'Nobody is signed in.',
  SIGN_IN_UNAVAILABLE:
    'Who is asking cannot be verified: the issuer of sign-ins does not answer. Send it again.',
  FORBIDDEN: 'The signed-in person may not do this.',
  NOT_FOUND: 'There is nothing at this address.',
  TOO_MANY_REQUESTS: 'Too many requests. Wait a moment.',
  CONFLICT:
    'Others changed the same thing at the same moment; nothing was recorded. Send it again.',
  IDEMPOTENCY_KEY_REUSED:
    'This command id was used before with other content or by another person.',
  EVENT_TOO_LARGE: 'What was sent is too large to be recorded.',
  PERSON_ERASED: 'The record of this person was erased; nothing more can be recorded for them.',
  STORE_UNAVAILABLE: 'Nothing can be recorded at the moment; reading goes on. Send it again later.',
  READ_MODEL_BEHIND:
    'The read model has not reached the position of `after`; `asOf` says how far it is.',
  DEMO_LOADING:
    'The demo council is being loaded; queries are answered, changes are not taken yet.',
  INTERNAL: 'Something failed in the service. Tell its operators the request id.',
} as const;

export type PlatformCode = keyof typeof platformCodes;

/** The sentences of a slice's rules by their codes, as its `*.rules.ts` exports them. */
export type RuleSentences = Readonly<Record<string, string>>;

/**
 * The schema's enum `ErrorCode`: every code that `extensions.code` or `violations.code` of a refused
 * operation may hold, each described by its sentence. Throws when two rule books share a code.
 */
export function errorCodeEnum(ruleBooks: readonly RuleSentences[]): Record<string, string> {
  const sentences: Record<string, string> = { ...platformCodes };
  for (const book of ruleBooks) {
    for (const [code, sentence] of Object.entries(book)) {
      if (Object.hasOwn(sentences, code) && sentences[code] !== sentence) {
        throw new Error(`two rule books say different things by ${code}`);
      }
      sentences[code] = sentence;
    }
  }
  const codes = Object.fromEntries(Object.keys(sentences).map((code) => [code, code]));
  registerEnumType(codes, {
    name: 'ErrorCode',
    description:
      'What `extensions.code` of an error may say. Errors carry ' +
      '`extensions: {code, requestId, retryable, violations: [{code, path, message}]}`.',
    valuesMap: Object.fromEntries(
      Object.entries(sentences).map(([code, description]) => [code, { description }]),
    ),
  });
  return codes;
}
