import { Controller, Inject, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { Config } from '#platform/config/config.js';
import { DocumentContent } from '#platform/documents/document-content.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { CONFIG } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import type { AttachDocument } from './document.commands.js';
import { documentKinds, documentTargets, documentVisibilities } from './document.events.js';

const mediaTypes = [
  'application/pdf',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
  'text/plain',
] as const;

const about = z.strictObject({
  commandId: z.uuidv7(),
  target: z.enum(documentTargets),
  targetId: z.guid(),
  kind: z.enum(documentKinds),
  title: z.string().trim().min(1).max(200),
  visibility: z.enum(documentVisibilities),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(mediaTypes),
});

/**
 * Takes a document: its content as the body, what it is in the query string
 * (`?commandId&target&targetId&kind&title&visibility&sha256`), its media type as `Content-Type`.
 */
@Controller('documents')
export class DocumentUploadController {
  private readonly content: DocumentContent;

  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(CONFIG) { dataDir }: Config,
  ) {
    this.content = new DocumentContent(dataDir);
  }

  /** The content is durable before the event that names it. */
  @Post()
  @Roles('commissioner')
  async attach(
    @Req() request: Request,
    @CurrentSubmission() by: Submission,
  ): Promise<{ documentId: string; position: string; sha256: string; bytes: number }> {
    const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim();
    const { sha256: expected, ...document } = described({ ...request.query, mediaType });
    const { sha256, bytes } = await this.content.store(request, expected);
    const command: AttachDocument = { ...document, sha256, bytes };
    const { id, position } = await this.commands.executeNamed('AttachDocument', command, by);
    return { documentId: id, position: String(position), sha256, bytes };
  }
}

function described(sent: object): z.infer<typeof about> {
  const parsed = about.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    parsed.error.issues.map(({ path, message }) => ({
      ...{ code: 'invalid', path: path.join('.'), message },
    })),
  );
}
