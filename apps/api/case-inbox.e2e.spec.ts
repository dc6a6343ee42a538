import { Webhook } from 'standardwebhooks';
import { addDays, civilDateOf } from '#kernel/time.js';
import { exampleMessages } from '#brokerage/case-inbox/example-messages.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { SourcedCouncil } from './sourced-council.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const system = 'liquidlogic';
const line = {
  ...{ days: [1, 3, 5], start: '08:00', minutes: 30, carers: 1, critical: false },
  tasks: ['personal-care'],
};
const needs = {
  ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council', patch: 'North' },
  ...{ postcodeDistrict: 'ZZ1', ageBand: '75-84', gender: 'female', carerGenderNeed: 'any' },
  ...{ startOn: today, schedule: [line] },
};
const identity = {
  ...{ name: 'Perpetua Vantongeren', bornOn: '1948-11-05', postcode: 'ZZ1 2CD' },
  addressLines: ['4 Thistledown Row'],
};

/** The same needs as GraphQL clients write their codes. */
const inGraphql = (of: typeof needs) => ({
  ...of,
  ...{ serviceLine: 'LONG_TERM', fundingStatus: 'COUNCIL', ageBand: 'AGE_BAND_75_84' },
  ...{ gender: 'FEMALE', carerGenderNeed: 'ANY' },
  schedule: of.schedule.map((each) => ({ ...each, tasks: ['PERSONAL_CARE'] })),
});

interface Message {
  readonly type: string;
  readonly data: object;
}

interface Standing {
  readonly messageId: string;
  readonly personId: string;
  readonly sequence: number;
  readonly standing: string;
  readonly packageIds: readonly string[];
  readonly notice: string | null;
  readonly violations: readonly { code: string; path: string; message: string }[];
  readonly hasUnknownFields: boolean;
}

