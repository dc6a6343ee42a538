import type { CouncilPolicy } from '#kernel/council-policy.js';
import type { CareLine, CareNeeds } from './package.events.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import { ensure, type PackageState } from './package.rules.js';
import { careNeeds, ensureComplete } from './package.schedule.rules.js';
import { isWithinPanel, panelFigure, type PanelFigures } from './package.panel.rules.js';
import type { VariedLineInput, VaryPackage } from './package.variation.commands.js';

/** The needs as they were taken in, with another schedule. */
const needsWith = (needs: CareNeeds | null, schedule: VariedLineInput[], startOn: string) =>
  ({ ...needs, startOn, schedule }) as CareNeedsInput;

/** A varied schedule says as much of each visit as a referred one does (X1). */
export function ensureScheduleComplete(
  { needs }: PackageState,
  { schedule, fromOn }: VaryPackage,
  policy: CouncilPolicy,
): void {
  // Purpose and end of short-term care were judged when it was referred.
  const varied = { ...needsWith(needs, schedule, fromOn), serviceLine: 'long-term' as const };
  ensureComplete(varied, policy);
}

/**
 * The varied schedule with the numbers of its lines: a visit that goes on keeps its own, a new one
 * gets a number that the package never used, so that no visit takes another one's id.
 */
export function variedLines(
  { needs, service: { layers } }: PackageState,
  schedule: VariedLineInput[],
): CareLine[] {
  const used = layers.flatMap(({ schedule: lines }) => lines.map(({ line }) => line));
  const continued = schedule.map(({ line }) => line ?? 0);
  let last = Math.max(0, ...used, ...continued, ...(needs?.schedule ?? []).map(({ line }) => line));
  const lines = careNeeds(needsWith(needs, schedule, needs?.startOn ?? '')).schedule;
  return lines.map((line, at) => ({ ...line, line: continued[at] || (last += 1) }));
}

/** A line that is continued is one of the package's own, and is continued once. */
export function ensureKnownLines(
  { service: { layers } }: PackageState,
  schedule: readonly VariedLineInput[],
): void {
  const known = new Set(layers.flatMap(({ schedule: lines }) => lines.map(({ line }) => line)));
  const continued = schedule.flatMap(({ line }) => line ?? []);
  const each = continued.every((line) => known.has(line));
  ensure(each, 'ScheduleLineUnknown', { path: 'schedule' });
  ensure(new Set(continued).size === continued.length, 'ScheduleLineRepeated', {
    path: 'schedule',
  });
}

/** An increase over the panel's level waits for the panel's approval of at least its figure (S3-7). */
export function ensureWithinPanel(
  { panel }: PackageState,
  figures: PanelFigures,
  policy: CouncilPolicy,
): void {
  const figure = panelFigure(figures, policy);
  const message = `The varied package is over the panel's level (${figure} against ${policy.panel.level}). Ask the panel first.`;
  ensure(isWithinPanel(panel, figure, policy), 'VariationOverPanelLevel', { message });
}
