import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { OfferSheetReads } from './offer-sheet.queries.js';
import { sheetReaders } from './offer-sheet.tables.projection.js';
import { OfferSheet, RequestPackText } from './offer-sheet.view.js';

@ArgsType()
class RequestArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  requestId: string;
}

/** What the person reads, and what providers read. */
@Resolver()
export class OfferSheetResolver {
  private readonly reads: OfferSheetReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new OfferSheetReads(projector, clock);
  }

  @Query(() => OfferSheet, {
    nullable: true,
    description:
      'The offers of a request in plain language, in the neutral order presented, for the person who decides; refused before they are presented (S1-11, S1-12). Also a page: /pages/offer-sheet/{requestId}.',
  })
  @Roles(...sheetReaders, 'external-broker')
  async offerSheet(
    @CurrentActor() viewer: Viewer,
    @Args() { after, requestId }: RequestArgs,
  ): Promise<OfferSheet | undefined> {
    await showing(after, this.reads.reader);
    return this.reads.sheet(viewer, requestId);
  }

  @Query(() => RequestPackText, {
    nullable: true,
    description:
      'The anonymised pack of a request in plain words, as a mail says it; a provider reads its own invitations (S1-9). Also a page: /pages/request-pack/{requestId}.',
  })
  @Roles(...sheetReaders, 'external-broker', 'provider')
  async requestPack(
    @CurrentActor() viewer: Viewer,
    @Args() { after, requestId }: RequestArgs,
  ): Promise<RequestPackText | undefined> {
    await showing(after, this.reads.reader, this.reads.requests);
    return this.reads.pack(viewer, requestId);
  }
}
