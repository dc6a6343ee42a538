import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readServiceFile,
  removeServiceFile,
  serviceFileIn,
  ServiceFileUnreadable,
  writeServiceFile,
} from './service-file.js';

const address = { url: 'http://127.0.0.1:3000', pid: 42, token: 'f'.repeat(64) };

describe('The service file', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'service-file-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('is read back as written, by its owner alone', () => {
    writeFileSync(serviceFileIn(dataDir), 'left by a killed process', { mode: 0o644 });
    writeServiceFile(dataDir, address);
    expect(readServiceFile(dataDir)).toEqual(address);
    expect(statSync(serviceFileIn(dataDir)).mode & 0o777).toBe(0o600);
  });

  it('is nothing before a service wrote it and after it stopped', () => {
    expect(readServiceFile(dataDir)).toBeUndefined();
    writeServiceFile(dataDir, address);
    removeServiceFile(dataDir, address.pid);
    expect(readServiceFile(dataDir)).toBeUndefined();
  });

  it('is not removed by the process before', () => {
    writeServiceFile(dataDir, address);
    removeServiceFile(dataDir, 41);
    expect(readServiceFile(dataDir)).toEqual(address);
  });

  it('is refused when a service did not write it', () => {
    writeFileSync(serviceFileIn(dataDir), '{"url":"elsewhere"}');
    expect(() => readServiceFile(dataDir)).toThrow(ServiceFileUnreadable);
  });
});
