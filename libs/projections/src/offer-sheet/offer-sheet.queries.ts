import { hasRole, systemActor, type Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { ensure } from '#brokerage/package/offer-sheet.rules.js';
import { packText, packWords, type PackWords } from '#brokerage/package/pack-text.rules.js';
import type { Clock } from '#platform/commands/clock.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { Projector } from '../read-side.js';
import { requests } from '../requests/requests.projection.js';
import { offerSheets } from './offer-sheet.projection.js';
import { sheetOf } from './offer-sheet.rules.js';
import type { OfferSheet, RequestPackText } from './offer-sheet.view.js';

/** Reads of what a request tells providers, and of what it put before the person. */
export class OfferSheetReads {
  readonly reader;
  readonly requests;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(offerSheets);
    this.requests = projector.reader(requests);
  }

  /** Throws `OffersNotPresented` before the offers are before the person. */
  sheet(viewer: Viewer, requestId: string): OfferSheet | undefined {
    const row = this.reader.get(viewer, 'sheets', requestId);
    if (!row) return undefined;
    const { packageId, personId } = row;
    const sheet = sheetOf(row, {
      fundingStatus: this.reader.get(systemActor, 'cases', packageId)?.fundingStatus,
      served: this.reader.select(systemActor, 'served', { filter: { personId } }),
      today: civilDateOf(this.clock.now()),
    });
    ensure(sheet, 'OffersNotPresented', { path: 'requestId' });
    return { ...sheet, asOf: asOf(this.reader.asOf()) };
  }

  /** The pack as it was sent: a provider reads those of its own invitations alone (S1-9). */
  pack(viewer: Viewer, requestId: string): RequestPackText | undefined {
    const sent = this.sent(viewer, requestId);
    if (!sent) return undefined;
    const { pack, issuedAt, closesAt, known } = sent;
    return {
      ...{ requestId, requestNumber: pack.requestNumber, issuedAt, closesAt },
      text: packText(pack),
      asOf: asOf(known),
    };
  }

  /** The same words for a page. */
  packPage(viewer: Viewer, requestId: string): (PackWords & { closesAt: string }) | undefined {
    const sent = this.sent(viewer, requestId);
    return sent && { ...packWords(sent.pack), closesAt: sent.closesAt };
  }

  private sent(viewer: Viewer, requestId: string) {
    if (hasRole(viewer, 'provider')) {
      const own = this.requests.get(viewer, 'requests', requestId)?.pack;
      return own && { pack: own, ...own, known: this.requests.asOf() };
    }
    const row = this.reader.get(viewer, 'sheets', requestId);
    return row && { ...row, known: this.reader.asOf() };
  }
}
