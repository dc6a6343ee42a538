import { Presets, SingleBar } from 'cli-progress';
import type { Speaker } from './output.js';

export interface Progress {
  /** May be called as often as there is news. `counted`: what the rate counts, when not `done`. */
  at(done: number, total: number, counted?: number): void;
  stop(): void;
}

const silent: Progress = { at: () => undefined, stop: () => undefined };

/** A bar with rate and time left on a terminal; nothing elsewhere. `unit` is a plural noun. */
export function progressOf({ terminal }: Speaker, label: string, unit: string): Progress {
  if (!terminal) return silent;
  const startedAt = performance.now();
  let bar: SingleBar | undefined;
  return {
    at(done, total, counted = done) {
      const elapsedMs = Math.max(1, performance.now() - startedAt);
      const rate = Math.round((counted * 1000) / elapsedMs);
      const left = done === 0 ? 'time unknown' : timeLeft((elapsedMs * (total - done)) / done);
      bar ??= started(`${label} {bar} {percentage} % | {counted} ${unit} | {rate}/s`, total);
      bar.setTotal(total);
      bar.update(done, { counted: inBritish(counted), rate: inBritish(rate), left });
    },
    stop: () => bar?.stop(),
  };
}

/** `1 min 5 s left` */
export function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${minutes > 0 ? `${minutes} min ` : ''}${seconds % 60} s left`;
}

const inBritish = (count: number): string => count.toLocaleString('en-GB');

function started(format: string, total: number): SingleBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: `${format} | {left}`,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.rect,
  );
  bar.start(total, 0, { counted: '0', rate: '0', left: 'time unknown' });
  return bar;
}
