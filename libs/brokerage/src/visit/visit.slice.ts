import { defineSlice } from '#platform/commands/slice.js';
import type { VisitCommands } from './visit.commands.js';
import { visitDecider } from './visit.decider.js';
import {
  correctFacts,
  evidenceFacts,
  feedFacts,
  monitoringFacts,
  planFacts,
} from './visit.facts.js';
import { addressOf, weekIdOf } from './visit.rules.js';

const ofWeek = {
  id: ({ packageId, week }: { packageId: string; week: string }) => weekIdOf(packageId, week),
};
const ofVisit = {
  id: ({ visitId }: { visitId: string }) => {
    const { packageId, week } = addressOf(visitId);
    return weekIdOf(packageId, week);
  },
};

export const visitSlice = defineSlice<VisitCommands>({
  category: 'visitWeek',
  decider: visitDecider,
  commands: {
    PlanWeek: { ...ofWeek, facts: planFacts },
    ReplanWeek: { ...ofWeek, facts: planFacts },
    DetectMissedVisits: { ...ofWeek, facts: evidenceFacts },
    RecordVisit: { id: ({ leg }) => ofVisit.id(leg) },
    RecordVisits: { id: ({ legs }) => ofVisit.id(legs[0] ?? { visitId: '' }) },
    RecordMonitoring: { ...ofWeek, facts: monitoringFacts },
    RecordFeedLogs: { ...ofWeek, facts: feedFacts },
    CorrectVisit: { ...ofVisit, facts: correctFacts },
    ApproveVisitCorrection: ofVisit,
    ExcuseVisit: ofVisit,
    AcceptExcuse: ofVisit,
    ReportMissedVisit: ofVisit,
    AgreeVisitTime: ofVisit,
  },
});
