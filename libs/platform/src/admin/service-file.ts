import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const written = z.object({ url: z.url(), pid: z.number().int(), token: z.string().min(32) });

/** Where the running service listens, and the secret that lets the command line in. */
export type ServiceAddress = Readonly<z.infer<typeof written>>;

export const serviceFileIn = (dataDir: string): string => join(dataDir, 'service.json');

/** Leaves the address for clients on this machine; only the service's own user can read it. */
export function writeServiceFile(dataDir: string, address: ServiceAddress): void {
  const file = serviceFileIn(dataDir);
  const fresh = `${file}.${address.pid}`;
  writeFileSync(fresh, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  // A file left by a killed process keeps the mode it had.
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

/** The file is not what a service wrote. */
export class ServiceFileUnreadable extends Error {
  override readonly name = 'ServiceFileUnreadable';
  constructor(file: string) {
    super(`${file} is not what a service wrote. Remove it and start the service again.`);
  }
}

/** `undefined` when there is none. Throws `ServiceFileUnreadable`. */
export function readServiceFile(dataDir: string): ServiceAddress | undefined {
  let text: string;
  try {
    text = readFileSync(serviceFileIn(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return written.parse(JSON.parse(text));
  } catch {
    throw new ServiceFileUnreadable(serviceFileIn(dataDir));
  }
}

/** Takes the address away, unless another process has replaced it. */
export function removeServiceFile(dataDir: string, pid: number): void {
  try {
    if (readServiceFile(dataDir)?.pid === pid) rmSync(serviceFileIn(dataDir));
  } catch {
    // Nothing of ours is there.
  }
}
