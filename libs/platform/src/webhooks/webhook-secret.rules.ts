import type { Instant } from '#kernel/time.js';

/** A secret with which one side signs, and until when what it signs is taken. */
export interface WebhookSecret {
  readonly secretId: string;
  readonly secret: string;
  readonly issuedAt: Instant;
  /** The first instant at which it is not good any more; null: no end is set. */
  readonly endsAt: Instant | null;
}

export const isGood = ({ endsAt }: WebhookSecret, now: Instant): boolean =>
  endsAt === null || now < endsAt;

/** A new secret beside older ones, which end; one that was replaced before ends now: two are good at most. */
export const replacedBy = <Secret extends WebhookSecret>(
  older: readonly Secret[],
  fresh: Secret,
  olderEndsAt: Instant,
): readonly Secret[] => [
  ...older.map((each) => ending(each, each.endsAt ? fresh.issuedAt : olderEndsAt)),
  fresh,
];

export const ending = <Secret extends WebhookSecret>(secret: Secret, at: Instant): Secret =>
  secret.endsAt !== null && secret.endsAt < at ? secret : { ...secret, endsAt: at };
