import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { ContractTypeCode } from '#brokerage/provider-contract/provider-contract.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { asOf, PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { everyRole, Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { ContractRegisterReads } from './contract-register.queries.js';
import { Contract, Frameworks, Provider } from './contract-register.view.js';

const ContractConnection = connectionOf(Contract);
const ProviderConnection = connectionOf(Provider);

@ArgsType()
class ContractsArgs extends PageArgs {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @Field(() => ContractTypeCode, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(ContractTypeCode))
  type?: string;

  @Field({
    nullable: true,
    description: 'Only contracts admitted to this lot (on the date, if any).',
  })
  @IsOptional()
  @MaxLength(20)
  lot?: string;

  @Field({ nullable: true, description: 'Only contracts in force on this date.' })
  @IsOptional()
  @Matches(civilDate)
  on?: string;
}

@ArgsType()
class ProvidersArgs extends PageArgs {
  @Field({ nullable: true, description: 'A part of a legal, trading or other name.' })
  @IsOptional()
  @MaxLength(200)
  name?: string;

  @Field(() => ContractTypeCode, { nullable: true, description: 'With a contract of this type.' })
  @IsOptional()
  @IsIn(Object.values(ContractTypeCode))
  type?: string;

  @Field({ nullable: true, description: 'With a contract admitted to this lot.' })
  @IsOptional()
  @MaxLength(20)
  lot?: string;

  @Field({ nullable: true, description: 'With a contract in force on this date.' })
  @IsOptional()
  @Matches(civilDate)
  on?: string;

  @Field({ nullable: true, description: 'Suspended from new work on this date (X7).' })
  @IsOptional()
  @Matches(civilDate)
  suspendedOn?: string;
}

@Resolver()
export class ContractRegisterResolver {
  private readonly reads: ContractRegisterReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new ContractRegisterReads(projector);
  }

  @Query(() => ContractConnection, { description: 'The contract register, by provider (S3-10).' })
  @Roles(...councilRoles, 'provider')
  async contracts(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, ...wanted }: ContractsArgs,
  ): Promise<Connection<Contract>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.contracts(viewer, wanted, { first, cursor }));
  }

  @Query(() => ProviderConnection, { description: 'Providers of care by name (S1-4).' })
  @Roles(...councilRoles, 'provider')
  async providers(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, ...wanted }: ProvidersArgs,
  ): Promise<Connection<Provider>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.providers(viewer, wanted, { first, cursor }));
  }

  @Query(() => Frameworks, { description: 'Framework agreements with their openings (S1-5).' })
  @Roles(...everyRole)
  async frameworks(
    @CurrentActor() viewer: Viewer,
    @Args() { after }: QueryArgs,
  ): Promise<Frameworks> {
    await showing(after, this.reads.reader);
    return { frameworks: this.reads.frameworks(viewer), asOf: asOf(this.reads.reader.asOf()) };
  }
}
