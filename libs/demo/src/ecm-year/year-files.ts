import { weeklyVisits } from '#kernel/schedule.js';
import { addDays, isoWeekOf, weeksFrom, type IsoWeek } from '#kernel/time.js';
import { abacusFile, carersFile, controccFile } from './year-layouts.js';
import { drawnWeek, type YearApproval } from './year-later.js';
import type { YearPackage, YearPlan } from './year-plan.js';
import type { YearFormat, YearProvider } from './year-providers.js';
import type { YearRow } from './year-rows.js';

/** What the manifest tells of a file. */
export interface YearFileTold {
  /** Below the directory. */
  readonly path: string;
  /** Of ContrOCC a provider's first file brings those who may come. */
  readonly carersPath?: string;
  readonly kind: 'week' | 'late' | 'correction';
  readonly provider: string;
  readonly providerId: string;
  readonly format: YearFormat;
  /** Absent: a file of ContrOCC has none. */
  readonly fileRef?: string;
  /** The one in which it is sent. */
  readonly sentIn: IsoWeek;
  readonly expected: YearCounts;
}

export interface YearFile {
  readonly told: YearFileTold;
  readonly csv: string;
  readonly carersCsv?: string;
}

/** Every row is one of the others; nothing comes twice. */
export interface YearCounts {
  readonly read: number;
  readonly new: number;
  readonly updated: number;
  readonly unallocated: number;
  readonly rejected: number;
}

export interface YearWeek {
  readonly week: IsoWeek;
  /** Planned visits of the week. */
  readonly visits: number;
  /** In the order in which they are sent. */
  readonly files: readonly YearFile[];
  readonly approvals: readonly YearApproval[];
}

const lateAfterWeeks = 3;
const correctionsEveryWeeks = 4;
/** A provider whose system was down: nothing is ever sent of these weeks. */
const silence = { provider: 4, weeks: [10, 11] };

interface Late {
  readonly provider: YearProvider;
  readonly sentAt: number;
  readonly rows: readonly YearRow[];
}

/** All files, a week at a time: what comes late and what corrects is kept until it is sent. */
export function* yearFiles(plan: YearPlan): Generator<YearWeek> {
  const { request, from, providers, packages } = plan;
  const weeks = weeksFrom(isoWeekOf(from), isoWeekOf(addDays(request.endsBefore, -1)));
  const own = Map.groupBy(packages, ({ provider }) => provider);
  const visits = packages.reduce((sum, { lines }) => sum + weeklyVisits(lines), 0);
  let late: readonly Late[] = [];
  const corrections = new Map<YearProvider, YearRow[]>();
  for (const [at, week] of weeks.entries()) {
    const isLast = at === weeks.length - 1;
    const sending = new Sending(own, at === 0, week);
    for (const provider of providers) {
      if (provider.at === silence.provider && silence.weeks.includes(at)) continue;
      const drawn = drawnWeek(plan, own.get(provider) ?? [], provider, week);
      sending.send('week', provider, drawn.sent);
      sending.approvals.push(...drawn.approvals);
      late = [...late, { provider, sentAt: at + lateAfterWeeks, rows: drawn.late }];
      corrections.set(provider, [...(corrections.get(provider) ?? []), ...drawn.corrections]);
    }
    const isDue = ({ sentAt }: Late) => isLast || sentAt <= at;
    for (const { provider, rows } of late.filter(isDue)) sending.send('late', provider, rows);
    late = late.filter((each) => !isDue(each));
    if (isLast || (at + 1) % correctionsEveryWeeks === 0) {
      for (const [provider, rows] of corrections) sending.send('correction', provider, rows);
      corrections.clear();
    }
    yield { week, visits, files: sending.files, approvals: sending.approvals };
  }
}

/** The files of one week. */
class Sending {
  readonly files: YearFile[] = [];
  readonly approvals: YearApproval[] = [];

  constructor(
    private readonly packages: ReadonlyMap<YearProvider, readonly YearPackage[]>,
    private readonly isFirst: boolean,
    private readonly week: IsoWeek,
  ) {}

  send(kind: YearFileTold['kind'], provider: YearProvider, rows: readonly YearRow[]): void {
    if (rows.length === 0) return;
    const { key, format, providerId } = provider;
    const name = `${this.week}/${key}-${kind}-${this.files.length + 1}`;
    const isAbacus = format === 'abacus';
    const fileRef = name.replaceAll('/', '-');
    const file = { provider, fileRef, rows };
    const brings = this.isFirst && kind === 'week' && !isAbacus;
    const told = { kind, provider: key, providerId, format, sentIn: this.week };
    this.files.push({
      told: {
        path: `${name}.csv`,
        ...(brings && { carersPath: `${name}-carers.csv` }),
        ...told,
        ...(isAbacus && { fileRef }),
        expected: countsOf(rows),
      },
      csv: isAbacus ? abacusFile(file) : controccFile(file),
      ...(brings && { carersCsv: this.carersOf(provider) }),
    });
  }

  private carersOf(provider: YearProvider): string {
    const packages = this.packages.get(provider) ?? [];
    return carersFile(
      packages.flatMap(({ carers }) => carers),
      provider.terms.startsOn,
    );
  }
}

function countsOf(rows: readonly YearRow[]): YearCounts {
  const counts = { read: rows.length, new: 0, updated: 0, unallocated: 0, rejected: 0 };
  for (const { expected } of rows) counts[expected] += 1;
  return counts;
}
