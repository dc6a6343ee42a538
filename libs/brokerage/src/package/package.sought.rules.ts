import type { CivilDate } from '#kernel/time.js';
import { isServedStage } from './package.codes.js';
import type { PackageState } from './package.rules.js';

/**
 * Another provider is sought while the one in charge goes on or has left. Where one is being sought
 * already, or has the award, that goes on.
 */
export function soughtAgain(
  state: PackageState,
  { startOn, urgent }: { startOn: CivilDate; urgent: boolean },
): PackageState {
  const { needs, stage } = state;
  const wanted = needs && { ...needs, startOn, urgent: needs.urgent || urgent };
  if (!isServedStage(stage)) return { ...state, needs: needs && { ...needs, ...urgentIf(urgent) } };
  return {
    ...state,
    ...{ stage: 'awaiting-request', needs: wanted, schedule: needs?.schedule ?? [] },
    ...{ request: null, presented: [], chosenOfferId: null, award: null },
  };
}

const urgentIf = (urgent: boolean) => (urgent ? { urgent } : {});
