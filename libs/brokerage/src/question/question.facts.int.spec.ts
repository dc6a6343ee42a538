import { createMemoryStore } from '#eventstore/memory.store.js';
import { idOfKey } from '#kernel/ids.js';
import {
  issueRequest,
  needs,
  newReference,
  Office,
  openMarket,
  userOf,
} from '#platform/commands/commands.fixtures.js';
import { questionIdOf } from './question.rules.js';

const identity = {
  ...{ name: 'Ottoline Fernsby', bornOn: '1941-02-03', postcode: 'ZZ7 1AB' },
  addressLines: ['12 Quillfeather Lane', 'Examplechester'],
};

async function asked(recorded = true) {
  const office = new Office(createMemoryStore());
  const { acorn, birch } = await openMarket(office);
  const reference = newReference();
  const { id: packageId } = await office.send('ReferPackage', { reference, needs });
  const personId = idOfKey('person', reference.system, reference.personRef);
  if (recorded) await office.send('RecordIdentity', { personId, identity });
  const requestId = await issueRequest(office, packageId);
  const commandId = office.newId();
  const question = { commandId, requestId, question: 'Is it near Quillfeather Lane?' };
  await office.send('AskQuestion', question, userOf(acorn.providerId));
  const questionId = questionIdOf(commandId);
  const answer = (fields: object) =>
    office.send('AnswerQuestion', { requestId, questionId, ...fields });
  return { office, acorn, birch, packageId, requestId, answer };
}

describe('An answer to all invited providers', () => {
  it('is refused where it tells who the person is, the provider’s own words included (S1-9)', async () => {
    const { answer } = await asked();
    await expect(answer({ answer: 'Near the park.' })).rejects.toMatchObject({
      code: 'AnswerWouldIdentify',
    });
    const question = 'Where is it?';
    await expect(answer({ question, answer: 'Ask for Fernsby.' })).rejects.toThrow('name');
    await expect(answer({ question, answer: 'Near the park.' })).resolves.toBeDefined();
  });

  it('is refused while nobody recorded who the person is (S1-9)', async () => {
    const { answer } = await asked(false);
    const texts = { question: 'Where is it?', answer: 'Near the park.' };
    await expect(answer(texts)).rejects.toMatchObject({ code: 'AnswerNotCheckable' });
  });

  it('lies sealed in the log, question and answer', async () => {
    const { answer, office, requestId } = await asked();
    await answer({ question: 'Where is it?', answer: 'Near the bandstand.' });
    const stored = JSON.stringify(await office.store.read(`requestQuestions-${requestId}`));
    expect(stored).not.toMatch(/Quillfeather|bandstand/);
  });

  it('is asked about a request that is open now, by who was invited to it', async () => {
    const { office, packageId, requestId, birch } = await asked();
    const ask = (by: string) =>
      office.send('AskQuestion', { requestId, question: 'Which floor?' }, userOf(by));
    await expect(ask('elsewhere')).rejects.toMatchObject({ code: 'ProviderNotInvited' });
    await expect(ask(birch.providerId)).resolves.toBeDefined();
    await office.send('CancelRequest', { packageId, reason: 'needs-changed' });
    await expect(ask(birch.providerId)).rejects.toMatchObject({ code: 'RequestTakesNoQuestions' });
  });
});
