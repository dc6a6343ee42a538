import { SingleBar } from 'cli-progress';
import type { DemoPlayed } from '#demo/demo-player.js';

/** Shows how the demo council is coming along: a bar on a terminal, else a line each tenth. */
export interface DemoProgressDisplay {
  progressed(played: DemoPlayed): void;
  ended(seconds: number): void;
}

export const demoProgressDisplay = (out: NodeJS.WriteStream): DemoProgressDisplay =>
  out.isTTY ? bar(out) : lines(out);

function bar(out: NodeJS.WriteStream): DemoProgressDisplay {
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

function lines(out: NodeJS.WriteStream): DemoProgressDisplay {
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
