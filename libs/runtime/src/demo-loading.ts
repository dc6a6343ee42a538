import { planDemoCouncil, type DemoRequest } from '#demo/demo-plan.js';
import { playDemoCouncil, type DemoStage } from '#demo/demo-player.js';
import type { DemoProgress } from '#platform/runtime/runtime.js';
import { demoProgressDisplay, type ProgressOutput } from './demo-progress.js';

/** Loads a demo council into a running service through the ordinary commands, and shows how far it is. */
export class DemoLoading {
  progress: DemoProgress = { state: 'loading', percent: 0 };
  /** Resolves when all is loaded or the load was stopped. */
  loaded: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();

  constructor(
    private readonly request: DemoRequest,
    private readonly stage: DemoStage,
    /** Where progress is told. */
    private readonly out: ProgressOutput,
  ) {}

  isOf({ seed, scale, asOfOn }: DemoRequest): boolean {
    const { request } = this;
    return request.seed === seed && request.scale === scale && request.asOfOn === asOfOn;
  }

  begin(whenLoaded: () => void): void {
    this.loaded = this.load(whenLoaded);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.loaded.catch(() => undefined);
  }

  private async load(whenLoaded: () => void): Promise<void> {
    const { signal } = this.abort;
    const display = demoProgressDisplay(this.out);
    const startedAt = performance.now();
    try {
      await playDemoCouncil(
        planDemoCouncil(this.request),
        this.stage,
        (played) => {
          const { percent, visits } = played;
          this.progress = { state: 'loading', percent, visits };
          display.progressed(played);
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.progress = { state: 'loaded', percent: 100 };
    display.ended((performance.now() - startedAt) / 1000);
    whenLoaded();
  }
}
