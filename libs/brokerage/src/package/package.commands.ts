import type {
  ReferPackage,
  TakeDirectPayment,
  TakeOnPackage,
  WithdrawReferral,
} from './package.referral.commands.js';
import type {
  CloseRequest,
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
import type { ConfirmStart, EndPackage, RecordFirstVisit } from './package.service.commands.js';

/** Every command of a package, by the phases of its life. */
export interface PackageCommands {
  ReferPackage: ReferPackage;
  TakeOnPackage: TakeOnPackage;
  IssueRequest: IssueRequest;
  ExtendRequestWindow: ExtendRequestWindow;
  CloseRequest: CloseRequest;
  PresentOffers: PresentOffers;
  ChooseOffer: ChooseOffer;
  ChooseOfferByException: ChooseOfferByException;
  RefuseOffers: RefuseOffers;
  AwardPackage: AwardPackage;
  ConfirmAward: ConfirmAward;
  RecordAwardFellThrough: RecordAwardFellThrough;
  ConfirmStart: ConfirmStart;
  RecordFirstVisit: RecordFirstVisit;
  EndPackage: EndPackage;
  WithdrawReferral: WithdrawReferral;
  TakeDirectPayment: TakeDirectPayment;
}
