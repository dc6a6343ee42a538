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
import { isForm, readBody, readForm } from './ecm.upload.js';
import type { VisitsImport } from './ecm.view.js';

const about = z.strictObject({
  commandId: z.uuidv7(),
  providerId: z.guid(),
  format: z.enum(ecmFormatNames),
  preview: z.enum(['true', 'false']).default('true'),
});

/**
 * Takes a provider's file of electronic call monitoring: as the body (`text/csv`), what it is in the
 * query string (`?commandId&providerId&format&preview`); or as a form (`multipart/form-data`) with
 * these as fields and the files `visits` and `carers`. Unless `preview=false` nothing is stored.
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
    const form = isForm(request) ? await readForm(request, this.maxBytes) : undefined;
    const { preview, ...file } = described(form?.fields ?? request.query);
    const csv = form?.visits ?? (await readBody(request, this.maxBytes));
    const carers = form?.carers !== undefined && { carersCsv: form.carers };
    return this.importer.import({ ...file, preview: preview === 'true', csv, ...carers }, by);
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
