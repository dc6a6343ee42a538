import type { Decider } from '#kernel/decider.js';
import { awardDecider, type AwardFacts } from './package.award.decider.js';
import type { PackageCommands } from './package.commands.js';
import { directPaymentDecider } from './package.direct-payment.decider.js';
import type { PackageEvent } from './package.events.js';
import { panelDecider, type PanelFacts } from './package.panel.decider.js';
import { presentationDecider, type PresentationFacts } from './package.presentation.decider.js';
import { ofOwnCases } from './package.own-cases.rules.js';
import { referralDecider, type TakeOnFacts } from './package.referral.decider.js';
import { initialPackage, type PackageState } from './package.rules.js';
import { handbackDecider, type HandbackFacts } from './package.handback.decider.js';
import { serviceDecider } from './package.service.decider.js';
import { sourcingDecider, type SourcingFacts } from './package.sourcing.decider.js';
import { startDecider } from './package.start.decider.js';
import { suspensionDecider } from './package.suspension.decider.js';
import { variationDecider, type VariationFacts } from './package.variation.decider.js';
import { waitingDecider, type WaitingFacts } from './package.waiting.decider.js';

/** A package of care, by the phases of its life. */
export const packageDecider: Decider<
  PackageState,
  PackageCommands,
  PackageEvent,
  SourcingFacts &
    PresentationFacts &
    AwardFacts &
    HandbackFacts &
    VariationFacts &
    WaitingFacts &
    PanelFacts & { TakeOnPackage: TakeOnFacts }
> = {
  initial: initialPackage,
  decide: ofOwnCases({
    ...referralDecider.decide,
    ...directPaymentDecider.decide,
    ...panelDecider.decide,
    ...sourcingDecider.decide,
    ...presentationDecider.decide,
    ...awardDecider.decide,
    ...startDecider.decide,
    ...suspensionDecider.decide,
    ...variationDecider.decide,
    ...handbackDecider.decide,
    ...waitingDecider.decide,
    ...serviceDecider.decide,
  }),
  evolve: {
    ...referralDecider.evolve,
    ...directPaymentDecider.evolve,
    ...panelDecider.evolve,
    ...sourcingDecider.evolve,
    ...presentationDecider.evolve,
    ...awardDecider.evolve,
    ...startDecider.evolve,
    ...suspensionDecider.evolve,
    ...variationDecider.evolve,
    ...handbackDecider.evolve,
    ...waitingDecider.evolve,
    ...serviceDecider.evolve,
  },
};
