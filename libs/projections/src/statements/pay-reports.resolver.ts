import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { Roles } from '#platform/viewer/roles.js';
import { MonthArgs, monthAsked } from '../kpi/kpi.resolver.js';
import { patternRoles, payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { accrualOf, patternsOf } from './accrual.queries.js';
import { PayAccrual } from './accrual.view.js';
import { PayPatterns } from './pay-patterns.view.js';

/** What finance and quality know of pay by month. */
@Resolver()
export class PayReportsResolver {
  private readonly reader: PayReader;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reader = projector.reader(pay);
  }

  @Query(() => PayAccrual, {
    description: 'Visits delivered by a month’s last day that no statement has yet (S2-18).',
  })
  @Roles(...payRoles)
  async payAccrual(@Args() { after, month }: MonthArgs): Promise<PayAccrual> {
    await showing(after, this.reader);
    return accrualOf(this.reader, monthAsked(month, civilDateOf(this.clock.now())));
  }

  @Query(() => PayPatterns, {
    description:
      'How logs lie to the edges of the bands, by provider and carer; never shown to providers (X28).',
  })
  @Roles(...patternRoles)
  async payPatterns(@Args() { after, month }: MonthArgs): Promise<PayPatterns> {
    await showing(after, this.reader);
    return patternsOf(this.reader, monthAsked(month, civilDateOf(this.clock.now())));
  }
}
