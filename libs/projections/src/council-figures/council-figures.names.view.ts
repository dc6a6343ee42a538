import { codeList } from '#brokerage/codes.commands.js';

export const councilFigureNames = [
  'planned-people',
  'planned-visits',
  'planned-minutes',
  'delivered-people',
  'delivered-visits',
  'delivered-minutes',
  'awarded-packages',
  'awarded-people',
  'awarded-minutes',
  'full-cost-people',
  'rates',
  'rates-average',
  'packages-needing-transition',
] as const;
export type CouncilFigureName = (typeof councilFigureNames)[number];
export const CouncilFigureCode = codeList(
  'CouncilFigure',
  councilFigureNames,
  'A figure that the council states. Hours come from the minutes; `RATES` are the lowest and the highest.',
);
