import type { CouncilPolicy } from '#kernel/council-policy.js';
import { deriveId } from '#kernel/ids.js';
import { civilDateOf } from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';
import type { PackageEvent } from './package.events.js';
import type { OpenPanelCase, PanelCommands } from './package.panel.commands.js';
import * as rules from './package.panel.rules.js';
import { ensure, type PackageState, type Phase } from './package.rules.js';

type PanelEvent = Extract<
  PackageEvent,
  {
    type: 'PanelCaseOpened' | 'PanelCaseDecided' | 'InterimAuthorityGiven' | 'PanelCaseWithdrawn';
  }
>;

export interface PanelFacts {
  OpenPanelCase: {
    /** The dearest eligible contract's weekly cost; null: none has a price. */
    readonly estimatePence: number | null;
    /** What the proposed variation costs a week, and its schedule. */
    readonly variation: rules.PanelFigures | null;
  };
}

/** The Quality Assurance Panel: what is over its level waits for it (S3-7). */
export const panelDecider: Phase<PanelCommands, PanelEvent, PanelFacts> = {
  decide: {
    OpenPanelCase(state, command, { facts, policy, actor }) {
      const { commandId, packageId, on } = command;
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      const asked = figuresAskedAbout(state, command, facts);
      ensure(asked, 'PanelSubjectNotAtHand', { path: 'on' });
      const figure = rules.panelFigure(asked, policy);
      const { measure, level, agencies } = policy.panel;
      ensure(level !== undefined && figure > level, 'PanelNotNeeded');
      ensure(figure > (state.panel.approved[measure] ?? 0), 'PanelFigureApproved');
      const pending = state.panel.cases.some((of) => of.on === on && rules.isOpenCase(of));
      ensure(!pending, 'PanelCasePending');
      const data = {
        ...{ packageId, personId: state.personId, caseId: deriveId(commandId, 'panelCase'), on },
        ...(asked.concerns && { concerns: asked.concerns }),
        ...{ measure, level, figure, agencies: [...agencies], openedBy: actor.id },
      };
      return [{ type: 'PanelCaseOpened', data }];
    },
    DecidePanelCase(state, command, { now, actor }) {
      const { packageId, caseId, agency, outcome, conditions = [], reason } = command;
      const of = openCase(state, caseId);
      ensure(of.openedBy !== actor.id, 'PanelAuthorDecides');
      ensure(of.agencies.includes(agency), 'PanelAgencyUnknown', { path: 'agency' });
      const decidedElsewhere = Object.entries(of.decisions).some(
        ([other, { by }]) => other !== agency && by === actor.id,
      );
      ensure(!decidedElsewhere, 'PanelMemberOfTwoAgencies', { path: 'agency' });
      const told = outcome !== 'deferred' || conditions.length > 0;
      ensure(told, 'PanelConditionsMissing', { path: 'conditions' });
      const decisions = { ...of.decisions, [agency]: { outcome, by: actor.id } };
      const data = {
        ...{ packageId, personId: state.personId, caseId, on: of.on, agency, outcome },
        ...{ conditions: [...conditions], reason, decidedBy: actor.id, decidedAt: now },
        standing: rules.standingOf(of.agencies, decisions),
      };
      return [{ type: 'PanelCaseDecided', data }];
    },
    GiveInterimAuthority(state, { packageId, caseId, reason }, { now, actor, policy }) {
      const of = openCase(state, caseId);
      ensure(of.openedBy !== actor.id, 'PanelAuthorDecides');
      const urgent = state.needs?.urgent === true || of.on === 'variation';
      ensure(urgent, 'InterimAuthorityOnlyUrgent');
      ensure(!of.interim, 'InterimAuthorityGivenAlready');
      const panelDueOn = interimDueOn(now, policy);
      const { personId } = state;
      const data = { packageId, personId, caseId, on: of.on, givenBy: actor.id };
      return [{ type: 'InterimAuthorityGiven', data: { ...data, reason, panelDueOn } }];
    },
    SendBackCase(state, { packageId, caseId, reason }) {
      const { on } = openCase(state, caseId);
      const { personId } = state;
      const data = { packageId, personId, caseId, on, because: 'sent-back' as const, reason };
      return [{ type: 'PanelCaseWithdrawn', data }];
    },
  },
  evolve: {
    PanelCaseOpened: (state, { caseId, on, concerns, measure, figure, agencies, openedBy }) => ({
      ...state,
      stage:
        on === 'estimate' && state.stage === 'awaiting-request' ? 'awaiting-panel' : state.stage,
      panel: {
        ...state.panel,
        cases: [
          ...state.panel.cases,
          {
            ...{ caseId, on, measure, figure, agencies, openedBy },
            ...(concerns && { concerns }),
            ...{ decisions: {}, interim: false, standing: 'pending' },
          },
        ],
      },
    }),
    PanelCaseDecided: (state, { caseId, agency, outcome, decidedBy, standing }) => {
      const next = changed(state, caseId, (of) => ({
        ...of,
        decisions: { ...of.decisions, [agency]: { outcome, by: decidedBy } },
        standing,
      }));
      const decided = next.panel.cases.find((of) => of.caseId === caseId);
      if (standing !== 'approved' || !decided) return backFromPanel(next);
      const approved = { ...next.panel.approved, [decided.measure]: decided.figure };
      return backFromPanel({ ...next, panel: { ...next.panel, approved } });
    },
    InterimAuthorityGiven: (state, { caseId }) =>
      backFromPanel(changed(state, caseId, (of) => ({ ...of, interim: true }))),
    PanelCaseWithdrawn: (state, { caseId }) =>
      backFromPanel(changed(state, caseId, (of) => ({ ...of, standing: 'withdrawn' }))),
  },
};

