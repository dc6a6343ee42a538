import { addDays, isCivilDate } from '#kernel/time.js';
import { endedService } from './package.cover.rules.js';
import type { PackageEvent } from './package.events.js';
import { gapClosed } from './package.gap.rules.js';
import { contractsInUse, ensure, isAwardedOrServed, isOver, type Phase } from './package.rules.js';
import type { EndPackage } from './package.service.commands.js';

/** The end of care (X20). */
export const serviceDecider: Phase<
  { EndPackage: EndPackage },
  Extract<PackageEvent, { type: 'PackageEnded' }>
> = {
  decide: {
    EndPackage(state, { packageId, lastDay, outcome, reason }) {
      const { award, stage, personId } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(stage), 'PackageIsOver');
      ensure(isAwardedOrServed(state), 'PackageNotLive');
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      const began = state.startedOn ?? award?.startOn ?? lastDay;
      ensure(lastDay >= began, 'EndBeforeStart', { path: 'lastDay' });
      const endsBefore = addDays(lastDay, 1);
      const ending = { endsBefore, outcome, ...(reason && { reason }) };
      const data = { packageId, personId, contractIds: contractsInUse(state), ...ending };
      return [{ type: 'PackageEnded', data }, ...gapClosed(state, endsBefore, 'ended')];
    },
  },
  evolve: {
    PackageEnded: (state, { endsBefore }) => ({
      ...state,
      ...{ stage: 'ended', endsBefore },
      service: endedService(state.service, endsBefore),
    }),
  },
};
