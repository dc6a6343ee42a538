import type { PanelEvent } from '#brokerage/package/package.panel.events.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import { defineProjection, type Handling } from '../projector/definition.js';
import { declinedRow, offeredRow } from './offer-row.rules.js';
import { providerSees, summaries, type NameOf, type Told } from './package-history.rules.js';
import { coverAfter } from './cover-row.rules.js';
import { sightOf } from './sight.rules.js';
import * as rows from './package-row.rules.js';
import * as service from './service-row.rules.js';
import type { PackageRow } from './package-row.rules.js';
import { stageAfter } from '../panel/panel-stage.rules.js';
import { tables } from './package.tables.projection.js';

type Of<Type extends Told['type']> = Handling<
  Extract<Told, { type: Type }>['data'],
  typeof tables,
  undefined
>;
type Folded = Of<never>['tables'];
type Changes = { readonly [Type in Told['type']]: (handling: Of<Type>) => void };

const namesIn =
  ({ providers }: Folded): NameOf =>
  (providerId) =>
    providers.get(providerId)?.legalName ?? 'a provider';

const change = (
  { packages }: Folded,
  packageId: string,
  next: (row: PackageRow) => PackageRow,
): void => packages.change(packageId, (row) => row && next(row));

/** What is known beside an offer when it comes in. */
const around = (
  folded: Folded,
  { packageId, providerId }: { packageId: string; providerId: string },
) => {
  const carePackage = folded.packages.get(packageId);
  return {
    providerName: namesIn(folded)(providerId),
    wanted: carePackage?.needs.schedule ?? [],
    brokerOrganisation: carePackage?.brokerOrganisation,
  };
};

const choose = (folded: Folded, packageId: string, offerId: string | null): void => {
  for (const { key, row } of folded.offers.find('packageId', packageId)) {
    const chosen = key === offerId;
    if (row.chosen !== chosen) folded.offers.change(key, () => ({ ...row, chosen }));
  }
};

const chosen = ({ event, data, tables: folded }: Of<'OfferChosen' | 'OfferChosenByException'>) => {
  const { packageId, offerId } = data;
  change(folded, packageId, (row) => ({
    ...rows.atStage(row, 'choice-recorded', event),
    chosenOfferId: offerId,
  }));
  choose(folded, packageId, offerId);
};

/** The panel's cases move a package only while it waits for a request. */
const judged = ({ event, data, tables: folded }: Of<PanelEvent['type']>): void =>
  change(folded, data.packageId, (row) => {
    const stage = stageAfter(row.stage, event.type as PanelEvent['type'], data);
    return stage === row.stage ? row : rows.atStage(row, stage, event);
  });

