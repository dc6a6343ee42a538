import { civilDateOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { SourcedCouncil } from './sourced-council.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());

const replay = `query ($id: ID!) { replayDecision(id: $id) {
  outcome command asked by roles stream stateBefore error differences { path }
  rules { code sentence holds } facts { name stream revision finding }
  events { eventId type data } followed { policy command recorded { type } } } }`;

interface Told {
  readonly replayDecision: {
    readonly outcome: string;
    readonly command: string;
    readonly asked: string;
    readonly by: string;
    readonly stateBefore: string;
    readonly rules: readonly { code: string; sentence: string; holds: boolean }[];
    readonly facts: readonly { name: string; finding: string }[];
    readonly events: readonly { eventId: string; type: string; data: string }[];
    readonly followed: readonly { policy: string; recorded: { type: string } | null }[];
  } | null;
}

describe('A decision, asked for by an auditor', () => {
  let api: StartedApi;
  let council: SourcedCouncil;
  const commandId = newCommandId();

  const told = async (id: string) =>
    (await api.data<Told>('auditor', replay, { id })).replayDecision;

  beforeAll(async () => {
    api = await StartedApi.start();
    council = await SourcedCouncil.make(api, 'broker', ['Acorn Homecare']);
    await council.send('commissioner', 'RecordProviderProfile', {
      ...{ providerId: council.providers[0], requestMailbox: 'requests@acorn.example' },
      ...{ carerGenders: [], skills: [], languages: [], patches: [] },
    });
    const input = { commandId, packageId: council.packageId };
    await api.data(
      'broker',
      'mutation ($input: IssueRequest!) { issueRequest(input: $input) { id } }',
      {
        input,
      },
    );
  });

  afterAll(() => api.stop());

  it('is made again from all that it saw, with each rule, fact and what followed', async () => {
    const found = await told(commandId);
    expect(found).toMatchObject({ outcome: 'SAME', command: 'IssueRequest', error: null });
    expect(JSON.parse(found?.asked ?? '')).toMatchObject({ packageId: council.packageId });
    expect(JSON.parse(found?.stateBefore ?? '')).toMatchObject({ stage: 'awaiting-request' });
    expect(found?.rules.length).toBeGreaterThan(3);
    expect(found?.rules.every(({ holds, sentence }) => holds && sentence.endsWith('.'))).toBe(true);
    expect(found?.facts.map(({ finding }) => finding)).not.toContain('ALTERED');
    expect(found?.events.map(({ type }) => type)).toEqual(['RequestIssued']);
    const invited = found?.followed.find(
      ({ policy }) => policy === 'invite-by-mail-when-request-issued',
    );
    expect(invited?.recorded?.type).toBe('DeliveryPrepared');
  });

  it('is found by the id of any of its events as well', async () => {
    const [event] = (await told(commandId))?.events ?? [];
    expect(await told(event?.eventId ?? '')).toEqual(await told(commandId));
    expect(await told(newCommandId())).toBeNull();
  });

  it('tells nothing of who the person is', async () => {
    const all = JSON.stringify(await told(commandId));
    for (const word of ['Ottoline', 'Fernsby', 'Quillfeather']) expect(all).not.toContain(word);
  });

  it('is not for brokers and providers to ask for', async () => {
    for (const person of ['broker', `provider:${council.providers[0]}`]) {
      const { errors } = await api.graphql(person, replay, { id: commandId });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('is told with those that another policy would have made otherwise', async () => {
    const whatIf = `query ($policy: PolicyValuesInput!, $on: String!) {
      whatIf(policy: $policy, fromOn: $on, lastDay: $on) { decisions affected unclear
        first { eventId command refusedWith differences { path recorded decided } } } }`;
    const asked = async (policy: object) =>
      (await api.data<{ whatIf: object }>('auditor', whatIf, { policy, on: today })).whatIf;
    const shorter = { requestWindowMinutes: { standard: 60, urgent: 30 } };
    const [event] = (await told(commandId))?.events ?? [];
    expect(await asked(shorter)).toMatchObject({
      ...{ affected: 1, unclear: 0, decisions: expect.any(Number) as number },
      first: [
        {
          ...{ eventId: event?.eventId, command: 'IssueRequest', refusedWith: null },
          differences: [{ path: '0.data.closesAt' }],
        },
      ],
    });
    expect(await asked({})).toMatchObject({ affected: 0, first: [] });
    const { errors } = await api.graphql('auditor', whatIf, { policy: {}, on: '2026-02-30' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is drawn for an audit, again the same by its seed', async () => {
    const sample = `query ($seed: String!, $on: String!) {
      auditSample(fromOn: $on, lastDay: $on, size: 3, seed: $seed) {
        population seed method decisions { eventId command } } }`;
    const drawn = async (seed: string) =>
      (
        await api.data<{
          auditSample: { population: number; decisions: { eventId: string; command: string }[] };
        }>('auditor', sample, { seed, on: today })
      ).auditSample;
    const first = await drawn('2026-Q1');
    expect(first.decisions).toHaveLength(3);
    for (const { eventId, command } of first.decisions) {
      expect(await told(eventId)).toMatchObject({ outcome: 'SAME', command });
    }
    expect((await drawn('2026-Q1')).population).toBeGreaterThan(first.population);
    const { errors } = await api.graphql('broker', sample, { seed: 'x', on: today });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
