import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { readFeedBody } from './feed-body.js';

const sample = readFileSync(join(projectRoot, 'docs/samples/events-feed.json'), 'utf8');
const { events } = JSON.parse(sample) as { events: readonly object[] };
const one = events[0] ?? {};
const read = (...sent: readonly object[]) => readFeedBody(JSON.stringify({ events: sent }));

function problems(text: string): readonly string[] {
  try {
    readFeedBody(text);
  } catch (error) {
    if (error instanceof InvalidInput) return error.violations.map(({ path }) => path);
    throw error;
  }
  return [];
}
const problemsOf = (...sent: readonly object[]) => problems(JSON.stringify({ events: sent }));

describe('The body of a feed’s request', () => {
  it('is read as docs/samples/events-feed.json has it (S1-15)', () => {
    expect(readFeedBody(sample)).toEqual([
      {
        ...{ personRef: 'P-1', packageRef: 'R-1' },
        log: {
          ...{ type: 'log-in', ref: 'V-1001', leg: 1, on: '2026-03-29', plannedStart: '08:30' },
          ...{ carer: 'C-7', at: '2026-03-29T07:33:12.000Z', method: 'nfc' },
        },
      },
      {
        personRef: 'P-1',
        log: {
          ...{ type: 'log-out', ref: 'V-1000', leg: 1, on: '2026-03-28', plannedStart: '23:45' },
          ...{ carer: 'C-8', at: '2026-03-29T00:20:00', method: 'manual' },
          ...{ manualReason: 'no-signal', sequence: 2 },
        },
      },
    ]);
  });

  it('may be empty: a sign of life (S2-12)', () => {
    expect(read()).toEqual([]);
  });

  it('is refused with every error named by its place (S1-15)', () => {
    const wrong = { ...one, type: 'arrived', at: '2026-02-30T08:00:00Z', carerLeg: 5 };
    const { personRef: _, packageRef: __, ...nobodys } = one as Record<string, unknown>;
    expect(problemsOf(one, wrong)).toEqual([
      ...['events.1.type', 'events.1.carerLeg', 'events.1.at'],
    ]);
    expect(problemsOf(nobodys)).toEqual(['events.0.personRef']);
    expect(problems('{"events":')).toEqual(['']);
    expect(problems('[]')).toEqual(['']);
  });

  it('holds at most a hundred logs', () => {
    expect(read(...Array.from({ length: 100 }, () => one))).toHaveLength(100);
    expect(problemsOf(...Array.from({ length: 101 }, () => one))).toEqual(['events']);
  });

  it('has logs beside the day of their visit, not two days away (S1-15)', () => {
    const on = (at: string) => problemsOf({ ...one, at: `${at}T08:00:00Z` });
    expect(['2026-03-28', '2026-03-30'].flatMap(on)).toEqual([]);
    expect(on('2026-03-27')).toEqual(['events.0.at']);
    expect(on('2026-03-31')).toEqual(['events.0.at']);
  });
});
