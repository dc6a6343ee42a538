import { defineSlice } from '#platform/commands/slice.js';
import {
  capacityClaims,
  type CapacityWanted,
} from '../contract-capacity/contract-capacity.facts.js';
import { requestReservation } from '../request-key/request-key.facts.js';
import type { PackageCommands } from './package.commands.js';
import { packageDecider } from './package.decider.js';
import {
  awardFacts,
  referralReservations,
  returnReservations,
  takeOnFacts,
} from './package.facts.js';
import { panelCaseFacts } from './package.panel.facts.js';
import {
  closeRequestFacts,
  excuseFacts,
  issueRequestFacts,
  presentOffersFacts,
} from './package.sourcing.facts.js';
import { handbackFacts, interimCoverFacts, variationFacts } from './package.service.facts.js';

const own = { id: ({ packageId }: { packageId: string }) => packageId };
const created = { id: (_: unknown, create: (category: string) => string) => create('carePackage') };

const claims = (_: unknown, id: string, { capacity }: Readonly<Record<string, unknown>>) =>
  capacityClaims(capacity as CapacityWanted | undefined, id);

export const packageSlice = defineSlice<PackageCommands>({
  category: 'carePackage',
  decider: packageDecider,
  commands: {
    ReferPackage: { ...created, reserve: referralReservations },
    TakeOnPackage: { ...created, facts: takeOnFacts, reserve: referralReservations, claims },
    OpenPanelCase: { ...own, facts: panelCaseFacts },
    DecidePanelCase: own,
    GiveInterimAuthority: own,
    SendBackCase: own,
    IssueRequest: {
      ...own,
      facts: issueRequestFacts,
      reserve: ({ commandId, packageId }) => [requestReservation(commandId, packageId)],
    },
    ExtendRequestWindow: own,
    CloseRequest: { ...own, facts: closeRequestFacts },
    CancelRequest: own,
    ExcuseRouteStep: { ...own, facts: excuseFacts },
    PresentOffers: { ...own, facts: presentOffersFacts },
    ChooseOffer: own,
    ChooseOfferByException: own,
    RefuseOffers: own,
    AwardPackage: { ...own, facts: awardFacts, claims },
    ConfirmAward: own,
    RecordAwardFellThrough: own,
    AcknowledgeAward: own,
    ConfirmStart: own,
    RecordFirstVisit: own,
    ChaseStart: own,
    ReverseAward: own,
    SuspendPackage: own,
    ChangeExpectedReturn: own,
    OfferRestart: own,
    AnswerRestart: own,
    LapseRestart: own,
    RecordReturn: own,
    VaryPackage: { ...own, facts: variationFacts, claims },
    EndVariationEarly: own,
    HandBackPackage: { ...own, facts: handbackFacts },
    OpenGap: own,
    AssignGap: own,
    RecordInterimCover: { ...own, facts: interimCoverFacts, claims },
    RecordWaitingReason: own,
    RecordRiskReview: own,
    EndPackage: own,
    CompleteReferral: own,
    ReturnReferral: own,
    CorrectReferral: own,
    ChangeFunding: own,
    RecordDirectPaymentDiscussion: own,
    ReturnFromDirectPayment: { ...own, reserve: returnReservations },
    WithdrawReferral: own,
    TakeDirectPayment: own,
  },
});
