import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { deliveryStatuses, type DeliveryStatus } from '#brokerage/delivery/delivery.codes.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { DeliveryReads } from './deliveries.queries.js';
import { Delivery, DeliveryStatusCode } from './deliveries.view.js';

const DeliveryConnection = connectionOf(Delivery);

@ArgsType()
class DeliveriesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only the invitations to this request.' })
  @IsOptional()
  @IsUUID()
  requestId?: string;

  @Field(() => DeliveryStatusCode, { nullable: true, description: 'Only these.' })
  @IsOptional()
  @IsIn(deliveryStatuses)
  status?: DeliveryStatus;
}

@Resolver()
export class DeliveriesResolver {
  private readonly reads: DeliveryReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new DeliveryReads(projector);
  }

  @Query(() => DeliveryConnection, {
    description: 'What was sent to providers, with each attempt; the latest first.',
  })
  @Roles(...councilRoles)
  async deliveries(
    @CurrentActor() viewer: Viewer,
    @Args() { after, ...question }: DeliveriesArgs,
  ): Promise<Connection<Delivery>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.deliveries(viewer, question));
  }
}
