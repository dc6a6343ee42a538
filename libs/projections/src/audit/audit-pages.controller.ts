import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Query,
  Res,
} from '@nestjs/common';
import type { Response } from 'express';
import { isUuid } from '#kernel/ids.js';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { pagePolicy } from '../pages/page-renderer.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { drawnSample } from '../replay/audit-sample.resolver.js';
import { csvOf } from '../reports/report-csv.js';
import { AuditAnswers } from './audit-answers.js';
import { auditPage, type AuditTable } from './audit-page.js';
import { auditors, overseers } from './audit-roles.js';
import { sampleTable, sightsTable, storyTable } from './audit-tables.js';

type Asked = Readonly<Record<string, string | undefined>>;

/** The auditor's answers to print and to download: the same as GraphQL gives, each look recorded. */
@Controller('audit')
export class AuditPagesController {
  private readonly answers: AuditAnswers;
  private readonly looks: AuditLooks;

  constructor(
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(Commands) commands: Commands,
  ) {
    this.looks = new AuditLooks(commands);
    this.answers = new AuditAnswers({ projector, log, clock, looks: this.looks });
  }

  @Get('package-story/:file')
  @Roles(...auditors)
  async story(
    @CurrentSubmission() by: Submission,
    @Param('file') file: string,
    @Query('asOf') asOf: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { id, format } = named(file);
    const story = isUuid(id) ? await this.answers.story(by, id, { asOf }) : undefined;
    if (!story) throw new NotFoundException('There is no such package.');
    send(response, storyTable(story), { format, lines: story.lines });
  }

  @Get('who-saw/:file')
  @Roles(...overseers)
  async whoSaw(
    @CurrentSubmission() by: Submission,
    @Param('file') file: string,
    @Res() response: Response,
  ): Promise<void> {
    const { id, format } = named(file);
    if (!isUuid(id)) throw new NotFoundException('There is no such person.');
    const saw = await this.answers.whoSaw(by, id);
    send(response, sightsTable(saw), { format, lines: saw.sights });
  }

  @Get(['sample', 'sample.:format'])
  @Roles('auditor', 'quality-officer')
  async sample(
    @CurrentSubmission() by: Submission,
    @Param('format') asked: string | undefined,
    @Query() { fromOn = '', lastDay = '', size = '25', seed = '' }: Asked,
    @Res() response: Response,
  ): Promise<void> {
    const wanted = Number(size);
    const isUsable = Number.isInteger(wanted) && wanted >= 1 && wanted <= 500 && seed !== '';
    if (!isUsable)
      throw new BadRequestException('Give fromOn, lastDay, a size of 1 to 500 and a seed.');
    const { projector, log, looks } = this;
    const question = { fromOn, lastDay, size: wanted, seed: seed.slice(0, 100) };
    const drawn = await drawnSample({ projector, log, looks }, question, by);
    const query = new URLSearchParams({ fromOn, lastDay, size, seed }).toString();
    send(response, sampleTable(drawn, query), {
      ...{ format: asked ?? 'html', lines: drawn.decisions },
    });
  }
}

/** `<id>`, `<id>.csv` or `<id>.ndjson`. */
function named(file: string): { readonly id: string; readonly format: string } {
  const [id = '', format = 'html'] = file.split('.');
  return { id, format };
}

function send(
  response: Response,
  table: AuditTable,
  { format, lines }: { readonly format: string; readonly lines: readonly object[] },
): void {
  response.set('Cache-Control', 'private, no-store');
  if (format === 'csv') {
    response.attachment('audit.csv').type('text/csv').send(csvOf(table.head, table.rows));
  } else if (format === 'ndjson') {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    response.attachment('audit.ndjson').type('application/x-ndjson').send(text);
  } else if (format === 'html') {
    response.set('Content-Security-Policy', pagePolicy).type('html').send(auditPage(table));
  } else throw new NotFoundException('There are html, csv and ndjson.');
}
