import type { PanelMeasure } from './package.panel.events.js';

/** Why the panel is not asked, or does not decide (S3-7). */
export const panelRules = {} as const;

export interface PanelCase {
  readonly caseId: string;
  readonly on: 'estimate' | 'offer' | 'variation';
  readonly concerns?: string;
  readonly measure: PanelMeasure;
  readonly figure: number;
  readonly standing: 'pending' | 'approved' | 'refused' | 'deferred';
}

/** What the panel was asked about a package, and said. */
export interface PanelState {
  readonly cases: readonly PanelCase[];
  /** The figure last approved, by measure. */
  readonly approved: Readonly<Partial<Record<PanelMeasure, number>>>;
}

export const noPanel: PanelState = { cases: [], approved: {} };
