import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import type { JobCommands } from './job.commands.js';
import type { JobEvent } from './job.events.js';
import { ensure, initialJob, jobIsOver, tallied, type JobState } from './job.rules.js';

/** A command over many streams: its frozen list, each result, cancelling and the end. */
export const jobDecider: Decider<JobState, JobCommands, JobEvent> = {
  initial: initialJob,
  decide: {
    OpenJob(state, { commandId, kind, title, source, total }, { actor }) {
      ensure(state.jobId === null, 'JobAlreadyOpened');
      ensure(total > 0, 'JobHasNoItems');
      const jobId = deriveId(commandId, 'job');
      const data = { jobId, kind, title, source, total, startedBy: actor };
      return [{ type: 'JobOpened', data }];
    },
    AddJobItems(state, { jobId, from, items }) {
      ensure(state.jobId, 'JobUnknown', { path: 'jobId' });
      ensure(state.status === 'preparing', 'JobIsFrozen');
      const fits = from === state.added && from + items.length <= state.total;
      ensure(fits, 'JobItemsOutOfOrder', { path: 'from' });
      return items.length === 0 ? [] : [{ type: 'JobItemsAdded', data: { jobId, from, items } }];
    },
    StartJob(state, { jobId }) {
      ensure(state.jobId, 'JobUnknown', { path: 'jobId' });
      ensure(state.status === 'preparing', 'JobIsFrozen');
      ensure(state.added === state.total, 'JobItemsMissing');
      return [{ type: 'JobStarted', data: { jobId, total: state.total } }];
    },
    RecordJobResults(state, { jobId, from, results }) {
      const { status, total, recorded } = state;
      ensure(state.jobId, 'JobUnknown', { path: 'jobId' });
      ensure(status === 'running' || status === 'cancelling', 'JobNotRunning');
      const after = recorded + results.length;
      ensure(from === recorded && after <= total, 'JobResultsOutOfOrder', { path: 'from' });
      const tally = tallied(state.tally, results);
      const events: JobEvent[] = [];
      if (results.length > 0) {
        events.push({ type: 'JobResultsRecorded', data: { jobId, from, results } });
      }
      if (after === total) {
        const { kind, source } = state;
        events.push({ type: 'JobFinished', data: { jobId, kind, source, ...tally } });
      } else if (status === 'cancelling') {
        events.push({ type: 'JobCancelled', data: { jobId, left: total - after, ...tally } });
      }
      return events;
    },
    CancelJob(state, { jobId }, { actor }) {
      ensure(state.jobId, 'JobUnknown', { path: 'jobId' });
      const own = state.startedBy?.id === actor.id || hasRole(actor, 'administrator');
      ensure(own, 'JobOfAnotherPerson');
      ensure(!jobIsOver(state.status), 'JobIsOver');
      if (state.status === 'cancelling') return [];
      const { total, tally } = state;
      const requested: JobEvent = {
        type: 'JobCancellationRequested',
        data: { jobId, requestedBy: actor.id },
      };
      if (state.status === 'running') return [requested];
      return [requested, { type: 'JobCancelled', data: { jobId, left: total, ...tally } }];
    },
  },
  evolve: {
    JobOpened: (state, { jobId, kind, source, total, startedBy }) => ({
      ...state,
      ...{ jobId, kind, source, total, startedBy },
    }),
    JobItemsAdded: (state, { from, items }) => ({
      ...state,
      parts: [...state.parts, from],
      added: from + items.length,
    }),
    JobStarted: (state) => ({ ...state, status: 'running', started: true }),
    JobResultsRecorded: (state, { from, results }) => ({
      ...state,
      recorded: from + results.length,
      tally: tallied(state.tally, results),
    }),
    JobCancellationRequested: (state) => ({ ...state, status: 'cancelling' }),
    JobCancelled: (state) => ({ ...state, status: 'cancelled' }),
    JobFinished: (state) => ({ ...state, status: 'finished' }),
  },
};
