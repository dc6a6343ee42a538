import type { CouncilPolicy } from '#kernel/council-policy.js';
import { weeklyCarerMinutes, type ScheduleLine } from '#kernel/schedule.js';
import type { PanelOutcome, PanelStanding, PanelSubject } from './package.codes.js';
import type { PackageEvent } from './package.events.js';
import type { PanelMeasure } from './package.panel.events.js';

/** Why the panel is not asked, or does not decide (S3-7). */
export const panelRules = {
  PanelApprovalRequired: 'This package is over the panel’s level. Open a panel case first.',
  OfferOverPanelApproval:
    'The chosen offer is dearer than the panel approved. Open a panel case for it.',
  PanelNotNeeded: 'This figure is not over the panel’s level. No panel case is needed.',
  PanelCasePending:
    'A panel case about this is waiting for its decision. Wait for it or send it back.',
  PanelFigureApproved: 'The panel has approved this figure already.',
  PanelSubjectNotAtHand: 'There is nothing of this kind to ask the panel about now.',
  PanelCaseUnknown: 'There is no such panel case.',
  PanelCaseNotPending: 'This panel case is decided or sent back.',
  PanelAuthorDecides: 'Whoever opened a panel case does not decide it. Ask another member.',
  PanelAgencyUnknown: 'This agency does not sit on the panel of this case.',
  PanelMemberOfTwoAgencies:
    'This person has decided for another agency of the case. Each agency decides by its own member.',
  PanelConditionsMissing: 'A deferred case says under which conditions it comes back.',
  InterimAuthorityOnlyUrgent: 'Care starts under interim authority only where it is urgent.',
  InterimAuthorityGivenAlready: 'Interim authority was given for this case already.',
} as const;

export interface PanelCase {
  readonly caseId: string;
  readonly on: PanelSubject;
  readonly concerns?: string;
  readonly measure: PanelMeasure;
  readonly figure: number;
  readonly agencies: readonly string[];
  readonly openedBy: string;
  /** Each agency's last decision and who made it. */
  readonly decisions: Readonly<Record<string, { outcome: PanelOutcome; by: string }>>;
  readonly interim: boolean;
  readonly standing: PanelStanding;
}

/** What the panel was asked about a package, and said. */
export interface PanelState {
  readonly cases: readonly PanelCase[];
  /** The figure last approved, by measure. */
  readonly approved: Readonly<Partial<Record<PanelMeasure, number>>>;
}

export const noPanel: PanelState = { cases: [], approved: {} };

export interface PanelFigures {
  readonly schedule: readonly ScheduleLine[];
  readonly weeklyCostPence: number | null;
}

/** The one figure that the council's policy judges by (S3-7). */
export function panelFigure(
  { schedule, weeklyCostPence }: PanelFigures,
  { panel: { measure } }: Pick<CouncilPolicy, 'panel'>,
): number {
  const cost = weeklyCostPence ?? 0;
  return {
    'weekly-hours': weeklyCarerMinutes(schedule),
    'weekly-cost': cost,
    'yearly-cost': cost * 52,
  }[measure];
}

/** Strictly over: a figure of exactly the level needs no panel. */
export const isOverLevel = (figure: number, { panel }: Pick<CouncilPolicy, 'panel'>): boolean =>
  panel.level !== undefined && figure > panel.level;

export const isOpenCase = ({ standing }: PanelCase): boolean =>
  standing === 'pending' || standing === 'deferred';

/** At most the figure last approved, or that of a case under interim authority. */
export const isCoveredByPanel = (
  { cases, approved }: PanelState,
  figure: number,
  { panel: { measure } }: Pick<CouncilPolicy, 'panel'>,
): boolean =>
  figure <= (approved[measure] ?? 0) ||
  cases.some((of) => of.interim && isOpenCase(of) && of.measure === measure && figure <= of.figure);

/** Whether something may go on at this figure (S3-7, X5). */
export const isWithinPanel = (
  panel: PanelState,
  figure: number,
  policy: Pick<CouncilPolicy, 'panel'>,
): boolean => !isOverLevel(figure, policy) || isCoveredByPanel(panel, figure, policy);

/** Approved once each agency has approved; one refusal refuses, one deferral defers. */
export function standingOf(
  agencies: readonly string[],
  decisions: PanelCase['decisions'],
): Exclude<PanelStanding, 'withdrawn'> {
  const outcomes = agencies.map((agency) => decisions[agency]?.outcome);
  if (outcomes.includes('refused')) return 'refused';
  if (outcomes.includes('deferred')) return 'deferred';
  return outcomes.every((outcome) => outcome === 'approved') ? 'approved' : 'pending';
}

interface OfPackage {
  readonly personId: string;
  readonly panel: PanelState;
}

/** Cases about a figure that is no more. */
export const casesWithdrawn = (
  { personId, panel }: OfPackage,
  packageId: string,
): readonly PackageEvent[] =>
  panel.cases
    .filter((of) => isOpenCase(of) && of.on !== 'variation')
    .map(({ caseId, on }) => ({
      type: 'PanelCaseWithdrawn',
      data: { packageId, personId, caseId, on, because: 'referral-corrected' },
    }));

/** The highest weekly cost among priced contracts; null: none has a price. */
export const dearest = (
  contracts: readonly { readonly weeklyCostPence?: number | null }[],
): number | null =>
  contracts.reduce<number | null>(
    (most, { weeklyCostPence: cost }) =>
      typeof cost === 'number' && cost > (most ?? -1) ? cost : most,
    null,
  );

/** Where a package stands while its estimate may change. */
export const beforeRequest: readonly string[] = [
  'awaiting-request',
  'awaiting-panel',
  'request-closed',
];
