import { deriveId } from '#kernel/ids.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { addDays, civilDateOf, isCivilDate } from '#kernel/time.js';
import { endedLayers, layerOn } from './package.cover.rules.js';
import type { PackageEvent } from './package.events.js';
import { ensure, type Phase } from './package.rules.js';
import { ensureServed } from './package.suspension.decider.js';
import type { VariationCommands } from './package.variation.commands.js';
import {
  ensureKnownLines,
  ensureScheduleComplete,
  ensureWithinPanel,
  variedLines,
} from './package.variation.rules.js';

type VariationEvent = Extract<PackageEvent, { type: 'PackageVaried' | 'VariationEndedEarly' }>;

export interface VariationFacts {
  VaryPackage: {
    /** What the varied schedule costs a week under the contract in charge on its first day. */
    readonly contract: { readonly weeklyCostPence: number | null };
  };
}

/** What care is given from a date on (X18). */
export const variationDecider: Phase<VariationCommands, VariationEvent, VariationFacts> = {
  decide: {
    VaryPackage(state, command, { now, policy, facts: { contract } }) {
      const { commandId, packageId, kind, fromOn, lastDay, reason } = command;
      ensureServed(state);
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      ensure(fromOn >= (state.startedOn ?? ''), 'VariationBeforeCare', { path: 'fromOn' });
      const temporary = kind === 'temporary';
      ensure(!temporary || lastDay, 'TemporaryVariationNeedsLastDay', { path: 'lastDay' });
      ensure(temporary || !lastDay, 'PermanentVariationHasNoLastDay', { path: 'lastDay' });
      if (lastDay) {
        ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
        ensure(lastDay >= fromOn, 'VariationEndsBeforeItStarts', { path: 'lastDay' });
      }
      ensureKnownLines(state, command.schedule);
      ensureScheduleComplete(state, command, policy);
      const schedule = variedLines(state, command.schedule);
      const before = layerOn(state.service, fromOn)?.schedule ?? [];
      const weeklyMinutes = weeklyCarerMinutes(schedule);
      // Less care may be dated back to when it became less; more, or other times, only so far.
      const decrease = weeklyMinutes < weeklyCarerMinutes(before);
      const earliest = addDays(civilDateOf(now), -policy.increaseBackdatingDays);
      ensure(decrease || fromOn >= earliest, 'IncreaseBackdatedTooFar', { path: 'fromOn' });
      const { weeklyCostPence } = contract;
      const figures = { schedule, weeklyCostPence };
      if (weeklyMinutes > weeklyCarerMinutes(before)) ensureWithinPanel(state, figures, policy);
      const data = {
        ...{ packageId, personId: state.personId, kind, fromOn, schedule, weeklyMinutes },
        ...{ weeklyCostPence, reason, submittedAt: now },
        variationId: deriveId(commandId, 'variation'),
        ...(lastDay && { endsBefore: addDays(lastDay, 1) }),
      };
      return [{ type: 'PackageVaried', data }];
    },
    EndVariationEarly(state, { packageId, variationId, lastDay }) {
      ensureServed(state);
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      const layer = state.service.layers.find(({ sourceId }) => sourceId === variationId);
      ensure(layer?.endsBefore, 'VariationUnknown', { path: 'variationId' });
      const endsBefore = addDays(lastDay, 1);
      ensure(lastDay >= layer.fromOn, 'VariationEndsBeforeItStarts', { path: 'lastDay' });
      ensure(endsBefore < layer.endsBefore, 'VariationEndsEarlierAlready', { path: 'lastDay' });
      return [{ type: 'VariationEndedEarly', data: { packageId, variationId, endsBefore } }];
    },
  },
  evolve: {
    PackageVaried: (state, { variationId, kind, fromOn, endsBefore, schedule, submittedAt }) => {
      const layer = { sourceId: variationId, fromOn, endsBefore: endsBefore ?? null };
      const layers = [...state.service.layers, { ...layer, schedule, submittedAt }];
      const permanent = kind === 'permanent';
      return {
        ...state,
        // Whoever is asked next is asked for the care that is given by then.
        needs: state.needs && permanent ? { ...state.needs, schedule } : state.needs,
        schedule: permanent ? schedule : state.schedule,
        service: { ...state.service, layers },
      };
    },
    VariationEndedEarly: (state, { variationId, endsBefore }) => ({
      ...state,
      service: {
        ...state.service,
        layers: endedLayers(state.service.layers, variationId, endsBefore),
      },
    }),
  },
};
