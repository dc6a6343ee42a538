import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import type { PayLine } from '#brokerage/statement/statement.events.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import { inOrder } from '../figure-events/counted-streams.rules.js';
import {
  madeOf,
  type Counted,
  type CountedStream,
} from '../figure-events/figure-events.queries.js';
import { pay } from '../pay/pay.projection.js';
import type { PayWeekRow, StatedRow } from '../pay/pay.tables.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { RowTrace } from '../projector/row-trace.js';
import { statedOf } from './statements.queries.js';

/** The lines of a statement whose events are asked for. */
export interface LinesAsked {
  readonly statementId: string;
  /** One line; default all that the total is the sum of. */
  readonly lineKey?: string | undefined;
  /** Of a line that corrects another period, its first day; default every such line. */
  readonly adjusts?: string | undefined;
}

interface Line {
  readonly key: string;
  readonly week: StatedRow;
  readonly line: PayLine;
}

/** What the lines of a statement come from; `undefined`: the viewer sees no such statement (S2-18). */
export function countedLines(
  reader: PayReader,
  viewer: Viewer,
  { statementId, lineKey, adjusts }: LinesAsked,
): Counted | undefined {
  const statement = reader.get(viewer, 'statements', statementId);
  if (!statement) return undefined;
  const lines = statedOf(reader, viewer, statementId).flatMap((week) =>
    week.lines.map((line): Line => ({ key: lineKeyOf(week, line), week, line })),
  );
  const asked = lines
    .filter(({ key }) => lineKey === undefined || key === lineKey)
    .filter(({ week }) => adjusts === undefined || week.adjusts === adjusts);
  const { providerId, position, run } = statement;
  const streams = [
    ...termsOf(asked, position),
    ...visitsOf(asked, position),
    ...correctedStatements(asked, providerId, position),
    statementStream(statementId, asked),
  ];
  return {
    list: JSON.stringify(['statement', statementId, run, lineKey, adjusts]),
    asOf: reader.asOf(),
    streams: async function* (from) {
      yield* inOrder(streams, from);
      await Promise.resolve();
    },
  };
}

/** Visits, as the log had them when the statement was prepared. */
const visitsOf = (lines: readonly Line[], upTo: Position): CountedStream[] =>
  [...Map.groupBy(lines, ({ week }) => `visitWeek-${week.packageId}-${week.week}`)].flatMap(
    ([stream, some]) => (some[0]?.week.packageId ? [visitsStream(stream, some, upTo)] : []),
  );

const visitsStream = (stream: string, lines: readonly Line[], upTo: Position): CountedStream => ({
  ...{ stream, upTo },
  madeBy(events) {
    const trace = new RowTrace(pay, events, undefined);
    return madeOf(
      lines.map(({ key, line }) => {
        const [visit = ''] = line.line.split('/');
        const made = trace.changesOf<PayWeekRow>('weeks', stream, ({ visits }) => visits[visit]);
        return [key, made] as const;
      }),
    );
  },
});

/** Rates and terms: they pay every line, and the hours of a block are a line of theirs. */
function termsOf(lines: readonly Line[], upTo: Position): CountedStream[] {
  const contracts = Map.groupBy(lines, ({ week }) => week.contractId);
  const ofContracts = [...contracts].map(([contractId, some]): CountedStream => {
    const blocks = some.filter(({ week }) => week.packageId === null).map(({ key }) => key);
    return {
      ...{ stream: `providerContract-${contractId}`, upTo },
      madeBy(events) {
        const trace = new RowTrace(pay, events, undefined);
        const made = trace.changesOf('contracts', contractId);
        return new Map(made.map((event) => [event, blocks] as const));
      },
    };
  });
  const policy: CountedStream = {
    ...{ stream: councilPolicyStream, upTo },
    madeBy: (events) =>
      new Map(
        events
          .filter(({ type, data }) => type === 'PolicyChangeApproved' && decidesOnPay(data))
          .map((event) => [event, []] as const),
      ),
  };
  return lines.length > 0 ? [...ofContracts, policy] : [];
}

const decidesOnPay = (data: unknown): boolean => {
  const { values = {} } = data as { readonly values?: Readonly<Record<string, unknown>> };
  return values['pay'] !== undefined || values['bankHolidays'] !== undefined;
};

/** A corrected line is the difference to what a closed statement said (X14). */
function correctedStatements(
  lines: readonly Line[],
  providerId: string,
  upTo: Position,
): CountedStream[] {
  const periods = Map.groupBy(
    lines.filter(({ week }) => week.adjusts !== undefined),
    ({ week }) => week.adjusts ?? '',
  );
  return [...periods].map(([period, some]) => ({
    ...statementStream(statementIdOf(providerId, period), some),
    upTo,
  }));
}

/** The preparation that stated the lines, and what let held minutes be paid (S2-17b). */
const statementStream = (statementId: string, lines: readonly Line[]): CountedStream => ({
  stream: `statement-${statementId}`,
  madeBy(events) {
    const trace = new RowTrace(pay, events, undefined);
    const asked = new Set(lines.map(({ key }) => key));
    return madeOf(
      [...trace.rows<StatedRow>('stated')].flatMap(([row, week]) =>
        week.lines.flatMap((line) => {
          const key = lineKeyOf(week, line);
          if (!asked.has(key)) return [];
          const made = trace.eventsOf<StatedRow>('stated', row, (then) => textOf(then, key));
          return [[key, made] as const];
        }),
      ),
    );
  },
});

/** A line as it was stated. */
const textOf = (week: StatedRow, key: string): string =>
  JSON.stringify(week.lines.find((line) => lineKeyOf(week, line) === key));
