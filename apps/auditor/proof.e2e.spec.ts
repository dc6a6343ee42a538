import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOfKey } from '#kernel/ids.js';
import { CheckpointFolder } from '#eventstore/proof/checkpoint-folder.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from '../cli/ran-cli.js';
import { python } from './python.js';

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
const identity = {
  ...{ name: 'Quillon Ashdown', bornOn: '1941-02-03', addressLines: ['12 Wexomberly Rise'] },
  ...{ postcode: 'ZZ7 1AB', nhsNumber: '9434765919' },
};

describe('An auditor', () => {
  let dataDir: string;
  let api: StartedApi;
  const file = (name: string): string => join(dataDir, name);

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'proof-'));
    api = await StartedApi.start({ dataDir });
  });
  afterAll(async () => {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  });

  const sent = async (name: string, fields: object) => {
    const mutation = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const data = await api.data<Record<string, { id: string; position: string }>>(
      'broker',
      `mutation ($input: ${name}!) { ${mutation}(input: $input) { id position } }`,
      { input: { commandId: newCommandId(), ...fields } },
    );
    return Object.values(data)[0] ?? { id: '', position: '' };
  };
  const reference = { system: 'case-system', personRef: 'P-1', referralRef: 'R-1' };
  const personId = idOfKey('person', reference.system, reference.personRef);
  let identified: string;

  it('gets the public key from the service without signing in', async () => {
    const response = await api.get('/audit/public-key');
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/^-----BEGIN PUBLIC KEY-----\n.+\n-----END PUBLIC KEY-----\n/);
    expect(text).toMatch(/\ncare-brokerage\/[0-9a-f-]{36}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}\n$/);
    writeFileSync(file('key.txt'), text);
    const key = join(dataDir, 'audit', 'signing-key.pem');
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('gets a checkpoint, an export and a proof beside the running service, and checks them', async () => {
    const { id: packageId } = await sent('ReferPackage', { reference, needs });
    ({ position: identified } = await sent('RecordIdentity', { personId, identity }));
    await sent('WithdrawReferral', { packageId, reason: 'Not needed.' });
    const made = await askedCli(dataDir, 'checkpoint', '--out', file('first.txt'));
    expect(made).toMatchObject({ exitCode: 0, document: { ok: true } });
    const proven = await ranCli(dataDir, 'prove', identified, '--out', file('proof.json'));
    expect(proven.stdout).toContain('is among the signed events');
    const exported = await askedCli(dataDir, 'export-log', '--out', file('log.ndjson'));
    expect(exported).toMatchObject({ exitCode: 0, document: { before: 0, unsealed: 0 } });
    const checked = await ranCli(
      ...[dataDir, 'verify', '--checkpoint', file('first.txt'), '--public-key', file('key.txt')],
    );
    expect(checked.stdout).toContain('the log begins with them.');
    expect(checked.exitCode).toBe(0);
    const said = python(
      ...['--export', file('log.ndjson'), '--public-key', file('key.txt')],
      ...['--checkpoint', file('first.txt'), '--proof', file('proof.json')],
    );
    expect(said.stdout).toContain('No fault found.');
    expect(said.exitCode).toBe(0);
    expect(readFileSync(file('log.ndjson'), 'utf8')).not.toContain('Quillon');
    expect(readFileSync(file('proof.json'), 'utf8')).not.toContain('Quillon');
  }, 60_000);

  it('finds everything as it was after a person was erased', async () => {
    const erased = await ranCli(dataDir, 'erase', personId, '--ground', 'recorded-in-error');
    expect(erased.exitCode).toBe(0);
    await askedCli(dataDir, 'checkpoint', '--out', file('second.txt'));
    await askedCli(dataDir, 'export-log', '--out', file('log.ndjson'));
    const checkpoints = ['--checkpoint', file('first.txt'), '--checkpoint', file('second.txt')];
    const { document } = await askedCli(dataDir, 'verify', ...checkpoints);
    expect(document).toMatchObject({ ok: true, checkpoints: [{ ok: true }, { ok: true }] });
    const again = await ranCli(
      ...[dataDir, 'prove', identified, '--checkpoint', file('first.txt')],
      ...['--out', file('again.json')],
    );
    expect(again.exitCode).toBe(0);
    expect(readFileSync(file('again.json'))).toEqual(readFileSync(file('proof.json')));
    const key = ['--public-key', file('key.txt')];
    const grown = [file('first.txt'), file('second.txt'), '--out', file('growth.json')];
    expect((await ranCli(dataDir, 'prove-growth', ...grown)).exitCode).toBe(0);
    const { stdout } = python('--proof', file('growth.json'), ...key);
    expect(stdout).toMatch(
      /PROVEN {6}The log of \d+ events .* begins with the \d+ that were signed/,
    );
    expect(python('--export', file('log.ndjson'), ...key, ...checkpoints).exitCode).toBe(0);
  }, 60_000);

  it('is told in a sentence what cannot be done', async () => {
    const refused = async (exitCode: number, said: string, ...args: readonly string[]) => {
      const ran = await ranCli(dataDir, ...args);
      expect(ran.stderr).toContain(said);
      expect(ran.exitCode).toBe(exitCode);
    };
    const out = ['--out', file('none.json')];
    await refused(2, 'neither the id nor the position', 'prove', 'x', ...out);
    await refused(1, 'has no event 999999', 'prove', '999999', ...out);
    await refused(2, 'cannot be read', 'verify', '--checkpoint', file('missing.txt'));
    await refused(
      2,
      'leave out --from',
      'verify',
      '--from',
      '2',
      '--checkpoint',
      file('first.txt'),
    );
    writeFileSync(file('letter.txt'), 'a letter');
    await refused(
      2,
      'neither a public key',
      'verify',
      '--checkpoint',
      file('first.txt'),
      '--public-key',
      file('letter.txt'),
    );
    await refused(1, 'no export of a log', 'export-log', '--out', file('letter.txt'));
    const forged = await ranCli(dataDir, 'verify', '--checkpoint', file('letter.txt'));
    expect(forged.stdout).toContain('it is no checkpoint of a log');
    expect(forged.exitCode).toBe(1);
  }, 60_000);

  it('gets none from production without a key, which the doctor says', async () => {
    const { checks } = (await askedCli<{ checks: object[] }>(dataDir, 'doctor')).document;
    const { length } = new CheckpointFolder(dataDir).names();
    expect(length).toBeGreaterThan(0);
    expect(checks).toContainEqual(
      expect.objectContaining({
        check: 'audit',
        status: 'ok',
        found: expect.stringContaining('signed last') as string,
      }),
    );
    await api.stop();
    rmSync(join(dataDir, 'audit', 'signing-key.pem'));
    const environment = {
      ...{ NODE_ENV: 'production', MASTER_KEY: readFileSync(file('master.key'), 'utf8') },
    };
    api = await StartedApi.start({ dataDir, environment });
    expect((await api.get('/audit/public-key')).status).toBe(404);
    const missing = { AUDIT_SIGNING_KEY: file('missing.pem') };
    const refused = StartedApi.start({ environment: missing });
    await expect(refused).rejects.toThrow('missing.pem cannot be read. Set AUDIT_SIGNING_KEY');
    await expect(refused).rejects.not.toThrow('at openSigningKey');
    expect(await (await api.get('/metrics')).text()).toContain(
      'brokerage_audit_log_inconsistent 0',
    );
  }, 60_000);
});
