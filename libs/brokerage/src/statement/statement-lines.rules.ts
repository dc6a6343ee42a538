import { excusedPercent } from '#kernel/payment-terms.js';
import type { IsoWeek } from '#kernel/time.js';
import { isCovered } from '../provider-contract/block.rules.js';
import { daysOfAbsence, isAttended, noticeHours } from './pay-absence.rules.js';
import { TermsByDate, type PayBook, type PayContract } from './pay-book.rules.js';
import { blockWeeks } from './pay-block.rules.js';
import { clashingLegs, legKey } from './pay-clash.rules.js';
import {
  excusedLine,
  legLine,
  priced,
  type DraftLine,
  type LegToPay,
  type LineTerms,
} from './pay-line.rules.js';
import { holderOfVisit, type PayVisit, type PayWeek } from './pay-week.rules.js';
import type { PayLine, StatedWeek } from './statement.events.js';

/** What a provider's lines are made of. */
export interface LinesQuestion {
  readonly providerId: string;
  /** The weeks wanted. */
  readonly weeks: readonly IsoWeek[];
  /** Package weeks of these and, for runs of absence and clashes at their edge, of others around. */
  readonly packageWeeks: readonly PayWeek[];
  readonly book: PayBook;
}

interface Drafted {
  readonly packageWeek: PayWeek;
  readonly contractId: string;
  readonly visit: PayVisit;
  readonly line: string;
  readonly terms: LineTerms;
  draft: DraftLine;
}

/** A provider's lines of some weeks, by package, week and contract (S2-18). */
export function statedWeeks({ providerId, weeks, packageWeeks, book }: LinesQuestion) {
  const terms = new TermsByDate(book);
  const wanted = new Set(weeks);
  const around = {
    clashing: clashingLegs(providerId, packageWeeks),
    absence: daysOfAbsence(providerId, packageWeeks),
  };
  const drafted: Drafted[] = [];
  for (const packageWeek of packageWeeks) {
    if (!wanted.has(packageWeek.week)) continue;
    for (const [key, visit] of Object.entries(packageWeek.visits)) {
      const holder = holderOfVisit(packageWeek, visit);
      if (holder.providerId !== providerId || holder.contractType === 'in-house') continue;
      const { contractId } = holder;
      const found = { packageWeek, contractId, visit, terms: terms.on(contractId, visit.on) };
      for (const [line, draft] of draftsOf(key, found, around)) {
        drafted.push({ ...found, line, draft });
      }
    }
  }
  useBlocks(drafted, terms);
  return [...grouped(drafted), ...blockWeeks(providerId, weeks, book)].toSorted(byPlace);
}

interface Around {
  readonly clashing: ReadonlySet<string>;
  readonly absence: ReadonlyMap<string, number>;
}

function draftsOf(
  key: string,
  { packageWeek, visit, terms }: Omit<Drafted, 'line' | 'draft'>,
  around: Around,
): readonly (readonly [string, DraftLine])[] {
  if (isAttended(visit)) {
    return legsToPay(key, packageWeek, visit, around).map(
      ([leg, toPay]) => [`${key}/${leg}`, legLine(toPay, terms)] as const,
    );
  }
  if (!visit.excused) return [];
  const excused = {
    reason: visit.excused.reason,
    noticeHours: noticeHours(visit),
    dayOfAbsence: around.absence.get(`${packageWeek.packageId}.${key}`) ?? 1,
  };
  const percent = excusedPercent(terms.terms.excused, excused);
  const line = excusedLine({ ...visit, percent }, terms);
  return line ? [[`${key}/excused`, line]] : [];
}

/**
 * The legs of an attended visit; the first ones, as many as were commissioned, are (S2-17d). Who
 * learns beside them was not commissioned and takes no other leg's place (S2-11).
 */
export function legsToPay(
  key: string,
  { packageId, approved }: Pick<PayWeek, 'packageId' | 'approved'>,
  visit: PayVisit,
  { clashing }: Pick<Around, 'clashing'>,
): readonly (readonly [string, LegToPay])[] {
  const { on, agreedStart, minutes, carers, legs } = visit;
  return Object.entries(legs)
    .filter(([, { shadow }]) => !shadow)
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([leg, log], at) => [
      leg,
      {
        ...{ on, agreedStart, minutes, leg: log },
        ...{ commissioned: at < carers, second: at > 0 },
        clashes: clashing.has(legKey(packageId, key, leg)),
        approvedMinutes: approved[`${key}/${leg}`] ?? 0,
      },
    ]);
}

/** Tenants' visits use the hours that a block bought first, week by week in order of start (S2-4). */
function useBlocks(drafted: readonly Drafted[], terms: TermsByDate): void {
  const used = new Map<string, number>();
  const inOrder = drafted
    .filter(({ contractId }) => terms.contract(contractId)?.block)
    .toSorted((a, b) => compare(orderOf(a), orderOf(b)));
  for (const line of inOrder) {
    const { contractId, packageWeek, visit, draft } = line;
    const { block, tenancies } = terms.contract(contractId) as PayContract;
    const { personId, week } = packageWeek;
    const asked = { personId, on: visit.on, start: visit.agreedStart, carerMinutes: 0 };
    if (!block || !isCovered(block, tenancies, asked)) continue;
    const key = `${contractId}/${week}`;
    const before = used.get(key) ?? 0;
    const blockMinutes = Math.min(Math.max(0, block.weeklyMinutes - before), draft.paidMinutes);
    used.set(key, before + blockMinutes);
    const paidMinutes = draft.paidMinutes - blockMinutes;
    if (blockMinutes > 0) line.draft = { ...draft, paidMinutes, blockMinutes };
  }
}

const orderOf = ({ visit, packageWeek, line }: Drafted): string =>
  `${visit.startsAt} ${packageWeek.packageId} ${line}`;

function grouped(drafted: readonly Drafted[]): StatedWeek[] {
  const groups = new Map<string, { week: Omit<StatedWeek, 'lines'>; lines: PayLine[] }>();
  for (const { packageWeek, contractId, line, draft } of drafted) {
    const { packageId, personId, week } = packageWeek;
    const key = `${packageId}/${week}/${contractId}`;
    const group = groups.get(key) ?? {
      week: { packageId, personId, contractId, week },
      lines: [],
    };
    groups.set(key, group);
    group.lines.push(priced(line, draft));
  }
  return [...groups.values()].map(({ week, lines }) => ({
    ...week,
    lines: lines.toSorted((a, b) => compare(a.line, b.line)),
  }));
}

const byPlace = (a: StatedWeek, b: StatedWeek): number => compare(placeOf(a), placeOf(b));

const placeOf = ({ packageId, week, contractId }: StatedWeek): string =>
  `${packageId ?? ''}/${week}/${contractId}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
