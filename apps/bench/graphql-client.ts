import { Agent, request } from 'node:http';
import { DemoTokens } from '../api/demo-tokens.js';

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

/** The service refused a request, with its code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** A client of the GraphQL address that keeps so many connections open. */
export class GraphqlClient {
  private readonly agent: Agent;
  private readonly target: { readonly host: string; readonly port: string };

  constructor(
    url: string,
    connections: number,
    private readonly tokens = new DemoTokens(url),
  ) {
    const { hostname, port } = new URL(url);
    this.target = { host: hostname, port };
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  /** Throws `Refused`, or the socket's own error when the connection breaks. */
  async ask<Data>(person: string, body: string): Promise<Data> {
    const { data, errors } = JSON.parse(
      await this.post(await this.tokens.of(person), body),
    ) as Answer<Data>;
    const [error] = errors ?? [];
    if (error) throw new Refused(error.extensions.code, error.message);
    if (!data) throw new Error('the service answered no data');
    return data;
  }

  /** Sends a command as its mutation and answers its receipt. */
  async send(person: string, command: string, fields: object): Promise<Receipt> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const query = `mutation ($input: ${command}!) { ${name}(input: $input) { id position } }`;
    const body = JSON.stringify({ query, variables: { input: fields } });
    const receipt = (await this.ask<Record<string, Receipt>>(person, body))[name];
    if (!receipt) throw new Error(`${name} answered nothing`);
    return receipt;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(token: string, body: string): Promise<string> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const options = {
      ...this.target,
      agent: this.agent,
      method: 'POST',
      path: '/graphql',
      headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        response.on('error', reject);
        // Without it a connection that is cut in the middle of an answer never ends.
        response.on('aborted', () => reject(new Error('the answer was cut off')));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

export interface Receipt {
  readonly id: string | null;
  readonly position: string;
}
