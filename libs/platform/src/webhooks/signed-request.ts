import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { instantMs, type Instant } from '#kernel/time.js';

/** What Standard Webhooks says of a request, read from its headers. */
export interface SignedHeaders {
  readonly id: string;
  readonly sentAtSeconds: number;
  readonly signatures: readonly string[];
}

const idForm = /^[\x21-\x7e]{1,256}$/;
const secondsForm = /^\d{1,12}$/;
const mostSignatures = 10;

/** `undefined` where one is missing or none of its kind. */
export function signedHeaders(headers: IncomingHttpHeaders): SignedHeaders | undefined {
  const [id, seconds, signature] = ['id', 'timestamp', 'signature'].map((name) => {
    const value = headers[`webhook-${name}`];
    return typeof value === 'string' ? value : '';
  });
  if (!id || !seconds || !signature) return undefined;
  if (!idForm.test(id) || !secondsForm.test(seconds)) return undefined;
  const signatures = signature.split(' ').slice(0, mostSignatures);
  return { id, sentAtSeconds: Number(seconds), signatures };
}

const toleranceSeconds = 5 * 60;

/** Nobody can send again later what was signed once; clocks may differ by five minutes. */
export const isRecent = ({ sentAtSeconds }: SignedHeaders, now: Instant): boolean =>
  Math.abs(Math.floor(instantMs(now) / 1000) - sentAtSeconds) <= toleranceSeconds;

/**
 * The signature that a secret gives to a request. The library's own `verify` reads the machine's
 * clock; the service has its own, so the time is judged here and the signature made by the library.
 */
export const signatureBy = (secret: string, { id, sentAtSeconds }: SignedHeaders, body: string) =>
  new Webhook(secret).sign(id, new Date(sentAtSeconds * 1000), body);
