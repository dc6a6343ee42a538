import { defineSlice } from '#platform/commands/slice.js';
import type { QuestionCommands } from './question.commands.js';
import { questionDecider } from './question.decider.js';
import { answerFacts, askFacts } from './question.facts.js';

const ofRequest = { id: ({ requestId }: { requestId: string }) => requestId };

export const questionSlice = defineSlice<QuestionCommands>({
  category: 'requestQuestions',
  decider: questionDecider,
  commands: {
    AskQuestion: { ...ofRequest, facts: askFacts },
    AnswerQuestion: { ...ofRequest, facts: answerFacts },
  },
});
