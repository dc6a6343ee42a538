import type { Decider } from '#kernel/decider.js';
import { awardDecider, type AwardFacts } from './package.award.decider.js';
import type { PackageCommands } from './package.commands.js';
import type { PackageEvent } from './package.events.js';
import { referralDecider, type TakeOnFacts } from './package.referral.decider.js';
import { initialPackage, type PackageState } from './package.rules.js';
import { serviceDecider } from './package.service.decider.js';
import { sourcingDecider, type SourcingFacts } from './package.sourcing.decider.js';

/** A package of care, by the phases of its life. */
export const packageDecider: Decider<
  PackageState,
  PackageCommands,
  PackageEvent,
  SourcingFacts & AwardFacts & { TakeOnPackage: TakeOnFacts }
> = {
  initial: initialPackage,
  decide: {
    ...referralDecider.decide,
    ...sourcingDecider.decide,
    ...awardDecider.decide,
    ...serviceDecider.decide,
  },
  evolve: {
    ...referralDecider.evolve,
    ...sourcingDecider.evolve,
    ...awardDecider.evolve,
    ...serviceDecider.evolve,
  },
};
