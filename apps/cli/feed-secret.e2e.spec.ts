import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from './ran-cli.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

interface Shown {
  readonly secretId: string;
  readonly secret: string;
  readonly olderEndsAt?: string;
}

describe('brokerage feed-secret', () => {
  it('makes, rotates and revokes the secrets of a provider’s feed (S1-15)', async () => {
    await using api = await StartedApi.start();
    const mutation =
      'mutation ($input: RegisterProvider!) { registerProvider(input: $input) { id } }';
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    const input = { commandId: newCommandId(), ...names };
    const { registerProvider } = await api.data<{ registerProvider: { id: string } }>(
      ...(['commissioner', mutation, { input }] as const),
    );
    const of = ['--provider', registerProvider.id] as const;
    const asked = async (name: string): Promise<Shown> =>
      (await askedCli<Shown>(api.dataDir, 'feed-secret', name, ...of)).document;
    const first = await asked('create');
    const second = await asked('rotate');
    expect([first.secret, second.secret].every((each) => each.startsWith('whsec_'))).toBe(true);
    expect(second.secret).not.toBe(first.secret);
    expect(second.olderEndsAt).toMatch(/Z$/);
    await askedCli(api.dataDir, 'feed-secret', 'revoke', ...of, '--secret', first.secretId);
    const again = await ranCli(
      api.dataDir,
      'feed-secret',
      'revoke',
      ...of,
      '--secret',
      first.secretId,
    );
    expect(again.stderr + again.stdout).toContain('no such secret that is still good');
  });
});