const changes: Changes = {
  PackageReferred: ({ event, data, tables: { packages } }) =>
    packages.change(data.packageId, () => rows.referredRow(data, event)),
  IncompleteReferralReceived: ({ event, data, tables: { packages } }) =>
    packages.change(data.packageId, () => rows.incompleteRow(data, event)),
  ReferralReturned: ({ event, data: { packageId }, tables: folded }) =>
    change(folded, packageId, (row) => rows.atStage(row, 'referral-returned', event)),
  ReferralCompleted: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.completedRow(row, data, event)),
  ReferralCorrected: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.completedRow(row, data, event)),
  FundingChanged: ({ data: { packageId, fundingStatus, funding }, tables: folded }) =>
    change(folded, packageId, (row) => ({
      ...row,
      needs: { ...row.needs, fundingStatus },
      funding: rows.fundingOf(funding),
    })),
  DirectPaymentDiscussed: ({ data: { packageId, outcome }, tables: folded }) =>
    change(folded, packageId, (row) => ({ ...row, directPaymentOutcome: outcome })),
  DirectPaymentReturned: ({ event, data: { packageId }, tables: folded }) =>
    change(folded, packageId, (row) => rows.returnedRow(row, event)),
  PanelCaseOpened: judged,
  PanelCaseDecided: judged,
  InterimAuthorityGiven: judged,
  PanelCaseWithdrawn: judged,
  PackageTakenOn: ({ event, data, tables: folded }) =>
    folded.packages.change(data.packageId, () => rows.takenOnRow(data, event, namesIn(folded))),
  RequestIssued: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.requestedRow(row, data, event, namesIn(folded))),
  RequestWindowExtended: ({ data: { packageId, closesAt }, tables: folded }) =>
    change(folded, packageId, (row) =>
      row.request ? { ...row, request: { ...row.request, closesAt } } : row,
    ),
  RequestClosed: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) =>
      rows.requestClosedRow(rows.atStage(row, 'request-closed', event)),
    ),
  RequestCancelled({ event, data: { packageId }, tables: folded }) {
    change(folded, packageId, (row) => rows.refusedRow(rows.requestClosedRow(row), event));
    choose(folded, packageId, null);
  },
  RouteStepExcused({ event, data: { packageId, route, reason, reviewOn }, tables: folded }) {
    const excused = { route, at: event.metadata.recordedAt, excusedBecause: reason };
    change(folded, packageId, (row) => ({
      ...row,
      routesAsked: [...row.routesAsked, { ...excused, ...(reviewOn && { reviewOn }) }],
    }));
  },
  OffersPresented({ event, data: { packageId, offers }, tables: folded }) {
    const nameOf = namesIn(folded);
    change(folded, packageId, (row) => ({
      ...rows.requestClosedRow(rows.atStage(row, 'offers-presented', event)),
      offersPutForward: offers.map(({ offerId, providerId, startOn, times, weeklyCostPence }) => ({
        ...{ offerId, providerId, providerName: nameOf(providerId), startOn, times: [...times] },
        ...(weeklyCostPence !== null && { weeklyCostPence }),
      })),
    }));
    for (const [index, { offerId }] of offers.entries()) {
      folded.offers.change(offerId, (row) => row && { ...row, presentedAs: index + 1 });
    }
  },
  OfferChosen: chosen,
  OfferChosenByException: chosen,
  OffersRefused({ event, data: { packageId }, tables: folded }) {
    change(folded, packageId, (row) => rows.refusedRow(row, event));
    choose(folded, packageId, null);
  },
  PackageAwarded: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.awardedRow(row, data, event, namesIn(folded))),
  AwardConfirmed: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.confirmedRow(row, data, event)),
  AwardFellThrough({ event, data: { packageId, offerId }, tables: folded }) {
    change(folded, packageId, (row) => rows.withoutAward(row, offerId, event));
    choose(folded, packageId, null);
  },
  StartConfirmed: () => undefined,
  AwardAcknowledged: ({ data: { packageId, acknowledgedAt }, tables: folded }) =>
    change(folded, packageId, (row) =>
      row.award ? { ...row, award: { ...row.award, acknowledgedAt } } : row,
    ),
  StartChased: () => undefined,
  AwardReversed({ event, data: { packageId, offerId }, tables: folded }) {
    change(folded, packageId, (row) => service.reversedRow(row, offerId, event));
    choose(folded, packageId, null);
  },
  PackageStarted: ({ event, data: { packageId, startedOn }, tables: folded }) =>
    change(folded, packageId, (row) => service.startedRow(row, startedOn, event)),
  PackageSuspended: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.suspendedRow(row, data, event)),
  ExpectedReturnChanged: ({ data: { packageId, expectedReturnOn }, tables: folded }) =>
    change(folded, packageId, (row) => service.expectedReturnRow(row, expectedReturnOn)),
  RestartOffered: ({ event, data: { packageId }, tables: folded }) =>
    change(folded, packageId, (row) => rows.atStage(row, 'awaiting-restart', event)),
  PackageRestarted: ({ event, data: { packageId }, tables: folded }) =>
    change(folded, packageId, (row) => service.restartedRow(row, event)),
  RestartDeclined: ({ event, data: { packageId, restartOn }, tables: folded }) =>
    change(folded, packageId, (row) => service.declinedRow(row, restartOn, event)),
  PackageVaried: ({ data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.variedRow(row, data)),
  VariationEndedEarly: ({ data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.variationEndedRow(row, data)),
  PackageHandedBack: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.handedBackRow(row, data, event)),
  GapOpened: ({ data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.gapRow(row, data)),
  GapAssigned: ({ data: { packageId, gapId, owner }, tables: folded }) =>
    change(folded, packageId, (row) => service.gapChangedRow(row, gapId, { owner })),
  GapClosed: ({ data: { packageId, gapId, closedOn }, tables: folded }) =>
    change(folded, packageId, (row) => service.gapChangedRow(row, gapId, { closedOn })),
  InterimCoverRecorded: ({ data, tables: folded }) =>
    change(folded, data.packageId, (row) => service.interimRow(row, data, namesIn(folded))),
  WaitingReasonRecorded: () => undefined,
  RiskReviewed: () => undefined,
  PackageEnded: ({ event, data: { packageId, endsBefore, outcome }, tables: folded }) =>
    change(folded, packageId, (row) => ({
      ...rows.endingRow(row, 'ended', endsBefore, event),
      outcome,
    })),
  ReferralWithdrawn: ({ event, data, tables: folded }) =>
    change(folded, data.packageId, (row) => rows.atStage(row, 'withdrawn', event)),
  DirectPaymentTaken: ({ event, data: { packageId, fromOn }, tables: folded }) =>
    change(folded, packageId, (row) => rows.endingRow(row, 'direct-payment', fromOn, event)),
  OfferSubmitted: ({ data, tables: folded }) =>
    folded.offers.change(data.offerId, () => offeredRow(data, around(folded, data))),
  OfferAmended: ({ data, tables: folded }) =>
    folded.offers.change(data.offerId, () => offeredRow(data, around(folded, data))),
  OfferWithdrawn: ({ data, tables: folded }) =>
    folded.offers.change(data.offerId, (row) => row && { ...row, status: 'withdrawn' }),
  RequestDeclined: ({ data, tables: folded }) =>
    folded.offers.change(data.offerId, () => declinedRow(data, around(folded, data))),
  OfferAccepted: ({ data, tables: folded }) =>
    folded.offers.change(data.offerId, (row) => row && { ...row, status: 'accepted' }),
  OfferAcceptanceFailed: () => undefined,
};

/** What is about one provider is told to it alone; the rest to whoever has sight of the package. */
const hearersOf = (row: PackageRow, data: object): string[] =>
  sightOf(row).filter((id) => !('providerId' in data) || data.providerId === id);

/** Keeps who is responsible day by day. */
function cover({ event, data, tables: folded }: Of<Told['type']>): void {
  const after = coverAfter[event.type as Told['type']] as
    | ((service: PackageRow['service'], data: object, row: PackageRow) => PackageRow['service'])
    | undefined;
  if (!after) return;
  change(folded, data.packageId, (row) => ({ ...row, service: after(row.service, data, row) }));
}

/** Adds a line of history for what was just folded. */
function tell({ event, data, tables: folded }: Of<Told['type']>): void {
  const { packageId } = data;
  const row = folded.packages.get(packageId);
  const summary = summaries[event.type as Told['type']] as (
    of: object,
    nameOf: NameOf,
    offererOf: NameOf,
  ) => string;
  const offererOf: NameOf = (offerId) => folded.offers.get(offerId)?.providerName ?? 'a provider';
  const position = String(event.position);
  folded.lines.change(`${packageId}/${position.padStart(16, '0')}`, () => ({
    ...{ packageId, position, eventId: event.id, at: event.metadata.recordedAt },
    ...{ type: event.type, by: event.metadata.actor.id },
    summary: summary(data, namesIn(folded), offererOf),
    ...(row && providerSees.has(event.type) && { providerIds: hearersOf(row, data) }),
    ...(row?.brokerOrganisation && { brokerOrganisation: row.brokerOrganisation }),
  }));
}

const told = Object.fromEntries(
  Object.entries(changes as Record<string, (handling: object) => void>).map(([type, handle]) => [
    type,
    (handling: object) => {
      handle(handling);
      cover(handling as Of<Told['type']>);
      tell(handling as Of<Told['type']>);
    },
  ]),
) as unknown as Changes;

/** All that a broker needs of a package, with who did what and when. */
export const packages = defineProjection<Told | ProviderRegistered>()({
  name: 'package',
  version: 2,
  tables,
  on: {
    ...told,
    ProviderRegistered: ({ data: { providerId, legalName }, tables: { providers } }) =>
      providers.change(providerId, () => ({ providerId, legalName })),
  },
});
