import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import {
  acorn,
  birch,
  broker,
  closesAt,
  commandId,
  packageId,
  personId,
  requestId,
  userOf,
} from '../package/package.fixtures.js';
import { questionDecider, type QuestionFacts } from './question.decider.js';
import type { QuestionAnswered, QuestionAsked } from './question.events.js';
import { questionIdOf } from './question.rules.js';

const { given } = specFor(questionDecider);
const now = '2026-03-02T12:00:00.000Z';
const justBefore = '2026-03-03T08:59:59.999Z';
const questionId = questionIdOf(commandId);
const question = 'Is there a lift?';
const request: QuestionFacts['AskQuestion']['request'] = {
  ...{ known: true, open: true, closesAt, packageId, personId, invited: [acorn] },
};
const asked: QuestionAsked = {
  type: 'QuestionAsked',
  data: {
    ...{ packageId, personId, requestId, questionId, providerId: acorn, question, askedAt: now },
  },
};
const answered: QuestionAnswered = {
  type: 'QuestionAnswered',
  data: {
    ...{ packageId, personId, requestId, questionId, question, answer: 'Yes.', answeredAt: now },
  },
};

interface Of {
  readonly events?: readonly (QuestionAsked | QuestionAnswered)[];
  readonly request?: object;
  readonly at?: string;
  readonly actor?: Actor;
}

describe('A provider’s question', () => {
  const ask = ({ events = [], actor = userOf(acorn), at = now, ...of }: Of = {}) =>
    given(...events).when(
      'AskQuestion',
      { commandId, requestId, question },
      { now: at, actor, facts: { request: { ...request, ...of.request }, providerId: acorn } },
    );

  it('is asked by an invited provider for itself, or entered by a broker (S1-9, S1-10)', () => {
    ask().then(asked);
    ask({ actor: broker }).then(asked);
    ask({ actor: userOf(birch) }).thenRejected('QuestionForAnotherProvider');
    ask({ request: { invited: [] } }).thenRejected('ProviderNotInvited');
    ask({ request: { known: false } }).thenRejected('RequestUnknown');
  });

  it('is asked while the window is open, not at its close (X4)', () => {
    ask({ at: justBefore }).thenLike({ type: 'QuestionAsked' });
    ask({ at: closesAt }).thenRejected('RequestTakesNoQuestions');
    ask({ request: { open: false } }).thenRejected('RequestTakesNoQuestions');
  });

  it('may be the tenth that waits for an answer, not the eleventh', () => {
    const waiting = Array.from({ length: 10 }, (_, at): QuestionAsked => ({
      ...asked,
      data: { ...asked.data, questionId: `q-${at}` },
    }));
    ask({ events: waiting.slice(1) }).thenLike({ type: 'QuestionAsked' });
    ask({ events: waiting }).thenRejected('TooManyQuestions');
  });
});

describe('The answer to a question', () => {
  const answer = (
    fields: object = {},
    { events = [asked], at = now, ...of }: Of & { leaks?: object } = {},
  ) =>
    given(...events).when(
      'AnswerQuestion',
      { commandId, requestId, questionId, answer: 'Yes.', ...fields },
      {
        now: at,
        facts: {
          request: { ...request, ...of.request },
          leaks: { identityRecorded: true, leaked: [], ...of.leaks },
        },
      },
    );

  it('goes to all with the question as asked, or as a broker words it (S1-9)', () => {
    answer().then(answered);
    answer({ question: 'Has the house a lift?' }).thenLike({
      type: 'QuestionAnswered',
      data: { question: 'Has the house a lift?' },
    });
  });

  it('names nobody: not the provider that asked (S1-9)', () => {
    expect(JSON.stringify(answer().events())).not.toContain(acorn);
  });

  it('is given once, to a question that was asked', () => {
    answer({}, { events: [asked, answered] }).thenRejected('QuestionAlreadyAnswered');
    answer({}, { events: [] }).thenRejected('QuestionUnknown');
  });

  it('is given while the window is open, so that it is of use (X4)', () => {
    answer({}, { at: justBefore }).thenLike({ type: 'QuestionAnswered' });
    answer({}, { at: closesAt }).thenRejected('RequestTakesNoQuestions');
  });

  it('is refused when it would tell who the person is, naming fields and no values (S1-9)', () => {
    const leaking = answer({ answer: 'Ask Edith.' }, { leaks: { leaked: ['name'] } });
    leaking.thenRejected('AnswerWouldIdentify');
    expect(() => leaking.events()).toThrow(/Leave out: name\./);
    expect(() => leaking.events()).not.toThrow(/Edith/);
  });

  it('is refused when there is no record to compare it with (S1-9)', () => {
    answer({}, { leaks: { identityRecorded: false } }).thenRejected('AnswerNotCheckable');
  });
});
