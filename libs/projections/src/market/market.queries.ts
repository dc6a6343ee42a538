import { hasRole, type Viewer } from '#kernel/actor.js';
import type { CivilDate } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { Projector } from '../read-side.js';
import { providerComparers } from '../who-sees.js';
import { isUnfilled, type AskedRow } from './asked.rules.js';
import { market } from './market.projection.js';
import type { MarketFigures, MarketProvider, MarketReport, ReplyCounts } from './market.view.js';

export interface MarketWanted {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly patch?: string | undefined;
  readonly lot?: string | undefined;
}

/** A request of the period; `last`: the package was not asked for again within it. */
interface Asked extends AskedRow {
  readonly last: boolean;
}

/** Reads of the market's difficulties (S2-19). */
export class MarketReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(market);
  }

  report(viewer: Viewer, { from, to, patch, lot }: MarketWanted): MarketReport {
    const rows = this.reader.select(viewer, 'asked', {
      filter: { patch, lot },
      where: '"issuedOn" BETWEEN ? AND ?',
      params: [from, to],
      orderBy: { column: 'issuedAt', direction: 'asc' },
    });
    const lastOf = new Map(rows.map(({ packageId, requestId }) => [packageId, requestId]));
    const asked = rows.map((row) => ({
      ...row,
      last: lastOf.get(row.packageId) === row.requestId,
    }));
    return {
      ...{ from, to, total: figuresOf(asked, weekly) },
      byPatch: [...Map.groupBy(asked, (row) => row.patch)]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([of, requests]) => ({ patch: of, ...figuresOf(requests, weekly) })),
      byHour: hoursOf(asked),
      ...(hasRole(viewer, ...providerComparers) && { byProvider: this.byProvider(viewer, asked) }),
      asOf: asOf(this.reader.asOf()),
    };
  }

  private byProvider(viewer: Viewer, asked: readonly Asked[]): MarketProvider[] {
    const invited = new Set(asked.flatMap((row) => row.invited));
    return [...invited]
      .map((providerId) => ({
        providerId,
        providerName: this.reader.get(viewer, 'providers', providerId)?.legalName ?? 'a provider',
        ...repliesOf(asked, (of) => of === providerId),
      }))
      .sort((one, other) => (one.providerName < other.providerName ? -1 : 1));
  }
}

const weekly = ({ weeklyMinutes }: AskedRow): number => weeklyMinutes;

function hoursOf(asked: readonly Asked[]) {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return hours.flatMap((hour) => {
    const wanted = asked.filter(({ minutesByHour }) => minutesByHour[hour]);
    const minutes = ({ minutesByHour }: AskedRow) => minutesByHour[hour] ?? 0;
    return wanted.length > 0 ? [{ hour, ...figuresOf(wanted, minutes) }] : [];
  });
}

function figuresOf(asked: readonly Asked[], minutesOf: (row: AskedRow) => number): MarketFigures {
  const unfilled = asked.filter(isUnfilled);
  const minutes = (rows: readonly Asked[]) =>
    rows.reduce((sum, row) => sum + (row.last ? minutesOf(row) : 0), 0);
  return {
    ...{ requests: asked.length, requestsUnfilled: unfilled.length },
    ...{ wantedWeeklyMinutes: minutes(asked), unfilledWeeklyMinutes: minutes(unfilled) },
    ...repliesOf(asked, () => true),
  };
}

/** The last answer of each provider that is asked about, to each request. */
function repliesOf(asked: readonly AskedRow[], of: (providerId: string) => boolean): ReplyCounts {
  const counts = { invitations: 0, offers: 0, withdrawnOffers: 0, declines: 0 };
  const unanswered = { noResponses: 0, notJudged: 0 };
  const reasons = new Map<string, number>();
  for (const row of asked) {
    for (const providerId of row.invited.filter(of)) {
      counts.invitations += 1;
      const reply = row.replies[providerId];
      if (reply?.kind === 'offered') counts.offers += 1;
      else if (reply?.kind === 'withdrawn') counts.withdrawnOffers += 1;
      else if (reply) {
        counts.declines += 1;
        const reason = reply.reason ?? 'other';
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      } else unanswered[row.unanswered.includes(providerId) ? 'noResponses' : 'notJudged'] += 1;
    }
  }
  const declinesByReason = [...reasons]
    .map(([reason, declines]) => ({ reason, declines }))
    .sort((one, other) => (one.reason < other.reason ? -1 : 1));
  return { ...counts, ...unanswered, declinesByReason };
}
