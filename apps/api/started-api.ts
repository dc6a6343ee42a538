import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DemoTokens } from './demo-tokens.js';

const mainFile = fileURLToPath(new URL('./main.js', import.meta.url));
const startDeadlineMs = 30_000;

/** An error as a GraphQL client sees it. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly requestId: string;
    readonly retryable: boolean;
    readonly violations: readonly { code: string; path: string; message: string }[];
    readonly asOf?: { position: string; at?: string };
  };
}

export interface Answer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly AnsweredError[];
}

export interface StartOptions {
  /** Kept by the caller; without one a temporary folder is made and removed by `stop`. */
  readonly dataDir?: string;
  /** Environment variables beside the defaults: `PORT=0 DEMO=off` and no limit on requests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The built service in its own process, as a client meets it. */
export class StartedApi {
  private readonly tokens: DemoTokens;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
    private readonly ownsDataDir: boolean,
    private readonly output: { text: string },
  ) {
    this.tokens = new DemoTokens(url);
  }

  /** Starts the service and waits until it listens. Rejects with its output when it ends before. */
  static async start({ dataDir, environment }: StartOptions = {}): Promise<StartedApi> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'brokerage-')));
    const child = spawn(process.execPath, [mainFile], {
      env: {
        ...{ PATH: process.env['PATH'], PORT: '0', DEMO: 'off', DATA_DIR: folder },
        ...{ REQUESTS_PER_MINUTE: '0', SIGN_INS_PER_MINUTE: '0', ...environment },
      },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { text: '' };
    const url = await listeningUrl(child, output);
    return new StartedApi(child, url, folder, dataDir === undefined, output);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Everything the process has written so far. */
  get printed(): string {
    return this.output.text;
  }

  /** Resolves once the process has written this text to its output; rejects after five seconds. */
  async hasPrinted(text: string): Promise<void> {
    const signal = AbortSignal.timeout(5_000);
    while (!this.output.text.includes(text)) {
      if (this.child.stdout) await once(this.child.stdout, 'data', { signal });
    }
  }

  /** Asks as a demo person (`broker`, `provider:<id>`); `undefined` sends no sign-in. */
  async graphql<Data = Record<string, unknown>>(
    person: string | undefined,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<Data>> {
    return this.graphqlWith(
      person === undefined ? undefined : await this.token(person),
      query,
      variables,
    );
  }

  /** The demo person's token, fetched once. */
  token(person: string): Promise<string> {
    return this.tokens.of(person);
  }

  /** Asks with a token as it is; `undefined` sends none. */
  async graphqlWith<Data = Record<string, unknown>>(
    token: string | undefined,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return {
      status: response.status,
      ...((await response.json()) as Omit<Answer<Data>, 'status'>),
    };
  }

  /** Like `graphql`, but throws unless there is data and no error. */
  async data<Data = Record<string, unknown>>(
    person: string,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> {
    const { data, errors } = await this.graphql<Data>(person, query, variables);
    if (errors || !data) throw new Error(`refused: ${JSON.stringify(errors ?? data)}`);
    return data;
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
  }

  /** Ends the process as an operator does and answers its exit code or signal. */
  async stop(): Promise<number | string> {
    const ended = await this.end('SIGTERM');
    if (this.ownsDataDir) await rm(this.dataDir, { recursive: true, force: true });
    return ended;
  }

  /** `await using api = …` stops the service also where a test fails. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Ends the process as a power cut does; the data directory stays. */
  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill(signal);
      await exited;
    }
    return this.child.exitCode ?? this.child.signalCode ?? 'unknown';
  }
}

function listeningUrl(child: ChildProcess, output: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`${why}:\n${output.text}`));
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      failed(`the service did not listen within ${startDeadlineMs} ms`);
    }, startDeadlineMs);
    const read = (chunk: Buffer) => {
      output.text += chunk.toString();
      const url = /GraphQL\s+(http:\S+)\/graphql/.exec(output.text)?.[1];
      if (!url) return;
      clearTimeout(deadline);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) => {
      clearTimeout(deadline);
      failed(`the service ended with ${String(code)}`);
    });
  });
}
