import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedCli, ranCli } from './ran-cli.js';

describe('brokerage explain', () => {
  const nowhere = mkdtempSync(join(tmpdir(), 'cli-'));

  afterAll(() => {
    rmSync(nowhere, { recursive: true });
  });

  it.each([
    [3360, 60],
    [3359, 45],
    [59, null],
  ])('pays %p attended seconds as %p minutes (S2-17)', async (seconds, paidMinutes) => {
    const { exitCode, document } = await askedCli(
      ...[nowhere, 'explain', 'payment', '--seconds', String(seconds)],
    );
    expect(exitCode).toBe(0);
    expect(document).toEqual({ paidMinutes, steps: expect.any(Array) as unknown });
  });

  it.each([
    [14, 4],
    [0, null],
  ])('allows %p visits %p carers (S2-11)', async (visits, limit) => {
    const asked = await askedCli(nowhere, 'explain', 'continuity', '--visits', String(visits));
    expect(asked).toMatchObject({ exitCode: 0, document: { limit } });
  });

  const punctuality = ['explain', 'punctuality', '--agreed'] as const;

  it.each([
    ['2026-03-02T08:00', '2026-03-02T08:30:59', [], 30, true],
    ['2026-03-02T08:00', '2026-03-02T08:31', [], 31, false],
    ['2026-03-02 08:00', '2026-03-02 08:15', ['--critical'], 15, true],
    ['2026-03-02T08:00', '08:16', ['--critical'], 16, false],
    ['08:00', '07:44:30', ['--critical'], -16, false],
  ])('judges %s against %s %p (S2-9)', async (agreed, actual, more, minutes, onTime) => {
    const asked = await askedCli(nowhere, ...punctuality, agreed, '--actual', actual, ...more);
    expect(asked).toMatchObject({ exitCode: 0, document: { minutes, onTime } });
  });

  it('prints the figure and each step for a person', async () => {
    const { stdout, stderr } = await ranCli(nowhere, 'explain', 'continuity', '--visits', '14');
    expect(stdout).toMatch(/^Limit {2}4 different carers\n {2}1\. 14 visits/);
    expect(stderr).toBe('');
  });

  it.each([
    [['explain', 'payment', '--seconds', '1.5'], '--seconds takes a whole number from 0 up'],
    [['explain', 'payment', '--seconds', '-1'], '--seconds takes a whole number from 0 up'],
    [['explain', 'payment'], "Required option '--seconds <n>' not specified. See --help."],
    [['explain', 'luck'], "Unknown command 'luck'. See --help."],
    [['explain'], 'No command was given. See --help.'],
    [[], 'No command was given. See --help.'],
    [[...punctuality, '2026-02-30T08:00', '--actual', '08:00'], 'is not a local time'],
  ])('refuses %p with one sentence', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await ranCli(nowhere, ...args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('answers an error as one document too', async () => {
    const asked = await askedCli(nowhere, 'explain', 'payment', '--seconds', 'many');
    expect(asked.exitCode).toBe(2);
    expect(asked.document).toEqual({
      error: { code: 'BadUsage', message: expect.stringContaining('"many" is none') as unknown },
    });
  });

  it('documents its exit codes', async () => {
    const { exitCode, stdout } = await ranCli(nowhere, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Exit codes:\n {2}0 /);
  });
});
