import type { Event } from '#kernel/decider.js';
import type { CivilDate, IsoWeek, LocalTime } from '#kernel/time.js';
import type { ExcuseReason, LogMethod, ManualReason } from './visit.events.js';

/** What electronic call monitoring says of one carer's attendance at one visit (formats.md, 1). */
export interface MonitoredRow {
  /** In its file, as the spreadsheet counts. */
  readonly row: number;
  /** The visit's id in the provider's system. */
  readonly ref?: string;
  /** Of several records of a source visit the highest counts (X11). */
  readonly sequence?: number;
  /** 1 for the first carer, 2 for the second … */
  readonly leg: number;
  /** The civil date of the planned visit. */
  readonly on: CivilDate;
  readonly plannedStart?: LocalTime;
  /** The provider's own id of the carer. */
  readonly carer?: string;
  /** An instant with its offset, or a local time (X9). */
  readonly loggedInAt?: string;
  readonly loggedOutAt?: string;
  readonly method?: LogMethod;
  /** The council's code for a log that was not made electronically. */
  readonly manualReason?: ManualReason;
  /** Somebody who learnt beside the visit's carers (S2-11); absent: not told. */
  readonly shadow?: boolean;
  readonly status: MonitoredStatus;
  readonly reason?: ExcuseReason;
  readonly noticeAt?: string;
}

export const monitoredStatuses = ['delivered', 'missed', 'excused'] as const;
export type MonitoredStatus = (typeof monitoredStatuses)[number];

/** Where a leg came from: the provider's id of the visit and which record of it. */
export interface LegSource {
  readonly fileId: string;
  readonly row: number;
  readonly ref?: string;
  readonly sequence?: number;
}

/** Attendances that no plan covers yet are kept until one does (X13). */
export type VisitsUnallocated = Event<
  'VisitsUnallocated',
  {
    readonly packageId: string;
    readonly personId: string;
    readonly week: IsoWeek;
    readonly providerId: string;
    readonly fileId: string;
    readonly rows: readonly MonitoredRow[];
  }
>;

/** A plan covers them now; they are recorded like any other. */
export type VisitsAllocated = Event<
  'VisitsAllocated',
  {
    readonly packageId: string;
    readonly personId: string;
    readonly week: IsoWeek;
    readonly keys: readonly string[];
  }
>;

export type MonitoringEvent = VisitsUnallocated | VisitsAllocated;

/** Names a row among those kept of a week: the same record again is the same row. */
export const keyOfRow = (row: MonitoredRow): string =>
  row.ref === undefined
    ? [row.on, row.leg, row.carer ?? '', row.loggedInAt ?? '', row.plannedStart ?? ''].join('|')
    : `${row.ref}/${row.leg}`;
