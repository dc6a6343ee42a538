import type { Decider } from '#kernel/decider.js';
import { attendanceDecider } from './visit.attendance.decider.js';
import type { VisitCommands } from './visit.commands.js';
import { allocated, monitoringDecider, type MonitoringFacts } from './visit.monitoring.decider.js';
import { correctDecider, type CorrectFacts } from './visit.correct.decider.js';
import { detectDecider, type DetectFacts } from './visit.detect.decider.js';
import type { VisitEvent } from './visit.events.js';
import { feedDecider, type FeedFacts } from './visit.feed.decider.js';
import { planDecider, type PlanFacts } from './visit.plan.decider.js';
import { recordDecider } from './visit.record.decider.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

/** The visits of one package and week: planned, recorded, corrected, excused, missed. */
export const visitDecider: Decider<
  WeekState,
  VisitCommands,
  VisitEvent,
  PlanFacts & DetectFacts & CorrectFacts & MonitoringFacts & FeedFacts
> = {
  initial: unplannedWeek,
  decide: {
    ...planDecider.decide,
    ...recordDecider.decide,
    ...correctDecider.decide,
    ...attendanceDecider.decide,
    ...detectDecider.decide,
    ...monitoringDecider.decide,
    ...feedDecider.decide,
    PlanWeek: (state, command, context) =>
      allocated(state, planDecider.decide.PlanWeek(state, command, context), context),
    ReplanWeek: (state, command, context) =>
      allocated(state, planDecider.decide.ReplanWeek(state, command, context), context),
  },
  evolve: evolveWeek,
};
