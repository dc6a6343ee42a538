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
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, isCivilDate, isMonth } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { commitmentOf, type PackageReader } from '../commitment/commitment.queries.js';
import { financialYear } from '../commitment/commitment.rules.js';
import { packages } from '../package/package.projection.js';
import { payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { PROJECTOR, type Projector } from '../read-side.js';
import { accrualOf } from './accrual.queries.js';
import { csvText } from './csv-text.js';
import { chargesOf, ledgerOf, type FundingOn } from './ledger.rules.js';
import { linesOf, statedOf } from './statements.queries.js';

/** Pay as files: for the ledger, the person's charge, the month-end, and the provider (S2-18, X16). */
@Controller('pay')
export class PayExportsController {
  private readonly reader: PayReader;
  private readonly care: PackageReader;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reader = projector.reader(pay);
    this.care = projector.reader(packages);
  }

  /** A statement by package and payer, with the payer's ledger code. */
  @Get('statements/:statementId/ledger.csv')
  @Roles(...payRoles)
  ledger(
    @CurrentActor() viewer: Viewer,
    @Param('statementId') statementId: string,
    @Res() response: Response,
  ): void {
    const statement = this.reader.get(viewer, 'statements', statementId);
    if (!statement) throw new NotFoundException('There is no such statement.');
    const { providerId, periodStartsOn, status } = statement;
    const entries = ledgerOf(statedOf(this.reader, viewer, statementId), this.fundingOn(viewer));
    const header = [
      ...['statement', 'provider', 'period_starts_on', 'status', 'package', 'person'],
      ...['payer', 'ledger_code', 'pence'],
    ];
    const rows = entries.map(({ packageId, personId, payer, ledgerCode, pence }) => [
      ...[statementId, providerId, periodStartsOn, status, packageId, personId],
      ...[payer, ledgerCode, pence],
    ]);
    send(response, `ledger-${statementId}.csv`, csvText(header, rows));
  }

  /** A statement line by line; a provider downloads its own. */
  @Get('statements/:statementId/lines.csv')
  @Roles(...payRoles, 'provider')
  lines(
    @CurrentActor() viewer: Viewer,
    @Param('statementId') statementId: string,
    @Res() response: Response,
  ): void {
    const statement = this.reader.get(viewer, 'statements', statementId);
    if (!statement) throw new NotFoundException('There is no such statement.');
    const header = [
      ...['line', 'package', 'contract', 'week', 'attended_minutes', 'paid_minutes'],
      ...['pence_per_hour', 'held_because', 'held_minutes', 'corrects_period', 'pence'],
    ];
    const rows = linesOf(this.reader, viewer, statementId).map((line) => [
      ...[line.lineKey, line.packageId ?? '', line.contractId, line.week],
      ...[line.attendedMinutes ?? '', line.paidMinutes, line.pencePerHour],
      ...[line.heldBecause ?? '', line.heldMinutes ?? '', line.adjusts ?? '', line.pence],
    ]);
    send(response, `lines-${statementId}.csv`, csvText(header, rows));
  }

  /** What each person's care of each week came to, by approved statements of a period (X16). */
  @Get('charges.csv')
  @Roles(...payRoles)
  charges(
    @CurrentActor() viewer: Viewer,
    @Query('periodStartsOn') periodStartsOn: string | undefined,
    @Res() response: Response,
  ): void {
    if (!periodStartsOn || !isCivilDate(periodStartsOn)) {
      throw new BadRequestException('Say periodStartsOn, the first day of a period.');
    }
    const approved = this.reader
      .select(viewer, 'statements', { filter: { periodStartsOn } })
      .filter(({ status }) => status === 'approved' || status === 'closed');
    const weeks = approved.flatMap(({ statementId }) => statedOf(this.reader, viewer, statementId));
    const header = ['person', 'week', 'visits', 'attended_minutes', 'paid_minutes', 'pence'];
    const rows = chargesOf(weeks).map((charge) => [
      ...[charge.personId, charge.week, charge.visits],
      ...[charge.attendedMinutes, charge.paidMinutes, charge.pence],
    ]);
    send(response, `charges-${periodStartsOn}.csv`, csvText(header, rows));
  }

  /** What is owed at a month's end for visits that no statement has yet. */
  @Get('accrual.csv')
  @Roles(...payRoles)
  async accrual(@Query('month') month: string | undefined, @Res() response: Response) {
    if (!month || !isMonth(month)) throw new BadRequestException('Say month, 2026-03.');
    const { providers } = await accrualOf(this.reader, month);
    const header = ['provider', 'month', 'lines', 'pence', 'held_pence'];
    const rows = providers.map(({ providerId, lineCount, pence, heldPence }) => [
      ...[providerId, month, lineCount, pence, heldPence],
    ]);
    send(response, `accrual-${month}.csv`, csvText(header, rows));
  }

  /** What each package of a financial year costs; budgets are by type of service. */
  @Get('commitment.csv')
  @Roles(...payRoles)
  async commitment(@Query('year') year: string | undefined, @Res() response: Response) {
    if (!year || !/^2\d{3}$/.test(year)) {
      throw new BadRequestException('Say year, the first of a financial year: 2026.');
    }
    const today = civilDateOf(this.clock.now());
    const readers = { pay: this.reader, care: this.care };
    const found = await commitmentOf(readers, financialYear(Number(year)), today);
    const header = [
      ...['package', 'service_line', 'paid_pence', 'to_approve_pence', 'accrued_pence'],
      ...['committed_pence', 'unpriced_days'],
    ];
    const rows = found.map((one) => [
      ...[one.packageId ?? '', one.serviceLine ?? '', one.paidPence, one.toApprovePence],
      ...[one.accruedPence, one.committedPence, one.unpricedDays],
    ]);
    send(response, `commitment-${year}.csv`, csvText(header, rows));
  }

  private fundingOn(viewer: Viewer): FundingOn {
    const rows = new Map<string, ReturnType<typeof this.fundingOf>>();
    return (packageId, on) => {
      const funding = rows.get(packageId) ?? this.fundingOf(viewer, packageId);
      rows.set(packageId, funding);
      return funding.findLast(({ fromOn }) => fromOn <= on)?.lines ?? [];
    };
  }

  private fundingOf(viewer: Viewer, packageId: string) {
    return this.reader.get(viewer, 'funding', packageId)?.funding ?? [];
  }
}

/** What few may see stays in no shared cache. */
function send(response: Response, name: string, csv: string): void {
  response.set({
    'Cache-Control': 'private, no-store',
    'Content-Disposition': `attachment; filename="${name}"`,
  });
  response.type('text/csv').send(csv);
}
