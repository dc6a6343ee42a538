import { Controller, Get, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { OfferSheetReads } from '../offer-sheet/offer-sheet.queries.js';
import { sheetReaders } from '../offer-sheet/offer-sheet.tables.projection.js';
import { PROJECTOR, type Projector } from '../read-side.js';
import { offerSheetPage } from './offer-sheet-page.js';
import { pagePolicy } from './page-renderer.js';
import { requestPackPage } from './request-pack-page.js';

/** Pages for print and mail: what GraphQL answers to the same people, without scripts. */
@Controller('pages')
export class PagesController {
  private readonly reads: OfferSheetReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new OfferSheetReads(projector, clock);
  }

  @Get('offer-sheet/:requestId')
  @Roles(...sheetReaders, 'external-broker')
  offerSheet(
    @Param('requestId') requestId: string,
    @CurrentActor() viewer: Viewer,
    @Res() response: Response,
  ): void {
    const sheet = this.reads.sheet(viewer, requestId);
    if (!sheet) throw new NotFoundException('There is no such request.');
    send(response, offerSheetPage(sheet));
  }

  @Get('request-pack/:requestId')
  @Roles(...sheetReaders, 'external-broker', 'provider')
  requestPack(
    @Param('requestId') requestId: string,
    @CurrentActor() viewer: Viewer,
    @Res() response: Response,
  ): void {
    const pack = this.reads.packPage(viewer, requestId);
    if (!pack) throw new NotFoundException('There is no such request.');
    send(response, requestPackPage(pack));
  }
}

/** What one person may see stays in no shared cache. */
function send(response: Response, html: string): void {
  response.set({ 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'private, no-store' });
  response.type('html').send(html);
}
