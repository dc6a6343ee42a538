import { createMemoryStore } from '#eventstore/memory.store.js';
import { newReference, needs, Office } from '#platform/commands/commands.fixtures.js';
import { personIdOf } from '../package/package.referral.decider.js';
import { PersonDirectory } from './person-directory.js';
import { identity } from './service-user.fixtures.js';

describe('The directory of people', () => {
  let office: Office;
  let directory: PersonDirectory;

  beforeEach(() => {
    office = new Office(createMemoryStore());
    directory = new PersonDirectory(office.log);
  });

  const person = async (sent: object = {}) => {
    const reference = newReference();
    const { id: packageId } = await office.send('ReferPackage', { reference, needs });
    const personId = personIdOf(reference);
    await office.send('RecordIdentity', { personId, identity: { ...identity, ...sent } });
    return { personId, packageId, reference };
  };

  it('finds a person by NHS number in any grouping, and nobody by another', async () => {
    const { personId } = await person();
    expect(await directory.find({ nhsNumber: '943 476 5919' })).toEqual([personId]);
    expect(await directory.find({ nhsNumber: '9876543210' })).toEqual([]);
  });

  it('finds a person by the case system’s id and by an older system’s (S1-8, S3-1)', async () => {
    const { personId, reference } = await person();
    const externalId = { system: 'care-first', personRef: 'CF-1' };
    expect(await directory.find({ externalId: reference })).toEqual([personId]);
    expect(await directory.find({ externalId })).toEqual([]);
    await office.send('AddExternalId', { personId, externalId });
    expect(await directory.find({ externalId })).toEqual([personId]);
    const elsewhere = { ...externalId, system: 'protocol' };
    expect(await directory.find({ externalId: elsewhere })).toEqual([]);
  });

  it('follows a correction, and knows two records of one number', async () => {
    const first = await person();
    const second = await person();
    const both = [first.personId, second.personId].sort();
    expect(await directory.find({ nhsNumber: '9434765919' })).toEqual(both);
    const corrected = { ...identity, nhsNumber: '9876543210' };
    const { personId } = first;
    await office.send('CorrectIdentity', { personId, identity: corrected, reason: 'Mistyped.' });
    expect(await directory.find({ nhsNumber: '9434765919' })).toEqual([second.personId]);
    expect(await directory.find({ nhsNumber: '9876543210' })).toEqual([personId]);
  });

  it('forgets a person who was erased, also when it is built anew (X29)', async () => {
    const { personId, reference } = await person();
    expect(await directory.find({ externalId: reference })).toEqual([personId]);
    office.over = true;
    const ground = 'recorded-in-error';
    await office.send('ErasePerson', { personId, ground });
    for (const each of [directory, new PersonDirectory(office.log)]) {
      expect(await each.find({ nhsNumber: '9434765919' })).toEqual([]);
      expect(await each.find({ externalId: reference })).toEqual([]);
    }
  });
});
