import type { CellReader } from '../csv-import/csv-import.cells.js';
import type { MonitoredStatus } from '../visit/visit.monitoring.events.js';
import type { ExcuseReason, LogMethod, ManualReason } from '../visit/visit.events.js';
import type { ClockTime } from './ecm.cells.js';

/** What any format may tell of one carer's attendance at one visit (formats.md, section 1). */
export interface EcmCells {
  readonly fileRef: string;
  readonly personRef: string;
  readonly packageRef: string;
  readonly visitRef: string;
  readonly sequence: number;
  readonly weekEnding: string;
  readonly visitDate: string;
  readonly plannedStart: string;
  readonly carerRef: string;
  readonly leg: number;
  /** Somebody who learnt beside the visit's carers (S2-11). */
  readonly shadow: boolean;
  readonly actualStart: ClockTime;
  readonly actualEnd: ClockTime;
  /** Seconds. */
  readonly actualDuration: number;
  readonly method: LogMethod;
  readonly manualReason: ManualReason;
  readonly status: MonitoredStatus;
  readonly reason: ExcuseReason;
  readonly noticeAt: string;
}

export type EcmField = keyof EcmCells;

/** Where a format has a field, and how it is read. */
export interface EcmColumn<Value> {
  /** Compared without case, blanks, dashes and underscores. */
  readonly title: string;
  readonly read: CellReader<Value>;
  /** What it takes; a sentence's end. */
  readonly takes: string;
  /** The column must be there and no cell of it empty. */
  readonly needed?: true;
}

/** One vendor's file, as a mapping to the canonical record. */
export interface EcmFormat {
  readonly name: string;
  /** Columns that are not named here are ignored and never stored. */
  readonly columns: { readonly [Field in EcmField]?: EcmColumn<EcmCells[Field]> };
  /** What a row says of the visit where no column does. */
  readonly statusOf?: (cells: Partial<EcmCells>) => MonitoredStatus;
  /** The leg of whoever learns, where the format tells only the first carer from the second. */
  readonly shadowLeg?: number;
  /** Whether every carer must be on the provider's register. */
  readonly needsCarerRegister?: true;
}
