import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type { QuestionCommands } from './question.commands.js';
import type { QuestionEvent } from './question.events.js';
import { ensure, openQuestionsAtMost, questionIdOf } from './question.rules.js';

interface Question {
  readonly questionId: string;
  readonly providerId: string;
  readonly question: string;
  readonly answered: boolean;
}

export interface QuestionsState {
  readonly questions: readonly Question[];
}

/** The request as the package's stream has it now. */
export interface QuestionedRequest {
  readonly known: boolean;
  readonly open: boolean;
  readonly closesAt: Instant;
  readonly packageId: string;
  readonly personId: string;
  readonly invited: readonly string[];
}

export interface QuestionFacts {
  AskQuestion: { request: QuestionedRequest; providerId: string };
  AnswerQuestion: {
    request: QuestionedRequest;
    /** Names of identity fields that the texts tell, never their values. */
    leaks: { identityRecorded: boolean; leaked: readonly string[] };
  };
}

/** What providers ask about a request, and what all of them are told. One stream per request. */
export const questionDecider: Decider<
  QuestionsState,
  QuestionCommands,
  QuestionEvent,
  QuestionFacts
> = {
  initial: { questions: [] },
  decide: {
    AskQuestion(state, { commandId, requestId, question }, { now, actor, facts }) {
      const { request, providerId } = facts;
      ensure(request.known, 'RequestUnknown', { path: 'requestId' });
      const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
      ensure(own, 'QuestionForAnotherProvider', { path: 'providerId' });
      ensure(request.invited.includes(providerId), 'ProviderNotInvited', { path: 'providerId' });
      ensure(isOpen(request, now), 'RequestTakesNoQuestions');
      const waiting = state.questions.filter(
        (asked) => asked.providerId === providerId && !asked.answered,
      );
      ensure(waiting.length < openQuestionsAtMost, 'TooManyQuestions');
      const data = {
        ...{ packageId: request.packageId, personId: request.personId, requestId },
        ...{ questionId: questionIdOf(commandId), providerId, question, askedAt: now },
      };
      return [{ type: 'QuestionAsked', data }];
    },
    AnswerQuestion(state, { requestId, questionId, question, answer }, { now, facts }) {
      const { request, leaks } = facts;
      ensure(request.known, 'RequestUnknown', { path: 'requestId' });
      const asked = state.questions.find((each) => each.questionId === questionId);
      ensure(asked, 'QuestionUnknown', { path: 'questionId' });
      ensure(!asked.answered, 'QuestionAlreadyAnswered');
      ensure(isOpen(request, now), 'RequestTakesNoQuestions');
      ensure(leaks.identityRecorded, 'AnswerNotCheckable');
      const message = `The question or its answer would tell who the person is. Leave out: ${leaks.leaked.join(', ')}.`;
      ensure(leaks.leaked.length === 0, 'AnswerWouldIdentify', { message });
      const data = {
        ...{ packageId: request.packageId, personId: request.personId, requestId, questionId },
        ...{ question: question ?? asked.question, answer, answeredAt: now },
      };
      return [{ type: 'QuestionAnswered', data }];
    },
  },
  evolve: {
    QuestionAsked: (state, { questionId, providerId, question }) => ({
      questions: [...state.questions, { questionId, providerId, question, answered: false }],
    }),
    QuestionAnswered: (state, { questionId }) => ({
      questions: state.questions.map((asked) =>
        asked.questionId === questionId ? { ...asked, answered: true } : asked,
      ),
    }),
  },
};

const isOpen = ({ open, closesAt }: QuestionedRequest, now: Instant): boolean =>
  open && now < closesAt;
