import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';

export interface PythonSaid {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the verifier that shares no code, in its own process. */
export function python(...args: readonly string[]): PythonSaid {
  const script = join(projectRoot, 'apps/auditor/verify.py');
  const ran = spawnSync('python3', ['-I', script, ...args], { encoding: 'utf8' });
  if (ran.error) throw ran.error;
  return { exitCode: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}
