import type { RankingAdviceRequested } from '#brokerage/ranking-advice/ranking-advice.events.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import type {
  AwardFellThrough,
  AwardReversed,
  OfferChosen,
  OffersPresented,
  PackageAwarded,
} from '#brokerage/package/package.award.events.js';
import type { PanelCaseDecided, PanelCaseOpened } from '#brokerage/package/package.panel.events.js';
import type { RequestIssued } from '#brokerage/package/package.sourcing.events.js';

/** What must hold of every log, whoever wrote into it at once. */
export interface LogChecks {
  /** Values of people's identity records that no pack may hold. */
  readonly identityValues: readonly string[];
  /** Pence a week over which the panel must have approved; absent: no panel. */
  readonly panelLevelPence?: number;
}

interface RequestHistory {
  presented: OffersPresented['data']['offers'];
  /** Offers chosen, or taken by a coded exception, and not fallen through since. */
  chosenOfferId: string | null;
  standingOfferId: string | null;
}

/** Every broken promise of a log, in words; an empty list is what a test wants. */
export function brokenPromises(events: readonly StoredEvent[], checks: LogChecks): string[] {
  const requests = new Map<string, RequestHistory>();
  const broken: string[] = [];
  const approved = new Map<string, number>();
  const openCases = new Map<string, PanelCaseOpened['data']>();
  const requestOf = (requestId: string): RequestHistory => {
    const known = requests.get(requestId);
    if (known) return known;
    const fresh = { presented: [], chosenOfferId: null, standingOfferId: null };
    requests.set(requestId, fresh);
    return fresh;
  };
  const ensure = (holds: boolean, promise: string, event: StoredEvent) => {
    if (!holds) broken.push(`${promise}: ${event.stream} at ${event.position}`);
  };

  for (const event of events) {
    switch (event.type) {
      case 'RequestIssued': {
        const text = JSON.stringify((event.data as RequestIssued['data']).pack).toLowerCase();
        const leaks = checks.identityValues.filter((value) => text.includes(value.toLowerCase()));
        ensure(leaks.length === 0, 'no pack holds an identity value', event);
        break;
      }
      case 'OffersPresented': {
        const { requestId, offers } = event.data as OffersPresented['data'];
        Object.assign(requestOf(requestId), { presented: offers, chosenOfferId: null });
        break;
      }
      case 'RankingAdviceRequested': {
        const { requestId, ranking } = event.data as RankingAdviceRequested['data'];
        const { presented } = requestOf(requestId);
        ensure(presented.length > 0, 'no ranking before offers are presented', event);
        const among = ranking.every(({ offerId }) =>
          presented.some((offer) => offer.offerId === offerId),
        );
        ensure(among, 'a ranking is of presented offers alone', event);
        break;
      }
      case 'OfferChosen':
      case 'OfferChosenByException': {
        const { requestId, offerId } = event.data as OfferChosen['data'];
        requestOf(requestId).chosenOfferId = offerId;
        break;
      }
      case 'PanelCaseOpened': {
        const opened = event.data as PanelCaseOpened['data'];
        openCases.set(opened.caseId, opened);
        break;
      }
      case 'PanelCaseDecided': {
        const { caseId, packageId, standing, decidedBy } = event.data as PanelCaseDecided['data'];
        const opened = openCases.get(caseId);
        ensure(opened?.openedBy !== decidedBy, 'who opened a panel case does not decide it', event);
        if (standing === 'approved' && opened) approved.set(packageId, opened.figure);
        break;
      }
      case 'PackageAwarded': {
        const award = event.data as PackageAwarded['data'];
        const request = requestOf(award.requestId);
        ensure(request.standingOfferId === null, 'at most one standing award per request', event);
        ensure(
          request.chosenOfferId === award.offerId,
          'no award without a choice or a coded exception',
          event,
        );
        const offer = request.presented.find(({ offerId }) => offerId === award.offerId);
        ensure(
          offer?.weeklyCostPence === award.weeklyCostPence,
          'the awarded figure is the frozen figure',
          event,
        );
        const level = checks.panelLevelPence ?? Infinity;
        const over = (award.weeklyCostPence ?? 0) > level;
        const within = (award.weeklyCostPence ?? 0) <= (approved.get(award.packageId) ?? -1);
        ensure(!over || within, 'no award over what the panel approved', event);
        request.standingOfferId = award.offerId;
        break;
      }
      case 'AwardFellThrough':
      case 'AwardReversed': {
        const { requestId, offerId } = event.data as (AwardFellThrough | AwardReversed)['data'];
        const request = requestOf(requestId);
        ensure(request.standingOfferId === offerId, 'only a standing award falls through', event);
        Object.assign(request, { chosenOfferId: null, standingOfferId: null });
        break;
      }
      default:
    }
  }
  return broken;
}
