import type { Viewer } from '#kernel/actor.js';
import {
  broker,
  commissioner,
  issued,
  otherProviderId,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
  referred,
  requestId,
} from '../care.fixtures.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { questions } from './questions.projection.js';
import { QuestionReads, wordsAt } from './questions.queries.js';

const stranger: Viewer = { id: 'p', roles: ['provider'], organisation: 'not-invited' };
const subject = { packageId, personId, requestId };
const asked = (questionId: string, by: string): SpecEvent => ({
  type: 'QuestionAsked',
  data: {
    ...{ ...subject, questionId, providerId: by, question: { sealed: 'x' } },
    askedAt: '2026-03-02T11:00:00.000Z',
  },
});
const answered = (questionId: string): SpecEvent => ({
  type: 'QuestionAnswered',
  data: {
    ...{ ...subject, questionId, question: { sealed: 'x' }, answer: { sealed: 'y' } },
    answeredAt: '2026-03-02T12:00:00.000Z',
  },
});
const seenBy = (viewer: Viewer, ...events: readonly SpecEvent[]) => {
  const folded = givenEvents(questions).given(...events);
  const reads = new QuestionReads(projectorOver({ questions: folded }).projector);
  return reads.about(viewer, requestId);
};
const before = [referred(), issued()];

describe('A question about a request', () => {
  const open = [...before, asked('q1', providerId)];

  it('is its asker’s and the brokers’ alone until it is answered (S1-9)', () => {
    expect(seenBy(providerUser, ...open)).toMatchObject([{ questionId: 'q1', answered: false }]);
    expect(seenBy(broker, ...open)).toMatchObject([{ askedByProviderId: providerId }]);
    expect(seenBy(otherProviderUser, ...open)).toEqual([]);
    expect(seenBy(commissioner, ...open)).toEqual([]);
  });

  it('is told to all invited once answered, without who asked and when (S1-9)', () => {
    const told = seenBy(otherProviderUser, ...open, answered('q1'));
    expect(told).toEqual([
      {
        ...{ questionId: 'q1', answered: true, answeredAt: '2026-03-02T12:00:00.000Z' },
        position: 4,
      },
    ]);
    expect(JSON.stringify(told)).not.toContain(providerId);
    expect(seenBy(providerUser, ...open, answered('q1'))).toMatchObject([
      { answered: true, askedByProviderId: providerId },
    ]);
  });

  it('is nothing to a provider that was not invited, answered or not (S1-9)', () => {
    expect(seenBy(stranger, ...open, answered('q1'))).toEqual([]);
    expect(seenBy(stranger, ...before, asked('q2', 'not-invited'))).toEqual([]);
  });

  it('is seen by an external broker of its own case alone (S3-4)', () => {
    const external = (organisation: string): Viewer => ({
      ...{ id: 'x', roles: ['external-broker'], organisation },
    });
    const origin = { kind: 'external-broker', brokerOrganisation: 'harbour-brokers' };
    const own = [referred({ origin }), issued(), asked('q1', providerId)];
    expect(seenBy(external('harbour-brokers'), ...own)).toHaveLength(1);
    expect(seenBy(external('other-brokers'), ...own)).toEqual([]);
    expect(seenBy(external('harbour-brokers'), ...open)).toEqual([]);
  });

  it('stands in the order in which it came', () => {
    const events = [...before, asked('q2', providerId), asked('q1', otherProviderId)];
    const ids = seenBy(broker, ...events).map(({ questionId }) => questionId);
    expect(ids).toEqual(['q2', 'q1']);
  });
});

describe('The words of a question', () => {
  const wordsOf = (data: object) =>
    wordsAt(
      {
        at: (position) => Promise.resolve(storedFrom({ type: 'QuestionAnswered', data }, position)),
      },
      7,
    );

  it('are read from the log, and are gone once the person is erased', async () => {
    const words = { question: 'Which floor?', answer: 'The first.' };
    expect(await wordsOf(words)).toEqual(words);
    expect(await wordsOf({ question: { sealed: 'x' }, answer: { sealed: 'y' } })).toEqual({});
  });
});
