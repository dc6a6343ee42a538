import { SingleBar } from 'cli-progress';
import type { DemoPlayed } from '#demo/demo-player.js';

/** Where progress is told: a terminal, a file or nowhere. */
export type ProgressOutput = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Shows how the demo council is coming along: a bar on a terminal, else a line each tenth. */
export interface DemoProgressDisplay {
  progressed(played: DemoPlayed): void;
  ended(seconds: number): void;
}

export const demoProgressDisplay = (out: ProgressOutput): DemoProgressDisplay =>
  out.isTTY ? bar(out) : lines(out);

function bar(out: ProgressOutput): DemoProgressDisplay {
  const format =
    'Demo council {bar} {percentage} % | {visits} visits | simulated {day} | {eta_formatted} left';
  const shown = new SingleBar({ format, stream: out, hideCursor: true, etaBuffer: 50 });
  shown.start(100, 0, { visits: 0, day: '' });
  return {
    progressed: ({ percent, visits, simulatedAt }) => {
      shown.update(percent, { visits, day: simulatedAt.slice(0, 10) });
    },
    ended: (seconds) => {
      shown.stop();
      out.write(`The demo council is loaded (${seconds.toFixed(0)} s).\n`);
    },
  };
}

function lines(out: ProgressOutput): DemoProgressDisplay {
  let told = -1;
  return {
    progressed: ({ percent, visits }) => {
      const tenth = Math.floor(percent / 10);
      if (tenth <= told) return;
      told = tenth;
      out.write(`Demo council ${percent} % (${visits} visits)\n`);
    },
    ended: (seconds) => {
      out.write(`The demo council is loaded (${seconds.toFixed(0)} s).\n`);
    },
  };
}
