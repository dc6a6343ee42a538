import type { Decider } from '#kernel/decider.js';
import { raised, oneVisit } from './visit.alarm.rules.js';
import type { VisitCommands } from './visit.commands.js';
import { evidenceDue, missReportDueBy, type WeekEvidence } from './visit.detect.rules.js';
import type { VisitEvent } from './visit.events.js';
import { leftVisits } from './visit.feed.rules.js';
import { evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type DetectEvent = Extract<VisitEvent, { type: 'VisitMissDetected' | 'VisitAlarmRaised' }>;

export interface DetectFacts {
  /** By provider. */
  DetectMissedVisits: Readonly<Record<string, WeekEvidence>>;
}

/** The council does not rely on a provider's word alone: no log where one is due is a miss (S2-12). */
export const detectDecider: Decider<
  WeekState,
  Pick<VisitCommands, 'DetectMissedVisits'>,
  DetectEvent,
  DetectFacts
> = {
  initial: unplannedWeek,
  decide: {
    DetectMissedVisits: (state, _, { facts, now, policy }) => {
      const left = leftVisits(state.feed, Object.values(state.visits));
      return Object.values(state.visits).flatMap((visit): DetectEvent[] => {
        const { withdrawn, excused, missDetected, legs, on, critical } = visit;
        const evidence = facts[visit.providerId];
        if (withdrawn || excused || missDetected || legs.length > 0 || !evidence) return [];
        if (left.has(visit.visit)) return [];
        const due = evidenceDue(visit, evidence, policy);
        if (due === null || due.at > now) return [];
        const { because } = due;
        const reportDueBy = missReportDueBy(on, policy);
        const found = { ...oneVisit(state, visit), critical, because, reportDueBy };
        return [
          { type: 'VisitMissDetected', data: { ...found, detectedAt: now } },
          ...raised(state, visit, 'missed-visit', now),
        ];
      });
    },
  },
  evolve: evolveWeek,
};
