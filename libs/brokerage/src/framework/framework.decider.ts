import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, isCivilDate, type CivilDate } from '#kernel/time.js';
import type { FrameworkCommands } from './framework.commands.js';
import type { FrameworkEvent } from './framework.events.js';
import { ensure } from './framework.rules.js';

export interface FrameworkState {
  readonly frameworkId: string | null;
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly extendedFrom: CivilDate | null;
  readonly lots: readonly string[];
  readonly openings: Readonly<Record<string, { opensOn: CivilDate; lots: readonly string[] }>>;
}

export const frameworkDecider: Decider<FrameworkState, FrameworkCommands, FrameworkEvent> = {
  initial: {
    frameworkId: null,
    startsOn: '',
    endsBefore: '',
    extendedFrom: null,
    lots: [],
    openings: {},
  },
  decide: {
    EstablishFramework(state, { commandId, name, startsOn, lastDay, lots, succeeds }) {
      ensure(state.frameworkId === null, 'FrameworkAlreadyEstablished');
      ensure(isCivilDate(startsOn), 'DateDoesNotExist', { path: 'startsOn' });
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(startsOn <= lastDay, 'FrameworkEndsBeforeItStarts', { path: 'lastDay' });
      ensure(lots.length > 0, 'FrameworkHasNoLots', { path: 'lots' });
      const frameworkId = deriveId(commandId, 'framework');
      const data = {
        ...{ frameworkId, name, startsOn, endsBefore: addDays(lastDay, 1) },
        lots: lots.map(({ lot, name: lotName }) => ({ lot, name: lotName })),
        ...(succeeds && { succeeds }),
      };
      return [{ type: 'FrameworkEstablished', data }];
    },
    OpenFramework(state, { commandId, frameworkId, opensOn, lots }) {
      ensure(state.frameworkId, 'FrameworkUnknown', { path: 'frameworkId' });
      ensure(
        lots.every((lot) => state.lots.includes(lot)),
        'LotUnknown',
        { path: 'lots' },
      );
      ensure(isCivilDate(opensOn), 'DateDoesNotExist', { path: 'opensOn' });
      ensure(opensOn >= state.startsOn && opensOn < state.endsBefore, 'OpeningOutsideFramework', {
        path: 'opensOn',
      });
      const openingId = deriveId(commandId, 'opening');
      const data = { frameworkId, openingId, opensOn, lots: [...lots] };
      return [{ type: 'FrameworkOpened', data }];
    },
    ExtendFramework(state, { frameworkId, lastDay, reason }) {
      ensure(state.frameworkId, 'FrameworkUnknown', { path: 'frameworkId' });
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(state.extendedFrom === null, 'FrameworkAlreadyExtended');
      const endsBefore = addDays(lastDay, 1);
      ensure(endsBefore > state.endsBefore, 'FrameworkExtensionNotLater', { path: 'lastDay' });
      return [{ type: 'FrameworkExtended', data: { frameworkId, endsBefore, reason } }];
    },
  },
  evolve: {
    FrameworkEstablished: (state, { frameworkId, startsOn, endsBefore, lots }) => ({
      ...state,
      ...{ frameworkId, startsOn, endsBefore },
      lots: lots.map(({ lot }) => lot),
    }),
    FrameworkOpened: (state, { openingId, opensOn, lots }) => ({
      ...state,
      openings: { ...state.openings, [openingId]: { opensOn, lots } },
    }),
    FrameworkExtended: (state, { endsBefore }) => ({
      ...state,
      extendedFrom: state.endsBefore,
      endsBefore,
    }),
  },
};
