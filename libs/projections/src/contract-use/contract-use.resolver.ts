import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID, Matches } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { daysBetween, isCivilDate, mondayOf, weekdayOf, addDays, isoWeekOf } from '#kernel/time.js';
import { volumePeriodOf } from '#brokerage/provider-contract/contract-terms.rules.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import type { ProjectionReader } from '../projector/reader.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { contractUse, type TermsRow } from './contract-use.projection.js';
import { blockWeeks, heldCapacity, volumePeriods, weeksBetween } from './contract-use.rules.js';
import { ContractUse } from './contract-use.view.js';

const mostDays = 371;

@ArgsType()
class ContractUseArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  contractId: string;

  @Field({ description: 'First day; its whole week and period count.' })
  @Matches(civilDate)
  from: string;

  @Field({
    description: 'Last day, inclusive, at most 371 days on; its whole week and period count.',
  })
  @Matches(civilDate)
  to: string;
}

@Resolver()
export class ContractUseResolver {
  private readonly reader: ProjectionReader<typeof contractUse.tables>;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(contractUse);
  }

  @Query(() => ContractUse, {
    nullable: true,
    description: 'How much of a contract is used: a block, a minimum, or a capacity (S2-4, S3-11).',
  })
  @Roles(...councilRoles)
  async contractUse(
    @CurrentActor() viewer: Viewer,
    @Args() { after, contractId, from, to }: ContractUseArgs,
  ): Promise<ContractUse | null> {
    ensureRange(from, to);
    await showing(after, this.reader);
    const row = this.reader.get(viewer, 'terms', contractId);
    if (!row) return null;
    const held = heldCapacity(row, to);
    return {
      ...{ contractId, type: row.type },
      ...this.counted(viewer, row, { from, to }),
      ...(held && { held }),
      asOf: asOf(this.reader.asOf()),
    };
  }

  private counted(viewer: Viewer, row: TermsRow, range: { from: string; to: string }) {
    const { block, costAndVolume, contractId } = row;
    if (!block && !costAndVolume) return { weeks: [], periods: [] };
    const { from, before } = wholeRange(row, range);
    const visits = this.reader.select(viewer, 'visits', {
      filter: { contractId },
      where: '"on" >= ? AND "on" < ?',
      params: [from, before],
    });
    const weeks = weeksBetween(range.from, range.to);
    return {
      weeks: blockWeeks(row, visits, weeks),
      periods: volumePeriods(row, visits, range),
    };
  }
}

/** Whole weeks of a block, whole periods of a cost-and-volume contract. */
function wholeRange({ costAndVolume }: TermsRow, { from, to }: { from: string; to: string }) {
  if (!costAndVolume) {
    return { from: mondayOf(isoWeekOf(from)), before: addDays(to, 8 - weekdayOf(to)) };
  }
  const { startsOn } = volumePeriodOf(costAndVolume, from);
  return { from: startsOn, before: volumePeriodOf(costAndVolume, to).endsBefore };
}

function ensureRange(from: string, to: string): void {
  const real =
    isCivilDate(from) && isCivilDate(to) && from <= to && daysBetween(from, to) < mostDays;
  if (real) return;
  const message = `Say a first and a last day, at most ${mostDays} days.`;
  throw new InvalidInput([{ code: 'invalid', path: 'to', message }]);
}
