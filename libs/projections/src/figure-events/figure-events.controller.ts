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
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { addDays, civilDateOf, isMonth, mondayOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilFigureEvents } from '../council-figures/council-events.queries.js';
import { councilFigureNames } from '../council-figures/council-figures.names.view.js';
import { periodOf } from '../council-figures/council-figures.queries.js';
import { ensureReal } from '../council-figures/council-figures.resolver.js';
import { KpiFigureEvents } from '../kpi/kpi-events.queries.js';
import { figureParts, kpiFigures } from '../kpi/kpi-figures.view.js';
import { ownOnly } from '../kpi/kpi.queries.js';
import { monthAsked } from '../kpi/kpi.resolver.js';
import { payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { countedLines } from '../statements/statement-events.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { comparingRoles, councilRoles } from '../who-sees.js';
import { fileFormats, sendEvents, type FileFormat } from './figure-events-file.js';

type Asked = Readonly<Record<string, string | undefined>>;

/** The events behind a figure as a file: what `events` of the same figure lists, whole. */
@Controller('figures')
export class FigureEventsController {
  private readonly kpis: KpiFigureEvents;
  private readonly council: CouncilFigureEvents;
  private readonly pay: PayReader;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: Pick<EventStore, 'read'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.kpis = new KpiFigureEvents(projector);
    this.council = new CouncilFigureEvents(projector);
    this.pay = projector.reader(pay);
  }

  /** A provider gets those of its own figures, whatever it asks for. */
  @Get('kpis/events.:format')
  @Roles(...comparingRoles, 'provider')
  ofKpis(
    @CurrentActor() viewer: Viewer,
    @Param('format') asked: string,
    @Query() { figure, part, month, providerId, patch, kpiSet }: Asked,
    @Res() response: Response,
  ): Promise<void> {
    const format = formatOf(asked);
    if (month !== undefined && !isMonth(month)) throw new BadRequestException(monthWords);
    const today = civilDateOf(this.clock.now());
    const counted = this.kpis.counted({
      ...{ month: monthAsked(month, today), today, patch, kpiSet },
      figure: oneOf(kpiFigures, 'figure', figure),
      part: oneOf(figureParts, 'part', part ?? 'required'),
      providerId: ownOnly(viewer) ?? providerId,
    });
    return sendEvents(response, `events-${figure}`, format, { log: this.log, counted });
  }

  @Get('council/events.:format')
  @Roles(...councilRoles)
  ofCouncil(
    @Param('format') asked: string,
    @Query() { figure, ...wanted }: Asked,
    @Res() response: Response,
  ): Promise<void> {
    const format = formatOf(asked);
    const { week: weekAsked, from: first, to: last } = wanted;
    const given = {
      ...(weekAsked !== undefined && { week: weekAsked }),
      ...(first !== undefined && { from: first }),
      ...(last !== undefined && { to: last }),
    };
    ensureReal(given);
    const today = civilDateOf(this.clock.now());
    const { week, from, to } = periodOf(given, today);
    const counted = this.council.counted({
      figure: oneOf(councilFigureNames, 'figure', figure),
      ...{ week, weekLastDay: addDays(mondayOf(week), 6), from, to, today },
    });
    return sendEvents(response, `events-${figure}`, format, { log: this.log, counted });
  }

  @Get('statements/:statementId/events.:format')
  @Roles(...payRoles, 'provider')
  ofStatement(
    @CurrentActor() viewer: Viewer,
    @Param() { statementId = '', format: asked = '' }: Asked,
    @Query() { lineKey, adjusts }: Asked,
    @Res() response: Response,
  ): Promise<void> {
    const format = formatOf(asked);
    const counted = countedLines(this.pay, viewer, { statementId, lineKey, adjusts });
    if (!counted) throw new NotFoundException('There is no such statement.');
    return sendEvents(response, `events-${statementId}`, format, { log: this.log, counted });
  }
}

const monthWords = 'Give a month as `2026-03`, or none for the last complete one.';

function formatOf(asked: string): FileFormat {
  const format = fileFormats.find((each) => each === asked);
  if (!format) throw new NotFoundException('There is no such file.');
  return format;
}

function oneOf<Name extends string>(
  names: readonly Name[],
  what: string,
  asked: string | undefined,
): Name {
  const found = names.find((name) => name === asked);
  if (!found) throw new BadRequestException(`Give ${what} as one of ${names.join(', ')}.`);
  return found;
}
