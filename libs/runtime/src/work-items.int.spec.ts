import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { perform } from '#platform/admin/operation.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from './open-runtime.js';
import { operations } from './operations.js';
import type { RunningService } from './running-service.js';

const actor = { id: 'commissioner', roles: ['commissioner' as const] };
const policy = 'release-open-package-when-over';

describe('A work item', () => {
  let dataDir: string;
  let service: RunningService;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'work-items-'));
    service = await openRuntime(
      readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' }),
      process.stderr,
    );
  });

  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  it('is listed until it was tried again with success', async () => {
    const register = {
      commandId: '0193a000-0000-7000-8000-000000000001',
      ...{ legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] },
    };
    const { id } = await service.commands.executeNamed('RegisterProvider', register, { actor });
    const [event] = await service.store.read(`provider-${id}`);
    if (!event) throw new Error('the provider was not registered');
    await service.workItems.park(policy, event, 'ReleaseOpenPackage', new Error('refused'));

    const listed = await perform(service, operations['work-items'], {});
    expect(listed).toMatchObject({ workItems: [{ policy, stream: `provider-${id}` }] });

    const [item] = service.workItems.list();
    await perform(service, operations['retry-work-item'], { workItemId: item?.workItemId });
    expect(await perform(service, operations['work-items'], {})).toEqual({ workItems: [] });
  });
});
