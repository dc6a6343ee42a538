import { createMemoryStore } from '#eventstore/memory.store.js';
import type { Actor } from '#kernel/actor.js';
import { idOfKey } from '#kernel/ids.js';
import {
  choiceOf,
  needs,
  newReference,
  Office,
  openMarket,
  userOf,
} from '#platform/commands/commands.fixtures.js';
import { questionIdOf } from '../question/question.rules.js';

const externalOf = (organisation: string): Actor => ({
  ...{ id: `x-${organisation}`, roles: ['external-broker'], organisation },
});
const own = externalOf('harbour-brokers');
const stranger = externalOf('other-brokers');

const identity = {
  ...{ name: 'Ottoline Fernsby', bornOn: '1941-02-03', postcode: 'ZZ7 1AB' },
  addressLines: ['12 Quillfeather Lane', 'Examplechester'],
};

/** A case that an external broker organisation referred itself. */
async function referredCase() {
  const office = new Office(createMemoryStore());
  const market = await openMarket(office);
  const reference = newReference();
  const directPayment = { outcome: 'not-wanted' };
  const { id: packageId } = await office.send(
    'ReferPackage',
    { reference, needs, directPayment },
    own,
  );
  const personId = idOfKey('person', reference.system, reference.personRef);
  await office.send('RecordIdentity', { personId, identity });
  const refused = async (name: string, fields: object, code: string): Promise<void> => {
    const last = await office.log.readAll({});
    await expect(office.send(name, fields, stranger)).rejects.toMatchObject({ code });
    expect((await office.log.readAll({})).upTo).toBe(last.upTo);
  };
  const requestId = async (): Promise<string> => {
    const events = await office.log.read(`carePackage-${packageId}`);
    const issued = events.findLast(({ type }) => type === 'RequestIssued');
    return (issued?.data as { requestId: string }).requestId;
  };
  return { office, ...market, packageId, refused, requestId };
}

describe('An external broker organisation', () => {
  it('takes its own case from request to award; another’s is unknown to it (S3-4)', async () => {
    const { office, acorn, packageId, refused, requestId } = await referredCase();
    const step = async (name: string, fields: object): Promise<void> => {
      await refused(name, fields, 'PackageUnknown');
      await office.send(name, fields, own);
    };
    await step('IssueRequest', { packageId, route: 'framework' });
    const closesAt = '2026-03-03T12:00:00.000Z';
    await step('ExtendRequestWindow', { packageId, closesAt });
    const offer = { requestId: await requestId(), times: [{ line: 1, start: '08:15' }] };
    const terms = { ...offer, startOn: '2026-03-09' };
    const { id: offerId } = await office.send('SubmitOffer', terms, userOf(acorn.providerId));
    office.later(28 * 60);
    await step('PresentOffers', { packageId });
    await step('ChooseOffer', choiceOf(packageId, offerId));
    await step('AwardPackage', { packageId });
    await office.send('AcceptOffer', { offerId });
    await office.send('ConfirmAward', { packageId, offerId });
    await step('AcknowledgeAward', { packageId });
    await step('RecordInterimCover', { packageId, cover: 'family', fromOn: '2026-03-03' });
    expect(await office.typesIn(`carePackage-${packageId}`)).toContain('AwardAcknowledged');
  });

  it('answers questions about its own case alone (S3-4, S1-9)', async () => {
    const { office, acorn, packageId, refused, requestId } = await referredCase();
    await office.send('IssueRequest', { packageId, route: 'framework' }, own);
    const asked = { requestId: await requestId(), question: 'Which floor is it on?' };
    const commandId = office.newId();
    await office.send('AskQuestion', { ...asked, commandId }, userOf(acorn.providerId));
    const questionId = questionIdOf(commandId);
    const answer = { requestId: asked.requestId, questionId, answer: 'The first, with a lift.' };
    await refused('AnswerQuestion', answer, 'RequestUnknown');
    await refused('AskQuestion', { ...asked, providerId: acorn.providerId }, 'RequestUnknown');
    await expect(office.send('AnswerQuestion', answer, own)).resolves.toBeDefined();
  });

  it('enters replies to its own requests alone (S3-4, S1-10)', async () => {
    const { office, acorn, packageId, refused, requestId } = await referredCase();
    await office.send('IssueRequest', { packageId, route: 'framework' }, own);
    office.later(60);
    const { providerId } = acorn;
    const reply = { requestId: await requestId(), providerId, receivedAt: office.now };
    const terms = { startOn: '2026-03-09', times: [{ line: 1, start: '08:15' }], evidence: 'mail' };
    const decline = { ...reply, reason: 'no-staff' };
    await refused('SubmitOffer', { ...reply, ...terms }, 'RequestUnknown');
    await refused('DeclineRequest', decline, 'RequestUnknown');
    const { id: offerId } = await office.send('SubmitOffer', { ...reply, ...terms }, own);
    const amended = { ...terms, offerId, receivedAt: office.now };
    await refused('AmendOffer', amended, 'OfferUnknown');
    await expect(office.send('AmendOffer', amended, own)).resolves.toBeDefined();
    await refused('WithdrawOffer', { offerId, reason: 'Ill.' }, 'OfferUnknown');
    await expect(
      office.send('WithdrawOffer', { offerId, reason: 'Ill.' }, own),
    ).resolves.toBeDefined();
    await expect(office.send('DeclineRequest', decline, own)).resolves.toBeDefined();
  });
});
