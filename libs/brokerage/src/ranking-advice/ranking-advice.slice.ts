import { defineSlice } from '#platform/commands/slice.js';
import type { RankingAdviceCommands } from './ranking-advice.commands.js';
import { rankingAdviceDecider } from './ranking-advice.decider.js';
import { adviceFacts, readFacts } from './ranking-advice.facts.js';

const ofRequest = { id: ({ requestId }: { requestId: string }) => requestId };

export const rankingAdviceSlice = defineSlice<RankingAdviceCommands>({
  category: 'rankingAdvice',
  decider: rankingAdviceDecider,
  commands: {
    RequestRankingAdvice: { ...ofRequest, facts: adviceFacts },
    ReadRankingAdvice: { ...ofRequest, facts: readFacts },
  },
});
