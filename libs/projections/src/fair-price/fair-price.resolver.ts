import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Matches } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { isCivilDate } from '#kernel/time.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ContractRegisterReads } from '../contract-register/contract-register.queries.js';
import type { ProjectionReader } from '../projector/reader.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { fairPrice, fairPriceRoles } from './fair-price.projection.js';
import { fairPriceOn } from './fair-price.rules.js';
import { FairPrice } from './fair-price.view.js';

@ArgsType()
class FairPriceArgs extends QueryArgs {
  @Field({ description: 'The date whose rates and minimum are compared.' })
  @Matches(civilDate)
  on: string;
}

/** Rates against published minimum prices (X8). */
@Resolver()
export class FairPriceReadResolver {
  private readonly reader: ProjectionReader<typeof fairPrice.tables>;
  private readonly register: ContractRegisterReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(fairPrice);
    this.register = new ContractRegisterReads(projector);
  }

  @Query(() => FairPrice, {
    description: 'Each framework rate against the minimum price of a date (X8).',
  })
  @Roles(...fairPriceRoles)
  async fairPrice(
    @CurrentActor() viewer: Viewer,
    @Args() { after, on }: FairPriceArgs,
  ): Promise<FairPrice> {
    if (!isCivilDate(on)) {
      throw new InvalidInput([{ code: 'invalid', path: 'on', message: `There is no day ${on}.` }]);
    }
    await showing(after, this.reader, this.register.reader);
    const prices = this.reader.select(viewer, 'prices', {});
    const contracts = this.register.frameworkContractsOn(viewer, on);
    return { ...fairPriceOn(prices, contracts, on), asOf: asOf(this.reader.asOf()) };
  }
}
