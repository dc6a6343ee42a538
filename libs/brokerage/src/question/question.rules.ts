import { deriveId } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';

export const questionRules = {
  RequestUnknown: 'There is no such request.',
  ProviderNotInvited: 'This provider was not invited to this request.',
  QuestionForAnotherProvider: 'A provider asks for itself alone.',
  RequestTakesNoQuestions:
    'Questions are asked and answered while the window of the request is open. Extend the window to answer one.',
  TooManyQuestions: 'This provider has asked enough; its questions wait for their answers.',
  QuestionUnknown: 'There is no such question about this request.',
  QuestionAlreadyAnswered: 'This question was answered to all invited providers already.',
  AnswerNotCheckable:
    'The answer cannot be compared with the person’s record, because none is kept. Record the identity first.',
  AnswerWouldIdentify: 'The question or its answer would tell who the person is.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof questionRules>> = ruleBook(questionRules);

/** A provider may have so many questions about one request without an answer. */
export const openQuestionsAtMost = 10;

/** A question's id follows from the command that asked it, so that the asker's receipt can name it. */
export const questionIdOf = (commandId: string): string => deriveId(commandId, 'question');
