import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { policyOn } from '#kernel/council-policy.js';
import { addDays, civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { Roles } from '#platform/viewer/roles.js';
import { packages } from '../package/package.projection.js';
import { payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import { payBook } from '../pay/statement-lines.queries.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { byServiceLine } from './commitment-sums.rules.js';
import { commitmentOf } from './commitment.queries.js';
import { financialYear, financialYearOf } from './commitment.rules.js';
import { BudgetCommitment } from './commitment.view.js';

@ArgsType()
export class CommitmentArgs extends QueryArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'A financial year by its first; default the one that today is in.',
  })
  @IsOptional()
  @IsInt()
  @Min(2000)
  @Max(2200)
  year?: number;
}

/** What the council has bound itself to, against what it may spend (S2-18). */
@Resolver()
export class CommitmentResolver {
  constructor(
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => BudgetCommitment, {
    description:
      'Paid, stated, delivered and agreed cost of a financial year against its budget, by type of service (S2-18).',
  })
  @Roles(...payRoles)
  async budgetCommitment(@Args() { after, year }: CommitmentArgs): Promise<BudgetCommitment> {
    const readers = { pay: this.projector.reader(pay), care: this.projector.reader(packages) };
    await showing(after, readers.pay, readers.care);
    const today = civilDateOf(this.clock.now());
    const asked = year ?? financialYearOf(today);
    const days = financialYear(asked);
    const stand = asOf(readers.pay.asOf());
    const found = await commitmentOf(readers, days, today);
    // A budget that is set for a part of the year is the year's from then on.
    const policy = policyOn(payBook(readers.pay).policyChanges, addDays(days.endsBefore, -1));
    const services = byServiceLine(found, policy);
    return {
      ...{ year: asked, services, asOf: stand },
      forecastPence: services.reduce((sum, { forecastPence }) => sum + forecastPence, 0),
      unpriced: found.flatMap(({ packageId, unpricedDays }) =>
        packageId !== null && unpricedDays > 0 ? [{ packageId, days: unpricedDays }] : [],
      ),
    };
  }
}
