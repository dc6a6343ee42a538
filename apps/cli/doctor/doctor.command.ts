import type { Command } from 'commander';
import { logPlace } from '../data-directory.js';
import { exitCodes } from '../outcome.js';
import { answering, type Answer } from '../output.js';
import type { Finding } from './checkup.js';

/** `doctor`: what an operator looks at first; read-only, beside a running service or alone. */
export function addDoctor(program: Command): void {
  answering(
    program
      .command('doctor')
      .description('check the machine, the data directory, the log, the read models and the key'),
    doctor,
  );
}

async function doctor(): Promise<Answer> {
  const { config, dataDir, logFile } = logPlace();
  const { carryOut } = await import('./checkup.js');
  const { machineChecks } = await import('./machine.checks.js');
  const { logChecks } = await import('./log.checks.js');
  const { sharedLogChecks } = await import('./shared-log.checks.js');
  const { processChecks, serviceChecks } = await import('./service.checks.js');
  const { auditChecks } = await import('./audit.checks.js');
  const findings: Finding[] = [];
  for (const check of [
    ...machineChecks(dataDir),
    ...(config.esdb ? sharedLogChecks(config.esdb) : logChecks(dataDir, logFile)),
    ...(config.esdb ? processChecks(dataDir) : serviceChecks(dataDir, logFile)),
    ...auditChecks(config),
  ]) {
    findings.push(await carryOut(check));
  }
  const healthy = findings.every(({ status }) => status !== 'fail');
  return {
    document: { ok: healthy, checks: findings },
    lines: findings.flatMap(linesOf),
    exitCode: healthy ? exitCodes.ok : exitCodes.refused,
  };
}

const linesOf = ({ check, status, found, advice }: Finding): string[] => [
  `${status.padEnd(4)}  ${check.padEnd(14)}  ${found}`,
  ...(advice === undefined ? [] : [`${' '.repeat(22)}${advice}`]),
];
