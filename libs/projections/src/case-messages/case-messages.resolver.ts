import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { messageStandings, type MessageStanding } from '#brokerage/case-inbox/case-inbox.rules.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { CaseMessageReads } from './case-messages.queries.js';
import { CaseMessageStatus, MessageStandingCode } from './case-messages.view.js';

const CaseMessageConnection = connectionOf(CaseMessageStatus);

@ArgsType()
class CaseMessagesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only those about this person.' })
  @IsOptional()
  @IsUUID()
  personId?: string;

  @Field(() => MessageStandingCode, { nullable: true, description: 'Only these.' })
  @IsOptional()
  @IsIn(messageStandings)
  standing?: MessageStanding;
}

@Resolver()
export class CaseMessagesResolver {
  private readonly reads: CaseMessageReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new CaseMessageReads(projector);
  }

  @Query(() => CaseMessageConnection, {
    description:
      'What case systems sent, where each message stands and why one could not be taken; the latest first. Never what it says.',
  })
  @Roles(...councilRoles, 'administrator')
  async caseMessages(
    @CurrentActor() viewer: Viewer,
    @Args() { after, ...question }: CaseMessagesArgs,
  ): Promise<Connection<CaseMessageStatus>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.messages(viewer, question));
  }
}
