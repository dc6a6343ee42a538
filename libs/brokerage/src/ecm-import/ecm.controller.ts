import { Controller, Inject, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { Config } from '#platform/config/config.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { CONFIG } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ecmFormatNames } from './ecm.formats.js';
import { VisitsImporter } from './ecm.importer.js';
import { ensure } from './ecm.rules.js';
import type { VisitsImport } from './ecm.view.js';

const about = z.strictObject({
  commandId: z.uuidv7(),
  providerId: z.guid(),
  format: z.enum(ecmFormatNames),
  preview: z.enum(['true', 'false']).default('true'),
});

/**
 * Takes a provider's file of electronic call monitoring as the body (`text/csv`), what it is in the
 * query string (`?commandId&providerId&format&preview`). Unless `preview=false` nothing is stored.
 */
@Controller('ecm/files')
export class EcmUploadController {
  private readonly importer: VisitsImporter;
  private readonly maxBytes: number;

  constructor(@Inject(Commands) commands: Commands, @Inject(CONFIG) { maxEcmFile }: Config) {
    this.importer = new VisitsImporter(commands);
    this.maxBytes = maxEcmFile;
  }

  @Post()
  @Roles('provider', 'commissioner', 'quality-officer', 'administrator')
  async upload(
    @Req() request: Request,
    @CurrentSubmission() by: Submission,
  ): Promise<VisitsImport> {
    const { preview, ...file } = described(request.query);
    const csv = await this.textOf(request);
    return this.importer.import({ ...file, preview: preview === 'true', csv }, by);
  }

  /** The body as it arrives; one that is too large is not read to its end. */
  private async textOf(request: Request): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      ensure(bytes <= this.maxBytes, 'EcmFileTooLarge', {
        message: `The file has more than ${this.maxBytes} bytes. Split it by week, or ask for a higher MAX_ECM_FILE.`,
      });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
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
