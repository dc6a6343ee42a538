import { SourcedCouncil, type Sent } from './sourced-council.js';
import { StartedApi } from './started-api.js';

const harbour = 'external-broker:harbour-brokers';
const stranger = 'external-broker:other-brokers';

interface Question {
  readonly questionId: string;
  readonly question: string;
  readonly answer: string | null;
  readonly askedByProviderId: string | null;
}

describe('Questions about an external broker’s request', () => {
  let api: StartedApi;
  let council: SourcedCouncil;
  let requestId = '';

  const send = (person: string, command: string, fields: object): Promise<Sent> =>
    council.send(person, command, fields);

  const askedAbout = async (person: string, after: string): Promise<readonly Question[]> => {
    const { requestQuestions } = await api.data<{ requestQuestions: { questions: Question[] } }>(
      person,
      `query ($id: ID!, $after: String) { requestQuestions(requestId: $id, after: $after) {
        questions { questionId question answer askedByProviderId } } }`,
      { id: requestId, after },
    );
    return requestQuestions.questions;
  };

  beforeAll(async () => {
    api = await StartedApi.start();
    council = await SourcedCouncil.make(api, harbour, ['Acorn Homecare', 'Oakmoor Support']);
  });

  afterAll(() => api.stop());

  it('are sent by its own broker alone; the package is unknown to another one (S3-4)', async () => {
    const { packageId } = council;
    expect(await council.codeFor(stranger, 'IssueRequest', { packageId })).toBe('PackageUnknown');
    requestId = await council.issueRequest();
  });

  it('are answered by that broker, and read by all invited without who asked (S1-9)', async () => {
    const [asker, other] = council.providers.map((id) => `provider:${id}`) as [string, string];
    const question = 'Which floor is it on?';
    const asked = await send(asker, 'AskQuestion', { requestId, question });
    const [open] = await askedAbout(harbour, asked.position);
    expect(open).toMatchObject({ question, answer: null, askedByProviderId: council.providers[0] });
    expect(await askedAbout(other, asked.position)).toEqual([]);
    expect(await askedAbout(stranger, asked.position)).toEqual([]);
    const reply = { requestId, questionId: asked.id, answer: 'The first, with a lift.' };
    expect(await council.codeFor(stranger, 'AnswerQuestion', reply)).toBe('RequestUnknown');
    const { position } = await send(harbour, 'AnswerQuestion', reply);
    expect(await askedAbout(other, position)).toEqual([
      { questionId: asked.id, question, answer: reply.answer, askedByProviderId: null },
    ]);
    const { requests } = await api.data<{
      requests: { edges: { node: { questions: { answer: string }[] } }[] };
    }>(
      other,
      'query ($after: String) { requests(after: $after) { edges { node { questions { answer } } } } }',
      { after: position },
    );
    expect(requests.edges.map(({ node }) => node.questions)).toEqual([[{ answer: reply.answer }]]);
    expect(await askedAbout('provider:not-invited', position)).toEqual([]);
  });
});
