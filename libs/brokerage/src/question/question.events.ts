import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

interface OfRequest {
  readonly packageId: string;
  readonly personId: string;
  readonly requestId: string;
  readonly questionId: string;
}

export type QuestionAsked = Event<
  'QuestionAsked',
  OfRequest & { providerId: string; question: string; askedAt: Instant }
>;

/** Question and answer as all invited providers read them, checked for leaks (S1-9). */
export type QuestionAnswered = Event<
  'QuestionAnswered',
  OfRequest & { question: string; answer: string; answeredAt: Instant }
>;

export type QuestionEvent = QuestionAsked | QuestionAnswered;

/** A question may name the person before a broker has read it. */
export const questionPersonalFields = {
  events: {
    QuestionAsked: { subject: 'personId', fields: ['question'] },
    QuestionAnswered: { subject: 'personId', fields: ['question', 'answer'] },
  },
  commands: { AskQuestion: ['question'], AnswerQuestion: ['question', 'answer'] },
} as const;
