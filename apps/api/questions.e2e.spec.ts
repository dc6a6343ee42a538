import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#kernel/ids.js';
import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(isoWeekOf(today));
const harbour = 'external-broker:harbour-brokers';
const stranger = 'external-broker:other-brokers';

interface Sent {
  readonly id: string;
  readonly position: string;
}

interface Question {
  readonly questionId: string;
  readonly question: string;
  readonly answer: string | null;
  readonly askedByProviderId: string | null;
}

describe('Questions about an external broker’s request', () => {
  let api: StartedApi;
  const providers: string[] = [];
  let packageId = '';
  let requestId = '';

  const mutation = (command: string, fields: object) => {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const commandId = uuidV7(Date.now(), randomBytes(10).toString('hex'));
    return [
      `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`,
      { input: { commandId, ...fields } },
    ] as const;
  };
  const send = async (person: string, command: string, fields: object): Promise<Sent> =>
    (await api.data<{ sent: Sent }>(person, ...mutation(command, fields))).sent;
  const codeFor = async (person: string, command: string, fields: object) =>
    (await api.graphql(person, ...mutation(command, fields))).errors?.[0]?.extensions.code;

  async function admitted(legalName: string, frameworkId: string, openingId: string) {
    const names = { legalName, tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await send('commissioner', 'RegisterProvider', names);
    const terms = { providerId, frameworkId, type: 'FRAMEWORK', startsOn: monday };
    const { id: contractId } = await send('commissioner', 'OpenContract', terms);
    const admission = { contractId, openingId, lots: ['lot-1'], admittedOn: monday };
    await send('commissioner', 'AdmitToLots', admission);
    return providerId;
  }

  async function opened() {
    const { id: frameworkId } = await send('commissioner', 'EstablishFramework', {
      ...{ name: 'Care at home', startsOn: monday, lastDay: addDays(monday, 700) },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    });
    const opening = { frameworkId, opensOn: monday, lots: ['lot-1'] };
    const { position: after } = await send('commissioner', 'OpenFramework', opening);
    const { frameworks } = await api.data<{
      frameworks: { frameworks: { openings: { openingId: string }[] }[] };
    }>(
      'commissioner',
      'query ($after: String) { frameworks(after: $after) { frameworks { openings { openingId } } } }',
      { after },
    );
    return { frameworkId, openingId: frameworks.frameworks[0]?.openings[0]?.openingId ?? '' };
  }

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
    const { frameworkId, openingId } = await opened();
    for (const name of ['Acorn Homecare', 'Oakmoor Support']) {
      providers.push(await admitted(name, frameworkId, openingId));
    }
    const referred = await send(harbour, 'ReferPackage', {
      reference: { system: 'casebook', personRef: 'P-1', referralRef: 'R-1' },
      directPayment: { outcome: 'NOT_WANTED' },
      needs: {
        ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'PART', startOn: today },
        ...{ postcodeDistrict: 'ZZ1', patch: 'North', ageBand: 'AGE_BAND_85_PLUS' },
        ...{ gender: 'FEMALE', carerGenderNeed: 'ANY' },
        schedule: [
          {
            ...{ days: [1, 2, 3], start: '08:00', minutes: 30, carers: 1 },
            ...{ tasks: ['PERSONAL_CARE'], critical: false },
          },
        ],
      },
    });
    packageId = referred.id;
    const { package: found } = await api.data<{ package: { personId: string } }>(
      harbour,
      'query ($id: ID!, $after: String) { package(id: $id, after: $after) { personId } }',
      { id: packageId, after: referred.position },
    );
    const identity = { name: 'Ottoline Fernsby', bornOn: '1941-02-03', postcode: 'ZZ1 1AB' };
    const addressLines = ['12 Quillfeather Lane'];
    const { personId } = found;
    await send(harbour, 'RecordIdentity', { personId, identity: { ...identity, addressLines } });
  });

  afterAll(() => api.stop());

  it('are sent by its own broker alone; the package is unknown to another one (S3-4)', async () => {
    expect(await codeFor(stranger, 'IssueRequest', { packageId })).toBe('PackageUnknown');
    const { position } = await send(harbour, 'IssueRequest', { packageId });
    const { package: found } = await api.data<{ package: { request: { requestId: string } } }>(
      harbour,
      'query ($id: ID!, $after: String) { package(id: $id, after: $after) { request { requestId } } }',
      { id: packageId, after: position },
    );
    ({ requestId } = found.request);
  });

  it('are answered by that broker, and read by all invited without who asked (S1-9)', async () => {
    const [asker, other] = providers.map((id) => `provider:${id}`) as [string, string];
    const question = 'Which floor is it on?';
    const asked = await send(asker, 'AskQuestion', { requestId, question });
    const [open] = await askedAbout(harbour, asked.position);
    expect(open).toMatchObject({ question, answer: null, askedByProviderId: providers[0] });
    expect(await askedAbout(other, asked.position)).toEqual([]);
    expect(await askedAbout(stranger, asked.position)).toEqual([]);
    const reply = { requestId, questionId: asked.id, answer: 'The first, with a lift.' };
    expect(await codeFor(stranger, 'AnswerQuestion', reply)).toBe('RequestUnknown');
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
