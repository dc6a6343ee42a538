import type { Command } from 'commander';
import { isCivilDate } from '#kernel/time.js';
import { badUsage } from './outcome.js';
import { answering, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';
import { withService } from './service-client.js';
import { until } from './until.js';
import { setUpYear, writeEcmYear } from './ecm-year.js';

interface DemoOptions {
  readonly small?: boolean;
  readonly seed: string;
  readonly asOf?: string;
  readonly ecmYear?: string;
  readonly forYear?: string;
  readonly weeks?: string;
  readonly scale?: string;
}

/** `demo`: an invented council, loaded through the ordinary commands. */
export function addDemo(program: Command): void {
  answering<DemoOptions>(
    program
      .command('demo')
      .description('load the demo council into an empty data directory; goes on where it stopped')
      .option('--small', 'a council of the same shape, about a thirtieth of the size')
      .option('--seed <n>', 'another seed gives other people', '1')
      .option('--as-of <date>', 'the day on which the council stands; default today')
      .option(
        '--ecm-year <directory>',
        'write a year of monitoring files instead, and load nothing',
      )
      .option('--weeks <n>', 'with --ecm-year: so many weeks', '52')
      .option('--scale <part>', 'with --ecm-year: part of the reference council, 0.01 to 1', '1')
      .option('--for-year <directory>', 'load the council of such files into an empty directory'),
    demo,
  );
}

function demo(speaker: Speaker, wanted: DemoOptions): Promise<Answer> {
  const { small, seed, asOf, ecmYear, forYear } = wanted;
  if (forYear !== undefined) return setUpYear(forYear);
  if (!/^\d{1,9}$/.test(seed)) {
    throw badUsage(`--seed takes a whole number from 0 up; ${JSON.stringify(seed)} is none.`);
  }
  if (asOf !== undefined && !isCivilDate(asOf)) {
    throw badUsage(`--as-of takes a date such as 2026-03-29; ${JSON.stringify(asOf)} is none.`);
  }
  if (ecmYear !== undefined) return writeEcmYear(speaker, ecmYear, wanted);
  const scale = small ? 'small' : 'full';
  return withService(
    async (client) => {
      const wanted = { seed: Number(seed), scale, ...(asOf && { asOfOn: asOf }) } as const;
      const request = await client.ask('load-demo', wanted);
      const progress = progressOf(speaker, 'Demo council', 'visits');
      const found = await until(
        () => client.ask('demo-progress'),
        ({ state, percent, visits }) => {
          progress.at(percent, 100, visits ?? 0);
          return state !== 'loading';
        },
      );
      progress.stop();
      const { asOfOn } = request;
      return {
        document: { ...request, state: found.state },
        lines: [`The ${scale} demo council of ${asOfOn} (seed ${request.seed}) is loaded.`],
      };
    },
    { mayCreate: true },
  );
}