const interimDueOn = (now: string, { panel, bankHolidays }: CouncilPolicy): string =>
  workingDaysAfter(civilDateOf(now), panel.interimWorkingDays, bankHolidays);

function openCase({ packageId, panel }: PackageState, caseId: string): rules.PanelCase {
  ensure(packageId, 'PackageUnknown', { path: 'packageId' });
  const of = panel.cases.find((known) => known.caseId === caseId);
  ensure(of, 'PanelCaseUnknown', { path: 'caseId' });
  ensure(rules.isOpenCase(of), 'PanelCaseNotPending', { path: 'caseId' });
  return of;
}

/** What the panel would judge now, or undefined where there is nothing of the kind. */
function figuresAskedAbout(
  { stage, needs, presented, chosenOfferId }: PackageState,
  { on }: OpenPanelCase,
  { estimatePence, variation }: PanelFacts['OpenPanelCase'],
): (rules.PanelFigures & { concerns?: string }) | undefined {
  const schedule = needs?.schedule ?? [];
  if (on === 'estimate') {
    const before = rules.beforeRequest.includes(stage);
    return before ? { schedule, weeklyCostPence: estimatePence } : undefined;
  }
  if (on === 'variation') return variation ?? undefined;
  const chosen = presented.find(({ offerId }) => offerId === chosenOfferId);
  return chosen && stage === 'choice-recorded'
    ? { schedule, weeklyCostPence: chosen.weeklyCostPence, concerns: chosen.offerId }
    : undefined;
}

const changed = (
  state: PackageState,
  caseId: string,
  change: (of: rules.PanelCase) => rules.PanelCase,
): PackageState => ({
  ...state,
  panel: {
    ...state.panel,
    cases: state.panel.cases.map((of) => (of.caseId === caseId ? change(of) : of)),
  },
});

/** A package waits for the panel only while a case about its estimate is open without authority. */
const backFromPanel = (state: PackageState): PackageState =>
  state.stage === 'awaiting-panel' &&
  !state.panel.cases.some((of) => of.on === 'estimate' && rules.isOpenCase(of) && !of.interim)
    ? { ...state, stage: 'awaiting-request' }
    : state;
