import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { SourcedCouncil } from '../api/sourced-council.js';
import { StartedApi } from '../api/started-api.js';
import { ranCli } from './ran-cli.js';

const today = new Date().toISOString().slice(0, 10);

describe('brokerage evidence-pack', () => {
  let dataDir: string;
  let api: StartedApi;
  let council: SourcedCouncil;
  let personId = '';
  let packs = 0;

  const run = (...args: string[]) => ranCli(dataDir, ...args);
  const pack = async (person: string, more: string[] = []) => {
    const out = join(dataDir, `pack-${(packs += 1)}.zip`);
    const period = ['--from', today, '--to', today];
    const ran = await run('evidence-pack', '--person', person, ...period, '--out', out, ...more);
    return { out, ran };
  };
  const filesOf = (zip: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(unzipSync(readFileSync(zip))).map(([name, data]) => [name, strFromU8(data)]),
    );

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'evidence-pack-'));
    api = await StartedApi.start({ dataDir });
    council = await SourcedCouncil.make(api, 'broker', ['Acorn Homecare']);
    await council.issueRequest();
    const { packageId } = council;
    await council.send('broker', 'CancelRequest', { packageId, reason: 'SENT_IN_ERROR' });
    const query = 'query ($id: ID!) { package(id: $id) { personId } }';
    const found = await api.data<{ package: { personId: string } }>('broker', query, {
      id: packageId,
    });
    ({ personId } = found.package);
    expect((await run('checkpoint')).exitCode).toBe(0);
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('writes story, decisions, sights and proofs that another program checks', async () => {
    const { out, ran } = await pack(personId);
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    expect(execFileSync('python3', ['-m', 'zipfile', '-t', out]).toString()).toContain('Done');
    const files = filesOf(out);
    const { packageId } = council;
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        ...['README.html', 'decisions.ndjson', 'who-saw.csv', 'checkpoint.txt', 'verify.py'],
        ...[`story-${packageId}.html`, `visits-${packageId}.ndjson`],
      ]),
    );
    const decisions = (files['decisions.ndjson'] ?? '').trim().split('\n');
    const outcomes = decisions.map((line) => (JSON.parse(line) as { outcome: string }).outcome);
    expect(outcomes).toEqual(['same', 'same', 'same']);
    expect(JSON.stringify(files)).not.toMatch(/Ottoline|Quillfeather/);
    const proofs = Object.entries(files).filter(([name]) => name.startsWith('proofs/'));
    expect(proofs).toHaveLength(3);
    const key = join(dataDir, 'key.txt');
    writeFileSync(key, await (await api.get('/audit/public-key')).text());
    const verifier = join(dataDir, 'verify.py');
    writeFileSync(verifier, files['verify.py'] ?? '');
    for (const [name, text] of proofs) {
      const proof = join(dataDir, name.replace('/', '-'));
      writeFileSync(proof, text);
      execFileSync('python3', [verifier, '--public-key', key, '--proof', proof]);
    }
  }, 60_000);

  it('overwrites nothing, and says so where there is no such person', async () => {
    const { out, ran } = await pack(council.packageId);
    expect([ran.exitCode, ran.stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining('no care'),
    ]);
    expect(ran.exitCode).not.toBe(0);
    writeFileSync(out, 'mine');
    packs -= 1;
    const again = await pack(personId);
    expect(again.ran.exitCode).not.toBe(0);
    expect(again.ran.stderr).toContain('exists already');
    expect(readFileSync(out, 'utf8')).toBe('mine');
  }, 60_000);

  it('leaves a look that who-saw shows, also of the command line', async () => {
    const query = 'query ($id: ID!) { whoSaw(personId: $id) { sights { by through } } }';
    const { whoSaw } = await api.data<{ whoSaw: { sights: object[] } }>('auditor', query, {
      id: personId,
    });
    expect(whoSaw.sights).toContainEqual({ by: 'command-line', through: 'evidencePack' });
  });

  it('says what can no longer be read once the person is erased, and holds still', async () => {
    const { packageId } = council;
    await council.send('broker', 'WithdrawReferral', { packageId, reason: 'Moved in with kin.' });
    const erased = await run('erase', personId, '--ground', 'request-of-the-person');
    expect([erased.exitCode, erased.stderr]).toEqual([0, '']);
    expect((await run('checkpoint')).exitCode).toBe(0);
    const { out, ran } = await pack(personId);
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    const files = filesOf(out);
    expect(files['README.html']).toContain('The record of this person was erased.');
    expect(JSON.stringify(files)).not.toMatch(/Moved in with kin/);
  }, 60_000);
});
