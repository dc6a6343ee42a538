import { z } from 'zod';
import { instantFrom } from '#kernel/time-offset.js';
import { addDays, isCivilDate, isLocalTime, isLoggedTime } from '#kernel/time.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { logMethods, manualReasons } from '../visit/visit.events.js';
import { feedLogTypes, type FeedLog } from '../visit/visit.feed.events.js';

/** One log with whom it is about. */
export interface FeedEntry {
  readonly personRef?: string;
  readonly packageRef?: string;
  readonly log: FeedLog;
}

const reference = z
  .string()
  .regex(/^[\w.:/-]{1,60}$/, 'expected an id of 1 to 60 letters, digits or _.:/-');
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/** A local time is given its seconds: two spellings of a time are one. */
function readTime(text: string): string | undefined {
  if (withOffset.test(text)) return instantFrom(text);
  if (!local.test(text)) return undefined;
  const [on = '', at = ''] = text.split('T');
  const full = at.length === 5 ? `${at}:00` : at.slice(0, 8);
  return isCivilDate(on) && isLoggedTime(full) ? `${on}T${full}` : undefined;
}

const logTime = z.string().transform((text, context) => {
  const read = readTime(text);
  if (read !== undefined) return read;
  context.addIssue(
    'expected a time such as 2026-03-29T08:02:31+01:00, or 2026-03-29T08:02 in London',
  );
  return z.NEVER;
});

const event = z
  .object({
    type: z.enum(feedLogTypes),
    personRef: reference.optional(),
    packageRef: reference.optional(),
    visitRef: reference,
    visitDate: z.string().refine(isCivilDate, 'expected a date such as 2026-03-29'),
    plannedStart: z.string().refine(isLocalTime, 'expected a time of day such as 08:30'),
    carerRef: z
      .string()
      .regex(/^[\w.-]{1,40}$/, 'expected an id of 1 to 40 letters, digits or _.-'),
    carerLeg: z.int().min(1).max(4).default(1),
    at: logTime,
    logMethod: z.enum(logMethods).default('app'),
    manualReasonCode: z.enum(manualReasons).optional(),
    shadow: z.boolean().optional(),
    sequence: z.int().min(0).max(999_999).optional(),
  })
  .refine(({ personRef, packageRef }) => personRef !== undefined || packageRef !== undefined, {
    error: 'expected personRef, or packageRef',
    path: ['personRef'],
  })
  .refine(({ at, visitDate }) => isBeside(at.slice(0, 10), visitDate), {
    error: 'a log lies on the day of its visit, the day before or the day after',
    path: ['at'],
  });

const isBeside = (on: string, visitDate: string): boolean =>
  on >= addDays(visitDate, -1) && on <= addDays(visitDate, 1);

const mostEvents = 100;
const body = z.object({ events: z.array(event).max(mostEvents) });

/** The logs of a request, in its order. Throws `InvalidInput` that names every error. */
export function readFeedBody(text: string): readonly FeedEntry[] {
  const parsed = body.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.events.map(entryOf);
  throw new InvalidInput(
    parsed.error.issues.map(({ path, message }) => ({
      ...{ code: 'invalid', path: path.join('.'), message },
    })),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const message = 'The body is JSON: {"events": […]}.';
    throw new InvalidInput([{ code: 'invalid', path: '', message }]);
  }
}

function entryOf({ personRef, packageRef, ...sent }: z.infer<typeof event>): FeedEntry {
  const { type, at, plannedStart, sequence, manualReasonCode: manualReason, shadow } = sent;
  return {
    ...(personRef !== undefined && { personRef }),
    ...(packageRef !== undefined && { packageRef }),
    log: {
      ...{ type, ref: sent.visitRef, leg: sent.carerLeg, on: sent.visitDate, plannedStart },
      ...{ carer: sent.carerRef, at, method: sent.logMethod },
      ...(manualReason && { manualReason }),
      ...(shadow !== undefined && { shadow }),
      ...(sequence !== undefined && { sequence }),
    },
  };
}
