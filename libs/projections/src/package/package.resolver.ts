import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { asOf, PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { Offers } from './offer.view.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { PackageReads } from './package.queries.js';
import { Package, PackagesFilter, PackagesSort } from './package.view.js';

const PackageConnection = connectionOf(Package);

@ArgsType()
class PackageArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  id: string;

  @AsOfArgument()
  asOf?: string;
}

@ArgsType()
class PackagesArgs extends PageArgs {
  @Field(() => PackagesFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PackagesFilter)
  filter?: PackagesFilter;

  @Field(() => PackagesSort, { defaultValue: PackagesSort.NEWEST_FIRST })
  @IsEnum(PackagesSort)
  sort: PackagesSort = PackagesSort.NEWEST_FIRST;
}

@ArgsType()
class OffersArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;
}

@Resolver()
export class PackageResolver {
  private readonly reads: PackageReads;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.reads = new PackageReads(projector, clock);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => Package, {
    nullable: true,
    description: 'A package with its history. A provider sees its own, once the award stands.',
  })
  @Roles(...councilRoles, 'case-system', 'external-broker', 'provider')
  async package(
    @CurrentActor() viewer: Viewer,
    @Args() { after, id, asOf: past }: PackageArgs,
  ): Promise<Package | undefined> {
    const { reader, register } = this.reads;
    await showing(after, reader, register.reader);
    const moment = past === undefined ? undefined : await this.moments.named(past);
    return this.reads.package(viewer, id, moment?.position);
  }

  @Query(() => PackageConnection, { description: 'Packages, found by the case system’s ids too.' })
  @Roles(...councilRoles, 'case-system', 'external-broker', 'provider')
  async packages(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: PackagesArgs,
  ): Promise<Connection<Package>> {
    const { reader, register } = this.reads;
    await showing(after, reader, register.reader);
    return connected(this.reads.packages(viewer, filter, sort, page));
  }

  @Query(() => Offers, {
    description: 'Replies to a package’s requests, each time beside the wanted one (S1-12).',
  })
  @Roles(...councilRoles, 'external-broker')
  async offers(
    @CurrentActor() viewer: Viewer,
    @Args() { after, packageId }: OffersArgs,
  ): Promise<Offers> {
    const { reader } = this.reads;
    await showing(after, reader);
    return { offers: this.reads.offers(viewer, packageId), asOf: asOf(reader.asOf()) };
  }
}
