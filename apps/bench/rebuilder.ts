import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './harness.js';

interface Projections {
  readonly projections: readonly { readonly name: string; readonly state: string }[];
}

/** Has a running service rebuild all its read models, again and again, as an operator could. */
export class Rebuilder {
  private readonly address: { readonly url: string; readonly token: string };
  private running: Promise<number> = Promise.resolve(0);
  private stopped = false;

  constructor(dataDir: string) {
    const text = readFileSync(join(dataDir, 'service.json'), 'utf8');
    this.address = JSON.parse(text) as { url: string; token: string };
  }

  begin(): void {
    this.running = this.rebuildOnAndOn();
    this.running.catch(() => undefined);
  }

  /** How often all read models were built anew since it began, the last one to its end. */
  end(): Promise<number> {
    this.stopped = true;
    return this.running;
  }

  private async rebuildOnAndOn(): Promise<number> {
    for (let times = 1; ; times += 1) {
      for (const { name } of (await this.ask<Projections>('projections')).projections) {
        await this.ask('rebuild-projection', { name });
      }
      await until('the rebuild', () => this.isLive(), 600_000, 100);
      if (this.stopped) return times;
    }
  }

  private async isLive(): Promise<boolean> {
    const { projections } = await this.ask<Projections>('projections');
    return projections.every(({ state }) => state === 'live');
  }

  private async ask<Answer>(operation: string, input: object = {}): Promise<Answer> {
    const { url, token } = this.address;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify(input);
    const response = await fetch(`${url}/admin/${operation}`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
