import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import type { Share } from '#kernel/share.js';
import type { FigurePart, KpiFigure } from './kpi-figures.view.js';
import { careSharesOf, countsOf, coverageOf, sharesOf, type Counts } from './kpi-shares.rules.js';

type Policy = readonly (keyof CouncilPolicyValues)[];

const cutOff: Policy = ['lateCutOffMinutes'];
const punctuality: Policy = [...cutOff, 'punctualityToleranceMinutes'];
const windows: Policy = ['continuityStep', 'continuityCountsLegs'];

/** The policy that decides whether something counts in a figure; a target decides on no count. */
const policies: Readonly<Record<KpiFigure, Policy>> = {
  planned: [],
  excused: [],
  required: [],
  attended: cutOff,
  'partially-attended': cutOff,
  late: punctuality,
  missed: cutOff,
  'missed-reported-by-provider': [],
  'missed-reported-by-council': [],
  'missed-detected': [],
  'missed-unreported': [],
  'missed-by-cut-off': cutOff,
  evidenced: [],
  'not-evidenced': [],
  'windows-untold': windows,
  'punctuality-standard': punctuality,
  'punctuality-critical': punctuality,
  'not-missed': cutOff,
  continuity: windows,
  'evidence-coverage': [],
  'as-expected': [...cutOff, 'expectedArrivalMinutes'],
  'double-handed-kept': cutOff,
  'electronic-logs': cutOff,
  'long-visits': ['shortVisitMinutes'],
  'agreed-short-visits': ['shortVisitMinutes'],
};

/** Whether values of policy decide on a figure. */
export const decideOn = (values: CouncilPolicyValues, figure: KpiFigure): boolean =>
  policies[figure].some((name) => values[name] !== undefined);

export const isOfWindows = (figure: KpiFigure): boolean => policies[figure] === windows;

/** What counts add to a part of a figure. */
export function measure(counts: Counts, figure: KpiFigure, part: FigurePart): number {
  const { kept, required } = shareOf(counts, figure);
  if (part === 'required') return required;
  return part === 'kept' ? kept : required - kept;
}

/** A plain count is kept as a whole. */
function shareOf(counts: Counts, figure: KpiFigure): Share {
  const name = figure.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const shares: Readonly<Record<string, Share>> = {
    ...sharesOf(counts),
    ...careSharesOf(counts),
    evidenceCoverage: coverageOf(counts),
  };
  const plain = countsOf(counts)[name as keyof ReturnType<typeof countsOf>];
  return shares[name] ?? { kept: plain, required: plain };
}
