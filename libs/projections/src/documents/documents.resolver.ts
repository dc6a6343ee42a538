import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { DocumentKindCode } from '#brokerage/document/document.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import type { ProjectionReader } from '../projector/reader.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { documents } from './documents.projection.js';
import { AttachedDocument } from './documents.view.js';

const DocumentConnection = connectionOf(AttachedDocument);

@ArgsType()
class DocumentsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only those of this contract or framework.' })
  @IsOptional()
  @IsUUID()
  targetId?: string;

  @Field(() => DocumentKindCode, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(DocumentKindCode))
  kind?: string;
}

@Resolver()
export class DocumentsResolver {
  private readonly reader: ProjectionReader<typeof documents.tables>;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reader = projector.reader(documents);
  }

  @Query(() => DocumentConnection, {
    description: 'Specifications and tender documents, the latest first (S2-22, S1-3).',
  })
  @Roles(...councilRoles, 'provider')
  async documents(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, targetId, kind }: DocumentsArgs,
  ): Promise<Connection<AttachedDocument>> {
    await showing(after, this.reader);
    const orderBy = { column: 'attachedAt', direction: 'desc' } as const;
    const filter = { targetId, kind };
    return connected(
      this.reader.page(viewer, 'documents', { filter, orderBy, first, after: cursor }),
    );
  }
}
