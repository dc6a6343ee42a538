import type { Decider } from '#kernel/decider.js';
import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import { isOverStage, type Stage } from './package.codes.js';
import { awardRules } from './package.award.rules.js';
import { isServed, noService, providerInCharge, type ServiceState } from './package.cover.rules.js';
import type {
  CareLine,
  CareNeeds,
  ExternalReference,
  Invitation,
  PackageEvent,
  PresentedOffer,
} from './package.events.js';
import { noPanel, panelRules, type PanelState } from './package.panel.rules.js';
import { nothingAsked, type RoutingState } from './package.route.rules.js';
import type { Missing } from './package.referral.events.js';
import { referralRules } from './package.referral.rules.js';
import {
  handbackRules,
  serviceRules,
  suspensionRules,
  variationRules,
  waitingRules,
} from './package.service.rules.js';
import { sourcingRules } from './package.sourcing.rules.js';

export const packageRules = {
  PackageUnknown: 'There is no such package.',
  PackageAlreadyReferred: 'This package was referred before.',
  DateDoesNotExist: 'This date does not exist.',
  InstantUnreadable: 'A time is an instant with its offset.',
  PackageIsOver: 'This package is over.',
  ...referralRules,
  ...sourcingRules,
  ...panelRules,
  ...awardRules,
  ...serviceRules,
  ...suspensionRules,
  ...variationRules,
  ...handbackRules,
  ...waitingRules,
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof packageRules>> = ruleBook(packageRules);

export interface RequestState {
  readonly requestId: string;
  readonly lot: string;
  readonly issuedAt: Instant;
  readonly closesAt: Instant;
  readonly closed: boolean;
  readonly invited: readonly Invitation[];
}

export interface AwardState {
  readonly requestId: string | null;
  readonly offerId: string | null;
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
  readonly startOn: CivilDate;
  /** The provider has acknowledged it (X24). */
  readonly acknowledged?: true;
}

/** What the rules of a package read. */
export interface PackageState {
  readonly packageId: string | null;
  readonly personId: string;
  /** The case system's ids; never sent to providers. */
  readonly reference: ExternalReference | null;
  readonly stage: Stage;
  readonly needs: CareNeeds | null;
  readonly request: RequestState | null;
  readonly routing: RoutingState;
  readonly presented: readonly PresentedOffer[];
  readonly chosenOfferId: string | null;
  readonly award: AwardState | null;
  /** The schedule with agreed starts, once there is an award. */
  readonly schedule: readonly CareLine[];
  readonly startedOn: CivilDate | null;
  readonly endsBefore: CivilDate | null;
  readonly panel: PanelState;
  /** Care as it is given, while perhaps another provider is sought. */
  readonly service: ServiceState;
  /** Whether it is on record if a direct payment was discussed (S3-8). */
  readonly directPaymentAnswered: boolean;
  /** The external broker organisation whose case it is (S3-4). */
  readonly brokerOrganisation: string | null;
  /** What a referral that came incomplete or was returned lacks. */
  readonly missing: readonly Missing[];
}

export const initialPackage: PackageState = {
  packageId: null,
  personId: '',
  reference: null,
  stage: 'awaiting-request',
  needs: null,
  request: null,
  routing: nothingAsked,
  presented: [],
  chosenOfferId: null,
  award: null,
  schedule: [],
  startedOn: null,
  endsBefore: null,
  panel: noPanel,
  service: noService,
  directPaymentAnswered: false,
  brokerOrganisation: null,
  missing: [],
};

export const isOver = isOverStage;

/** A referral with gaps, whether it waits here or was given back. */
export const isUnfinished = (stage: Stage): boolean =>
  stage === 'referral-incomplete' || stage === 'referral-returned';

/** The person may choose, choose again or refuse until the award. */
export const isAwaitingChoice = (stage: Stage): boolean =>
  stage === 'offers-presented' || stage === 'choice-recorded';

/** An award stands, or someone is responsible for care, or should be: it is ended, not withdrawn. */
export const isAwardedOrServed = ({ stage, service }: PackageState): boolean =>
  hasAward(stage) || isServed(service);

export const hasAward = (stage: Stage): boolean =>
  stage === 'award-pending' || stage === 'awaiting-start' || stage === 'live';

/** The contracts under which care is given or awarded. */
export const contractsInUse = ({ stage, award, service }: PackageState): string[] => [
  ...new Set(
    [hasAward(stage) ? award : null, service.awaited, providerInCharge(service)].flatMap((of) =>
      of ? [of.contractId] : [],
    ),
  ),
];

/** A part of the package's life: its commands may bring events that another part folds. */
export interface Phase<Commands, Folded extends PackageEvent, Facts = Record<never, never>> {
  readonly decide: Decider<PackageState, Commands, PackageEvent, Facts>['decide'];
  readonly evolve: Decider<PackageState, Record<never, never>, Folded>['evolve'];
}
