import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Config } from '../config/config.js';
import { software } from '../config/project-root.js';
import { demoPeople } from '../viewer/demo-people.js';
import { demoHeader } from '../viewer/sign-in.js';

/** `http://127.0.0.1:3000`, with the port that was really taken. */
export function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the service listens nowhere');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

/** What the start prints: where to look and whom to name. */
export function greeting(config: Config, address: string, terminal: boolean): string {
  const bold = (text: string) => (terminal ? styleText('bold', text) : text);
  const signIn =
    config.signIn === 'demo-header'
      ? `send the header ${demoHeader}: ${demoPeople.map(({ id }) => id).join(' | ')} | provider:<id>`
      : 'no way to sign in is configured: every query is refused';
  const lines = [
    ['GraphQL', `${address}/graphql`],
    ...(config.production ? [] : [['Try it', `${address}/graphiql`]]),
    ['Health', `${address}/health/live  ${address}/health/ready`],
    ['Metrics', `${address}/metrics`],
    ['Data', config.store === 'memory' ? 'in memory, nothing is kept' : resolve(config.dataDir)],
    ['Sign-in', signIn],
  ];
  return [
    bold(`${software.name} ${software.version} is listening`),
    ...lines.map(([label = '', value = '']) => `  ${bold(label.padEnd(8))} ${value}`),
    '',
  ].join('\n');
}
