import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOfKey } from '#kernel/ids.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from './ran-cli.js';

const needs = {
  ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', postcodeDistrict: 'ZZ7' },
  ...{ patch: 'north', ageBand: 'AGE_BAND_75_84', gender: 'FEMALE', carerGenderNeed: 'ANY' },
  ...{ skills: [], languages: [], access: [], household: [], urgent: false },
  ...{ hospitalDischarge: false, startOn: '2026-03-09' },
  schedule: [
    {
      ...{ days: [1, 2, 3], start: '08:00', minutes: 30, carers: 1 },
      ...{ tasks: ['PERSONAL_CARE'], critical: false },
    },
  ],
};
/** Words that stand nowhere else, one of each personal field. */
const canaries = {
  name: 'Quorvelia Zanthrop',
  street: '12 Wexomberly Rise',
  kin: 'Borvald Zanthrop',
  reason: 'Fimbrolated grandnephew cares.',
  hold: 'Grobnacious litigation.',
};
const words = ['quorvelia', 'wexomberly', 'borvald', 'fimbrolated', 'grobnacious', '9434765919'];
const identity = {
  ...{ name: canaries.name, bornOn: '1941-02-03', addressLines: [canaries.street] },
  ...{ postcode: 'ZZ7 1AB', nhsNumber: '9434765919' },
  nextOfKin: { name: canaries.kin, relationship: 'son' },
};

/** Which of the words stand in any file of a directory, at any depth. */
function wordsIn(directory: string): string[] {
  const text = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('latin1'))
    .join('\n')
    .toLowerCase();
  return words.filter((word) => text.includes(word));
}

describe('brokerage erase and keys', () => {
  let dataDir: string;
  let api: StartedApi;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cli-erase-'));
    api = await StartedApi.start({ dataDir });
  });
  afterEach(async () => {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  });

  const send = (name: string, fields: object, as = 'broker') => {
    const mutation = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    return api.graphql<Record<string, { id: string; position: string }>>(
      as,
      `mutation ($input: ${name}!) { ${mutation}(input: $input) { id position } }`,
      { input: { commandId: newCommandId(), ...fields } },
    );
  };
  const sent = async (name: string, fields: object, as?: string): Promise<string> => {
    const { data, errors } = await send(name, fields, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data ?? {})[0]?.id ?? '';
  };

  let referrals = 0;
  /** A person with an identity and a referral that was withdrawn for a reason. */
  const person = async (over = true) => {
    referrals += 1;
    const personRef = `P-${referrals}`;
    const reference = { system: 'case-system', personRef, referralRef: `R-${referrals}` };
    const packageId = await sent('ReferPackage', { reference, needs });
    const personId = idOfKey('person', reference.system, personRef);
    await sent('RecordIdentity', { personId, identity });
    if (over) await sent('WithdrawReferral', { packageId, reason: canaries.reason });
    return { personId, reference, packageId };
  };
  const erase = (who: string) => askedCli(dataDir, 'erase', who, '--ground', 'recorded-in-error');

  it('leaves nothing readable in any file, over a restart and a rebuild (X29)', async () => {
    const { personId, reference } = await person();
    expect(wordsIn(dataDir)).toEqual([]);
    expect(await erase(`case-system:${reference.personRef}`)).toMatchObject({
      exitCode: 0,
      document: { personId },
    });
    const again = await send('RecordIdentity', { personId, identity });
    expect(again.errors?.[0]?.extensions.code).toBe('PersonIsErased');
    await api.stop();
    expect(await askedCli(dataDir, 'verify')).toMatchObject({
      exitCode: 0,
      document: { ok: true },
    });
    rmSync(join(dataDir, 'read'), { recursive: true });
    api = await StartedApi.start({ dataDir });
    const { packages } = await api.data<{ packages: { totalCount: number } }>(
      'broker',
      '{ packages { totalCount edges { node { stage history { summary } } } } }',
    );
    expect(packages.totalCount).toBe(1);
    const referral = { ...reference, referralRef: 'R-again' };
    const anew = await send('ReferPackage', { reference: referral, needs });
    expect(anew.errors?.[0]).toMatchObject({ extensions: { code: 'PERSON_ERASED' } });
    expect(anew.errors?.[0]?.message).toContain('new person reference');
  }, 60_000);

  it('is refused under a legal hold, with a sentence, until the hold is lifted (X29)', async () => {
    const { personId } = await person();
    await sent('PlaceLegalHold', { personId, reason: canaries.hold }, 'administrator');
    const { exitCode, stderr } = await ranCli(
      ...[dataDir, 'erase', personId, '--ground', 'recorded-in-error'],
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('under a legal hold. Lift the hold');
    expect(wordsIn(dataDir)).toEqual([]);
  }, 60_000);

  it('is refused while care is not over, and for nobody known (X29)', async () => {
    const { personId } = await person(false);
    expect(await erase(personId)).toMatchObject({ document: { error: { code: 'CareNotOver' } } });
    expect(await erase('case-system:nobody')).toMatchObject({
      document: { error: { code: 'ServiceUserUnknown' } },
    });
    expect(await erase('nobody')).toMatchObject({
      document: { error: { code: 'PersonNotNamed' } },
    });
  }, 60_000);

  it('takes two people over GraphQL (X29)', async () => {
    const { personId } = await person();
    await sent('RequestErasure', { personId, ground: 'RECORDED_IN_ERROR' }, 'administrator');
    const own = await send('ApproveErasure', { personId }, 'administrator');
    expect(own.errors?.[0]?.extensions.code).toBe('ApprovedByRequester');
    await sent('ApproveErasure', { personId }, 'commissioner');
    const late = await send('CorrectIdentity', { personId, identity, reason: 'Late.' });
    expect(late.errors?.[0]?.extensions.code).toBe('PersonIsErased');
  }, 60_000);

  it('rotates the master key of the running and of the stopped service', async () => {
    const { personId } = await person();
    const keyFile = join(dataDir, 'master.key');
    const first = readFileSync(keyFile, 'utf8');
    expect(await askedCli(dataDir, 'keys', 'rotate')).toMatchObject({
      exitCode: 0,
      document: { rewrapped: 1, keptIn: 'master.key' },
    });
    const second = readFileSync(keyFile, 'utf8');
    expect(second).not.toBe(first);
    const correction = { ...identity, name: 'Quorvelia Ash' };
    await sent('CorrectIdentity', { personId, identity: correction, reason: 'Married.' });
    await api.stop();
    expect(await askedCli(dataDir, 'keys', 'rotate')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(keyFile, 'utf8')).not.toBe(second);
    api = await StartedApi.start({ dataDir });
    const again = { personId, identity, reason: 'Not married.' };
    await sent('CorrectIdentity', again);
  }, 60_000);

  it('does not start with another master key, nor without its keys, and says what to do', async () => {
    await person();
    await api.stop();
    const environment = { MASTER_KEY: 'ab'.repeat(32) };
    await expect(StartedApi.start({ dataDir, environment })).rejects.toThrow(/Set MASTER_KEY/);
    rmSync(join(dataDir, 'keys.db'));
    await expect(StartedApi.start({ dataDir })).rejects.toThrow(/Bring it back from its backup/);
  }, 60_000);
});
