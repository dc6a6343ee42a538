import { Presets, SingleBar } from 'cli-progress';
import type { Speaker } from './output.js';

export interface Progress {
  /** May be called as often as there is news. */
  at(done: number, total: number): void;
  stop(): void;
}

const silent: Progress = { at: () => undefined, stop: () => undefined };

/** A bar with rate and time left on a terminal; nothing elsewhere. `unit` is a plural noun. */
export function progressOf({ terminal }: Speaker, label: string, unit: string): Progress {
  if (!terminal) return silent;
  const startedAt = performance.now();
  let bar: SingleBar | undefined;
  return {
    at(done, total) {
      const rate = Math.round((done * 1000) / Math.max(1, performance.now() - startedAt));
      bar ??= started(label, unit, total);
      bar.setTotal(total);
      bar.update(done, { rate: rate.toLocaleString('en-GB') });
    },
    stop: () => bar?.stop(),
  };
}

function started(label: string, unit: string, total: number): SingleBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: `${label} {bar} {percentage} % | {value}/{total} ${unit} | {rate}/s | {eta_formatted} left`,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.rect,
  );
  bar.start(total, 0, { rate: '0' });
  return bar;
}
