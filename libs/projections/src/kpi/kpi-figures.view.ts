import { codeList } from '#brokerage/codes.commands.js';

export const kpiFigures = [
  'planned',
  'excused',
  'required',
  'attended',
  'partially-attended',
  'late',
  'missed',
  'missed-reported-by-provider',
  'missed-reported-by-council',
  'missed-detected',
  'missed-unreported',
  'missed-by-cut-off',
  'evidenced',
  'not-evidenced',
  'windows-untold',
  'punctuality-standard',
  'punctuality-critical',
  'not-missed',
  'continuity',
  'evidence-coverage',
  'as-expected',
  'double-handed-kept',
  'electronic-logs',
  'long-visits',
  'agreed-short-visits',
] as const;
export type KpiFigure = (typeof kpiFigures)[number];
export const KpiFigureCode = codeList(
  'KpiFigure',
  kpiFigures,
  'A figure of a KPI row, by the name of its field.',
);

export const figureParts = ['required', 'kept', 'not-kept'] as const;
export type FigurePart = (typeof figureParts)[number];
export const FigurePartCode = codeList(
  'FigurePart',
  figureParts,
  'Of a share: all that could have been kept, what was kept, or what was not.',
);
