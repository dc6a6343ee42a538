import type {
  ChangeFunding,
  CompleteReferral,
  CorrectReferral,
  RecordDirectPaymentDiscussion,
  ReferPackage,
  ReturnFromDirectPayment,
  ReturnReferral,
  TakeDirectPayment,
  TakeOnPackage,
  WithdrawReferral,
} from './package.referral.commands.js';
import type {
  CancelRequest,
  CloseRequest,
  ExcuseRouteStep,
  ExtendRequestWindow,
  IssueRequest,
  PresentOffers,
} from './package.sourcing.commands.js';
import type {
  AwardPackage,
  ChooseOffer,
  ChooseOfferByException,
  ConfirmAward,
  RecordAwardFellThrough,
  RefuseOffers,
} from './package.award.commands.js';
import type { PanelCommands } from './package.panel.commands.js';
import type { HandbackCommands } from './package.handback.commands.js';
import type { EndPackage } from './package.service.commands.js';
import type { StartCommands } from './package.start.commands.js';
import type { SuspensionCommands } from './package.suspension.commands.js';
import type { VariationCommands } from './package.variation.commands.js';
import type { WaitingCommands } from './package.waiting.commands.js';

/** Every command of a package, by the phases of its life. */
export interface PackageCommands
  extends
    StartCommands,
    PanelCommands,
    SuspensionCommands,
    VariationCommands,
    HandbackCommands,
    WaitingCommands {
  ReferPackage: ReferPackage;
  TakeOnPackage: TakeOnPackage;
  CompleteReferral: CompleteReferral;
  ReturnReferral: ReturnReferral;
  CorrectReferral: CorrectReferral;
  ChangeFunding: ChangeFunding;
  RecordDirectPaymentDiscussion: RecordDirectPaymentDiscussion;
  ReturnFromDirectPayment: ReturnFromDirectPayment;
  IssueRequest: IssueRequest;
  ExtendRequestWindow: ExtendRequestWindow;
  CloseRequest: CloseRequest;
  CancelRequest: CancelRequest;
  ExcuseRouteStep: ExcuseRouteStep;
  PresentOffers: PresentOffers;
  ChooseOffer: ChooseOffer;
  ChooseOfferByException: ChooseOfferByException;
  RefuseOffers: RefuseOffers;
  AwardPackage: AwardPackage;
  ConfirmAward: ConfirmAward;
  RecordAwardFellThrough: RecordAwardFellThrough;
  EndPackage: EndPackage;
  WithdrawReferral: WithdrawReferral;
  TakeDirectPayment: TakeDirectPayment;
}