describe('What a case system sends (S1-8)', () => {
  let api: StartedApi;
  let council: SourcedCouncil;
  let secret = '';
  let sent = 0;

  /** What the case system would send of one person, numbered as its record is. */
  class Record {
    private next = 1;

    constructor(readonly personRef: string) {}

    message(type: string, data: object, sequence = this.next++): Message {
      return { type, data: { system, personRef: this.personRef, sequence, ...data } };
    }

    referral(referralRef: string, more: object = {}): Message {
      const data = { referralRef, needs, identity, directPayment: { outcome: 'not-wanted' } };
      return this.message('referral.created', { ...data, ...more });
    }
  }

  interface Posting {
    readonly id?: string;
    readonly secret?: string;
    readonly signedAt?: number;
  }

  function post(message: object, posting: Posting = {}): Promise<Response> {
    const { id = `case-${(sent += 1)}`, secret: by = secret, signedAt = Date.now() } = posting;
    const body = JSON.stringify({ timestamp: new Date().toISOString(), ...message });
    return api.get('/integrations/case-system/events', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt / 1000)),
        'webhook-signature': new Webhook(by).sign(id, new Date(signedAt), body),
      },
      body,
    });
  }

  async function take(message: Message, id?: string): Promise<string> {
    const response = await post(message, id === undefined ? {} : { id });
    const answer = (await response.json()) as { messageId: string };
    expect([response.status, answer]).toMatchObject([200, { status: 'received' }]);
    return answer.messageId;
  }

  async function standings(): Promise<readonly Standing[]> {
    const query = `{ caseMessages(first: 100) { edges { node {
      messageId personId sequence standing packageIds notice hasUnknownFields
      violations { code path message } } } } }`;
    const { caseMessages } = await api.data<{
      caseMessages: { edges: { node: Standing }[] };
    }>('auditor', query);
    return caseMessages.edges.map(({ node }) => node);
  }

  /** Waits until a message stands where nothing more happens to it by itself. */
  async function settled(messageId: string, ends = ['TAKEN', 'ASIDE', 'WAITING']) {
    for (const signal = AbortSignal.timeout(15_000); ; signal.throwIfAborted()) {
      const found = (await standings()).find((each) => each.messageId === messageId);
      if (found && ends.includes(found.standing)) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  interface Waiting {
    readonly itemId: string;
    readonly personId: string;
    readonly reason: string;
    readonly owner: string | null;
    readonly actions: readonly { readonly name: string }[];
  }

  /** Open items of a kind, once there are some, or just as many as asked for. */
  async function queued(kind: string, wanted: (item: Waiting) => boolean, exactly?: number) {
    const query = `query ($kind: QueueKind) { workQueue(kind: $kind, first: 100) { edges { node {
      itemId personId reason owner actions { name } } } } }`;
    for (const signal = AbortSignal.timeout(15_000); ; signal.throwIfAborted()) {
      const { workQueue } = await api.data<{ workQueue: { edges: { node: Waiting }[] } }>(
        'broker',
        query,
        { kind },
      );
      const found = workQueue.edges.map(({ node }) => node).filter(wanted);
      if (exactly === undefined ? found.length > 0 : found.length === exactly) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const taken = async (message: Message): Promise<Standing> => {
    const standing = await settled(await take(message));
    expect(standing).toMatchObject({ standing: 'TAKEN', violations: [] });
    return standing;
  };

  const packageNow = async (id: string) => {
    const query = `query ($id: ID!) { package(id: $id) { stage needs { urgent } } }`;
    const answer = await api.data<{
      package: { stage: string; needs: { urgent: boolean } };
    }>('broker', query, { id });
    return answer.package;
  };

  beforeAll(async () => {
    api = await StartedApi.start();
    council = await SourcedCouncil.make(api, 'broker', ['Acorn Homecare']);
    const create = `mutation ($input: CreateCaseSystemSecret!) {
      createCaseSystemSecret(input: $input) { secret } }`;
    const input = { commandId: newCommandId(), system, direction: 'IN' };
    const made = await api.data<{ createCaseSystemSecret: { secret: string } }>(
      'administrator',
      create,
      { input },
    );
    ({ secret } = made.createCaseSystemSecret);
  }, 60_000);
  afterAll(() => api.stop());

  it('refers a person with who they are, so that nobody types it again', async () => {
    const { packageIds, personId } = await taken(new Record('P-10').referral('R-10'));
    expect(await packageNow(packageIds[0] ?? '')).toMatchObject({ stage: 'AWAITING_REQUEST' });
    const read = `query ($id: ID!) { identity(personId: $id, purpose: ARRANGING_CARE) { name } }`;
    const { errors, data } = await api.graphql<{ identity: { name: string } }>('broker', read, {
      id: personId,
    });
    expect(errors ?? data).toMatchObject({ identity: { name: identity.name } });
  });

  it('is taken as each published example has it', async () => {
    for (const example of Object.values(exampleMessages)) {
      const response = await post(example);
      expect([response.status, await response.json()]).toMatchObject([200, { status: 'received' }]);
    }
    for (const signal = AbortSignal.timeout(15_000); ; signal.throwIfAborted()) {
      const own = (await standings()).filter(({ sequence }) => sequence > 4);
      if (own.length >= 7 && own.every(({ standing }) => standing !== 'READY')) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('takes effect once, however often it is sent', async () => {
    const referral = new Record('P-11').referral('R-11');
    const text = { timestamp: '2026-03-02T09:00:00Z', ...referral };
    const ids: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      const answer = await post(text, { id: 'again-1' });
      expect(answer.status).toBe(200);
      ids.push(((await answer.json()) as { messageId: string }).messageId);
    }
    expect(new Set(ids).size).toBe(1);
    await settled(ids[0] ?? '');
    expect((await standings()).filter(({ messageId }) => messageId === ids[0])).toHaveLength(1);
    const other = await post({ ...text, timestamp: '2026-03-02T10:00:00Z' }, { id: 'again-1' });
    expect(other.status).toBe(422);
    const another = await post(new Record('P-12').referral('R-12'), { id: 'again-1' });
    expect(another.status).toBe(422);
  });

  it('waits for what is missing before it, and goes on in the order of the record', async () => {
    const record = new Record('P-13');
    const referral = record.referral('R-13');
    const correction = record.message('referral.corrected', {
      ...{ referralRef: 'R-13', needs: { ...needs, urgent: true }, reason: 'Left hospital.' },
    });
    const withdrawal = record.message('referral.withdrawn', {
      ...{ referralRef: 'R-13', reason: 'Chose family care.' },
    });
    const last = await take(withdrawal);
    const second = await take(correction);
    expect((await settled(last)).standing).toBe('WAITING');
    expect((await settled(second)).standing).toBe('WAITING');
    const { packageIds } = await taken(referral);
    expect(await settled(second, ['TAKEN', 'ASIDE'])).toMatchObject({ standing: 'TAKEN' });
    expect(await settled(last, ['TAKEN', 'ASIDE'])).toMatchObject({ standing: 'TAKEN' });
    expect(await packageNow(packageIds[0] ?? '')).toMatchObject({
      ...{ stage: 'WITHDRAWN', needs: { urgent: true } },
    });
  });

  it('lets a person go on without what never comes', async () => {
    const record = new Record('P-14');
    await taken(record.referral('R-14'));
    record.message('person.changed', {});
    const late = await take(
      record.message('referral.withdrawn', { referralRef: 'R-14', reason: 'No need.' }),
    );
    const { personId } = await settled(late);
    await council.send('broker', 'SkipCaseGap', { personId, reason: 'The record has no such.' });
    expect((await settled(late, ['TAKEN', 'ASIDE'])).standing).toBe('TAKEN');
    const again = { personId, reason: 'Once more.' };
    expect(await council.codeFor('broker', 'SkipCaseGap', again)).toBe('NoCaseGap');
  });

  it('is told every fault of its shape, and nothing of it is kept', async () => {
    const before = (await standings()).length;
    const wrong = {
      type: 'person.died',
      data: { system, personRef: '', sequence: 0, diedOn: 'x' },
    };
    const response = await post(wrong);
    const { errors } = (await response.json()) as {
      errors: { extensions: { violations: { path: string }[] } }[];
    };
    expect(response.status).toBe(400);
    expect(errors[0]?.extensions.violations.map(({ path }) => path)).toEqual([
      ...['data.personRef', 'data.sequence', 'data.diedOn'],
    ]);
    expect(await standings()).toHaveLength(before);
  });

  it('is refused unless a good secret of its system signed it within five minutes', async () => {
    const message = new Record('P-15').referral('R-15');
    const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    expect((await post(message, { secret: other })).status).toBe(401);
    expect((await post(message, { signedAt: Date.now() - 301_000 })).status).toBe(401);
    const foreign = { ...message, data: { ...message.data, system: 'elsewhere' } };
    expect((await post(foreign)).status).toBe(401);
    expect((await post(message)).status).toBe(200);
  });

  it('may be signed by two secrets while they change', async () => {
    const rotate = `mutation ($input: RotateCaseSystemSecret!) {
      rotateCaseSystemSecret(input: $input) { secret olderEndsAt } }`;
    const input = { commandId: newCommandId(), system, direction: 'IN' };
    const { rotateCaseSystemSecret: fresh } = await api.data<{
      rotateCaseSystemSecret: { secret: string; olderEndsAt: string };
    }>('administrator', rotate, { input });
    expect((await post(new Record('P-16').referral('R-16'))).status).toBe(200);
    const byFresh = { secret: fresh.secret };
    expect((await post(new Record('P-17').referral('R-17'), byFresh)).status).toBe(200);
  });

  it('goes to a person where it cannot be taken, and is tried again when it can', async () => {
    const record = new Record('P-18');
    const unknownCode = record.referral('R-18', { needs: { ...needs, serviceLine: 'respite-4' } });
    const aside = await settled(await take(unknownCode));
    expect(aside).toMatchObject({
      ...{ standing: 'ASIDE', violations: [{ code: 'isIn', path: 'needs.serviceLine' }] },
    });
    const tooEarly = record.message('referral.withdrawn', { referralRef: 'R-18b', reason: 'No.' });
    const early = await settled(await take(tooEarly));
    expect(early.violations).toMatchObject([
      { code: 'CaseReferralUnknown', message: expect.stringContaining('No referral') as string },
    ]);
    await taken(record.referral('R-18b'));
    const { personId, messageId } = early;
    const waiting = await queued('CASE_MESSAGE', (item) => item.personId === personId);
    expect(waiting.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('could not be taken') as string,
      expect.stringContaining('No referral with this reference') as string,
    ]);
    expect(waiting[1]?.actions.map(({ name }) => name)).toEqual([
      ...['retryCaseMessage', 'dismissCaseMessage', 'assignQueueItem'],
    ]);
    const { itemId = '' } = waiting[1] ?? {};
    await council.send('broker', 'AssignQueueItem', { itemId });
    const owned = await queued('CASE_MESSAGE', (item) => item.itemId === itemId && !!item.owner);
    expect(owned[0]?.owner).toContain('broker');
    await council.send('broker', 'RetryCaseMessage', { personId, messageId });
    expect((await settled(messageId, ['TAKEN'])).packageIds).toHaveLength(1);
    const rest = await queued('CASE_MESSAGE', (item) => item.personId === personId, 1);
    expect(rest.map((item) => item.itemId)).not.toContain(itemId);
    const dismissal = { personId, messageId: aside.messageId, reason: 'Sent again as R-18b.' };
    await council.send('broker', 'DismissCaseMessage', dismissal);
    expect((await settled(aside.messageId, ['DISMISSED'])).standing).toBe('DISMISSED');
    expect(await council.codeFor('broker', 'RetryCaseMessage', dismissal)).toBe('BAD_USER_INPUT');
  });

  it('keeps a type and fields that it does not know', async () => {
    const record = new Record('P-19');
    const strange = { type: 'person.knighted', data: record.message('', {}).data };
    expect(await settled(await take(strange))).toMatchObject({
      ...{ standing: 'ASIDE', violations: [{ code: 'CaseMessageTypeUnknown' }] },
    });
    const more = record.referral('R-19', { mood: 'cheerful' });
    expect(await taken(more)).toMatchObject({ hasUnknownFields: true });
  });

  it('pauses care in hospital, and asks its provider to go on at the discharge', async () => {
    const names = { legalName: 'Willow Homecare', tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await council.send('commissioner', 'RegisterProvider', names);
    const startsOn = addDays(today, -60);
    const spot = { type: 'SPOT', spotReason: 'One package', lastDay: addDays(today, 300) };
    const terms = { providerId, startsOn, ...spot };
    const { id: contractId } = await council.send('commissioner', 'OpenContract', terms);
    const { id: packageId } = await council.send('senior-broker', 'TakeOnPackage', {
      ...{ reference: { system, personRef: 'P-22', referralRef: 'R-22' }, providerId, contractId },
      ...{ startedOn: addDays(today, -30), needs: inGraphql(needs) },
    });
    const record = new Record('P-22');
    const admitted = { admittedOn: addDays(today, -2), expectedReturnOn: addDays(today, 3) };
    await taken(record.message('hospital.admitted', admitted));
    expect(await packageNow(packageId)).toMatchObject({ stage: 'SUSPENDED' });
    const discharged = { dischargedOn: today, careFromOn: addDays(today, 1) };
    await taken(record.message('hospital.discharged', discharged));
    expect(await packageNow(packageId)).toMatchObject({ stage: 'AWAITING_RESTART' });
    const died = await taken(record.message('person.died', { diedOn: today }));
    expect(died).toMatchObject({ notice: 'PERSON_DIED', packageIds: [packageId] });
    expect(await packageNow(packageId)).toMatchObject({ stage: 'ENDED' });
    const nobody = await settled(await take(record.message('hospital.admitted', admitted)));
    expect(nobody).toMatchObject({ standing: 'ASIDE', violations: [{ code: 'CareNotLive' }] });
  });

  it('stops the request of a person who has died, and tells a person', async () => {
    const record = new Record('P-20');
    const { packageIds } = await taken(record.referral('R-20'));
    const packageId = packageIds[0] ?? '';
    await council.send('broker', 'IssueRequest', { packageId });
    expect(await packageNow(packageId)).toMatchObject({ stage: 'REQUEST_OPEN' });
    const died = await taken(record.message('person.died', { diedOn: addDays(today, -1) }));
    expect(died).toMatchObject({ notice: 'PERSON_DIED', packageIds: [packageId] });
    expect(await packageNow(packageId)).toMatchObject({ stage: 'WITHDRAWN' });
    const [item] = await queued('PERSON_DIED', ({ personId }) => personId === died.personId);
    const resolution = { itemId: item?.itemId, outcome: 'DONE', note: 'The family was rung.' };
    await council.send('broker', 'ResolveQueueItem', resolution);
    expect(await council.codeFor('broker', 'ResolveQueueItem', resolution)).toBe('QueueItemOver');
  });

  it('takes a gap in a referral as a worker’s: it waits, and a correction completes it', async () => {
    const record = new Record('P-21');
    const { start: _, ...gappy } = line;
    const draft = record.referral('R-21', { needs: { ...needs, schedule: [gappy] } });
    const { packageIds } = await taken(draft);
    expect(await packageNow(packageIds[0] ?? '')).toMatchObject({ stage: 'REFERRAL_INCOMPLETE' });
    const corrected = { referralRef: 'R-21', needs, reason: 'The start was missing.' };
    await taken(record.message('referral.corrected', corrected));
    expect(await packageNow(packageIds[0] ?? '')).toMatchObject({ stage: 'AWAITING_REQUEST' });
  });
});
