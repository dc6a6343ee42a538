import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esdbLibraries, type EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';
import { BenchDouble } from './bench-double.js';
import type { Measure, Measures } from './esdb-measures.js';
import { shortly, thousands, type Bench, type Verdict } from './harness.js';
import { answerOf } from './own-process.js';
import { sampleSizes } from './sample-appends.js';

const runner = fileURLToPath(new URL('./esdb-measures.main.js', import.meta.url));
const mostCpu = 1.3;
const inFlight = 'appends, 64 in flight';

interface Measured {
  readonly server: string;
  readonly library: EsdbLibrary;
  readonly found: Measures;
}

/** The adapter by way of either library, against the library alone, on the double and on a real server. */
export const esdbBench: Bench = async ({ directory, quick }) => {
  const all: Measured[] = [];
  for (const library of esdbLibraries) {
    const double = await BenchDouble.start(library, join(directory, `${library}.db`));
    try {
      const found = await measuredApart(library, double.url, quick);
      all.push({ server: 'double', library, found });
    } finally {
      await double.stop();
    }
    const url = process.env['ESDB_URL'];
    if (url === undefined) continue;
    all.push({ server: 'real', library, found: await measuredApart(library, url, quick) });
  }
  return {
    id: 'esdb',
    title: 'EventStoreDB: the adapter against the bare libraries',
    text: [
      `One event an append (${sampleSizes()}), exact expected revision, one append in ten creates a stream. The server is ` +
        'a process of its own on the same two cores: the protocol double, which keeps its log in SQLite' +
        (process.env['ESDB_URL'] === undefined
          ? '; no real server was at hand, so rates say how the adapter compares with the library, not what EventStoreDB does.'
          : ', and a real server.'),
      'Bare: the library called as its documentation does, with the same expectation, bytes and kind of call, and with one live ' +
        'subscription, as the adapter has. It checks no sizes, repeats nothing and has no deadline. Processor time is the ' +
        'client process’s, in microseconds for each append, read or event.',
    ],
    tables: all.map(({ server, library, found }) => ({
      head: [
        `${library}, ${server}`,
        'ours /s',
        'bare /s',
        'p50 / p99 ms',
        'bare',
        'CPU µs',
        'bare',
        'ratio',
      ],
      rows: Object.entries(found).map(([what, { ours, bare }]) => [
        ...[what, thousands(ours.perSecond), thousands(bare.perSecond)],
        ...[latency(ours), latency(bare), shortly(ours.cpuMicros), shortly(bare.cpuMicros)],
        cpuRatio(ours, bare).toFixed(2),
      ]),
    })),
    verdicts: all.map(verdictOf),
  };
};

const cpuRatio = (ours: Measure, bare: Measure): number => ours.cpuMicros / bare.cpuMicros;

const latency = ({ p50Ms, p99Ms }: Measure): string =>
  p50Ms === undefined || p99Ms === undefined ? '–' : `${shortly(p50Ms)} / ${shortly(p99Ms)}`;

function verdictOf({ server, library, found }: Measured): Verdict {
  const both = found[inFlight];
  if (!both) throw new Error(`${inFlight} was not measured`);
  const ratio = cpuRatio(both.ours, both.bare);
  return {
    what: `EventStoreDB, ${library} on the ${server}: our CPU an append, of the bare library`,
    target: `≤ ${mostCpu}×`,
    measured: `${(Math.ceil(ratio * 100) / 100).toFixed(2)}×`,
    met: ratio <= mostCpu,
  };
}

const measuredApart = (library: EsdbLibrary, url: string, quick: boolean): Promise<Measures> =>
  answerOf(runner, library, url, quick ? 'quick' : 'full');
