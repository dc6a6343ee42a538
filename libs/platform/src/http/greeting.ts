import { resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Config } from '../config/config.js';
import { software } from '../config/project-root.js';

/** What the start prints: where to look and how to sign in. */
export function greeting(config: Config, address: string, terminal: boolean): string {
  const bold = (text: string) => (terminal ? styleText('bold', text) : text);
  const lines = [
    ['GraphQL', `${address}/graphql`],
    ...(config.production ? [] : [['Try it', `${address}/graphiql`]]),
    ['Health', `${address}/health/live  ${address}/health/ready`],
    ['Metrics', `${address}/metrics`],
    ['Data', dataLine(config)],
    ['Sign-in', signInLine(config)],
  ];
  return [
    bold(`${software.name} ${software.version} is listening`),
    ...lines.map(([label = '', value = '']) => `  ${bold(label.padEnd(8))} ${value}`),
    '',
  ].join('\n');
}

function dataLine({ store, dataDir, esdb }: Config): string {
  if (store === 'memory') return 'in memory, nothing is kept';
  return esdb ? `${esdb.connection}; read models in ${resolve(dataDir)}` : resolve(dataDir);
}

function signInLine({ signIn }: Config): string {
  if (signIn.by === 'oidc') return `by tokens of ${signIn.issuer}`;
  if (signIn.by === 'none') return 'no way to sign in is configured: every query is refused';
  return 'demo people, on the GraphiQL page or by `npm run -s brokerage -- sign-in broker`';
}
