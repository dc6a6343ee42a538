import { z } from 'zod';
import { exampleMessages } from '#brokerage/case-inbox/example-messages.js';
import { messagesIn, type CaseMessageType } from '#brokerage/case-inbox/messages-in.js';
import { software } from '#platform/config/project-root.js';

type Json = Readonly<Record<string, unknown>>;

/** The JSON Schema of a message, with its example. */
function schemaOf(type: CaseMessageType): Json {
  const schema = z.toJSONSchema(messagesIn[type], { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: type, examples: [exampleMessages[type]] };
}

const types = Object.keys(messagesIn) as CaseMessageType[];

const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: true, description },
  schema: { type: 'string' },
});

const answer = (description: string) => ({ description });

/** What a case system may send, as OpenAPI 3.1. */
const openApi = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Care brokerage: messages of the case system',
    version: software.version,
    description:
      'One signed message a request, as Standard Webhooks says. Each takes effect once and, for each person, in the order of `data.sequence`. How to begin: docs/integration.md.',
  },
  paths: {
    '/integrations/case-system/events': {
      post: {
        operationId: 'sendCaseMessage',
        summary: 'Says what happened in the case system',
        parameters: [
          header('webhook-id', 'Your id of the message; the same in every repetition.'),
          header('webhook-timestamp', 'Seconds since 1970; at most five minutes off.'),
          header('webhook-signature', '`v1,` and the HMAC-SHA256 of id, time and body, base64.'),
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { oneOf: types.map((type) => ({ $ref: `schemas/${type}.json` })) },
            },
          },
        },
        responses: {
          200: answer('It is durable, and takes effect next. The same again answers the same.'),
          400: answer('It has not the shape of a message; `violations` names every fault.'),
          401: answer('No secret of its case system that is good now signed it, or too long ago.'),
          422: answer('This webhook-id came before with other content.'),
          429: answer('Too many requests: wait for Retry-After.'),
          503: answer('Nothing can be kept just now: send it again later.'),
        },
      },
    },
  },
});

/** Every published file under `docs/integration`, by its name. */
export const publishedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['openapi.json', textOf(openApi())],
    ...types.map((type) => [`schemas/${type}.json`, textOf(schemaOf(type))] as const),
  ]);

const textOf = (value: Json): string => `${JSON.stringify(value, undefined, 2)}\n`;
