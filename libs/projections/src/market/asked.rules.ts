import type { CivilDate } from '#kernel/time.js';

/** A provider's last answer to a request. */
export interface ReplyRow {
  readonly kind: 'offered' | 'withdrawn' | 'declined';
  readonly reason?: string;
  /** An offer that breaks no hard need (X2). */
  readonly compliant?: true;
}

/** A request to the market, with what came of it. */
export interface AskedRow {
  readonly requestId: string;
  readonly packageId: string;
  readonly patch: string;
  readonly lot: string;
  readonly issuedOn: CivilDate;
  readonly issuedAt: string;
  readonly weeklyMinutes: number;
  readonly minutesByHour: Readonly<Record<number, number>>;
  readonly invited: readonly string[];
  readonly replies: Readonly<Record<string, ReplyRow>>;
  /** Without an answer when the window closed. */
  readonly unanswered: readonly string[];
  /** `none`: decided, and no provider was found. */
  readonly stands: 'open' | 'closed' | 'presented' | 'awarded' | 'none' | 'called-back';
  readonly presented: readonly string[];
}

const isAcceptable = ({ kind, compliant }: ReplyRow): boolean =>
  kind === 'offered' && compliant === true;

/** Whether nobody was found: nothing acceptable at the close, or nothing that led to an award. */
export const isUnfilled = ({ stands, replies }: AskedRow): boolean =>
  stands === 'none' || (stands === 'closed' && !Object.values(replies).some(isAcceptable));

/** The window closed: who has not answered by then did not respond. */
export const closedRow = (row: AskedRow, unanswered: readonly string[] | undefined): AskedRow => ({
  ...row,
  stands: 'closed',
  unanswered: [...(unanswered ?? row.invited.filter((invited) => !row.replies[invited]))],
});

export const repliedRow = (row: AskedRow, providerId: string, reply: ReplyRow): AskedRow => ({
  ...row,
  replies: { ...row.replies, [providerId]: reply },
});

/** An award that does not stand: the person chooses among the other offers, if there are any. */
export function withoutAwardRow(row: AskedRow, offerId: string): AskedRow {
  const presented = row.presented.filter((other) => other !== offerId);
  return { ...row, presented, stands: presented.length > 0 ? 'presented' : 'none' };
}

/** Asked again: what was under way led to nobody. */
export const askedAgainRow = (row: AskedRow): AskedRow =>
  row.stands === 'awarded' || row.stands === 'called-back' ? row : { ...row, stands: 'none' };

/** Nobody is sought any more; that nobody had been found by then stays true. */
export const calledBackRow = (row: AskedRow): AskedRow =>
  row.stands === 'awarded' || isUnfilled(row) ? row : { ...row, stands: 'called-back' };
