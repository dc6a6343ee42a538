import type { Command } from 'commander';
import { demoPersonGrant, issuerPath } from '#platform/local-issuer/issuer-names.js';
import { readServiceFile } from '#platform/admin/service-file.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, type Answer } from './output.js';

/** `sign-in`: a token of an invented person, for scripts against a service in development. */
export function addSignIn(program: Command): void {
  answering<object, [string]>(
    program
      .command('sign-in')
      .description('print a token of a demo person: broker, finance, provider:<id>, …')
      .argument('<person>'),
    (_speaker, _options, person) => signIn(person),
  );
}

interface Token {
  readonly access_token: string;
  readonly expires_in: number;
}

async function signIn(person: string): Promise<Answer> {
  const { config } = logPlace();
  if (config.signIn.by !== 'local-issuer') {
    throw badUsage(`There are no demo people with SIGN_IN=${config.signIn.by}.`);
  }
  const service = readServiceFile(config.dataDir);
  if (!service) throw notRunning(config.dataDir);
  const { access_token: token, expires_in: expiresInSeconds } = await asked(service.url, person);
  return { document: { person, token, expiresInSeconds }, lines: [token] };
}

async function asked(url: string, person: string): Promise<Token> {
  const body = new URLSearchParams({
    ...{ grant_type: demoPersonGrant, client_id: 'scripts', person },
  });
  const response = await fetch(`${url}${issuerPath}/token`, { method: 'POST', body }).catch(() => {
    throw new Stop('ServiceNotReached', `Nothing answers at ${url}.`, exitCodes.unreachable);
  });
  const answer = (await response.json()) as Token | { error_description?: string };
  if ('access_token' in answer) return answer;
  const why = answer.error_description ?? `it answered ${response.status}`;
  throw new Stop('SignInRefused', `The service signs nobody in: ${why}.`, exitCodes.refused);
}

const notRunning = (dataDir: string): Stop =>
  new Stop(
    'ServiceNotReached',
    `No service runs on ${dataDir}. Start one with npm start, or set DATA_DIR.`,
    exitCodes.unreachable,
  );
