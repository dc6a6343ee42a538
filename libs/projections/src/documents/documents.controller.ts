import {
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { Response } from 'express';
import type { Viewer } from '#kernel/actor.js';
import type { Config } from '#platform/config/config.js';
import { DocumentContent } from '#platform/documents/document-content.js';
import { CONFIG } from '#platform/runtime/runtime.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import type { ProjectionReader } from '../projector/reader.js';
import { PROJECTOR, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { documents } from './documents.projection.js';

/** Gives a document's content to who may see the document; to others there is none. */
@Controller('documents')
export class DocumentsController {
  private readonly reader: ProjectionReader<typeof documents.tables>;
  private readonly content: DocumentContent;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CONFIG) { dataDir }: Config) {
    this.reader = projector.reader(documents);
    this.content = new DocumentContent(dataDir);
  }

  @Get(':documentId')
  @Roles(...councilRoles, 'provider')
  async download(
    @Param('documentId') documentId: string,
    @CurrentActor() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const found = this.reader.get(viewer, 'documents', documentId);
    const content = found && (await this.content.read(found.sha256));
    if (!found || !content) throw new NotFoundException('There is no such document.');
    response.set({ ETag: `"${found.sha256}"`, 'Cache-Control': 'private' });
    const name = encodeURIComponent(found.title);
    return new StreamableFile(content, {
      ...{ type: found.mediaType, length: found.bytes },
      disposition: `attachment; filename*=UTF-8''${name}`,
    });
  }
}
