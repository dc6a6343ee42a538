import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '#kernel/time.js';
import { isRecent, signatureBy, signedHeaders, type SignedHeaders } from './signed-request.js';
import { isGood, type WebhookSecret } from './webhook-secret.rules.js';

/** Compared where the sender has no secret, so that the time of an answer does not tell. */
const nobodys = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The headers of a request that one of the good secrets signed; else `undefined`, whatever is wrong. */
export function verified(
  { headers, body }: { readonly headers: IncomingHttpHeaders; readonly body: string },
  secrets: readonly WebhookSecret[],
  now: Instant,
): SignedHeaders | undefined {
  const signed = signedHeaders(headers);
  if (!signed) return undefined;
  const good = secrets.filter((each) => isGood(each, now)).map(({ secret }) => secret);
  const tried = good.length > 0 ? good : [nobodys];
  let matches = false;
  for (const secret of tried) {
    const expected = signatureBy(secret, signed, body);
    for (const given of signed.signatures) matches = isEqual(given, expected) || matches;
  }
  return matches && good.length > 0 && isRecent(signed, now) ? signed : undefined;
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
