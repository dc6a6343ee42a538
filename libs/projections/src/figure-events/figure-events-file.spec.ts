import { fileOf, type FileFormat } from './figure-events-file.js';
import type { FigureEvent } from './figure-events.view.js';

const event: FigureEvent = {
  ...{ eventId: 'e1', type: '=WeekPlanned', stream: 'visitWeek-p1-2026-W11', revision: 0 },
  ...{ position: '7', recordedAt: '2026-03-01T09:00:00.000Z', concerns: ['p1.a', 'p1.b'] },
};

async function* events() {
  yield event;
  yield await Promise.resolve({ ...event, type: 'VisitsRecorded', concerns: [] });
}

async function text(format: FileFormat): Promise<string> {
  let all = '';
  for await (const line of fileOf(events(), format)) all += line;
  return all;
}

describe('The events behind a figure as a file', () => {
  it('are lines of CSV, a formula escaped', async () => {
    expect(await text('csv')).toBe(
      '\uFEFFeventId,type,stream,revision,position,recordedAt,concerns\r\n' +
        "e1,'=WeekPlanned,visitWeek-p1-2026-W11,0,7,2026-03-01T09:00:00.000Z,p1.a p1.b\r\n" +
        'e1,VisitsRecorded,visitWeek-p1-2026-W11,0,7,2026-03-01T09:00:00.000Z,\r\n',
    );
  });

  it('are one JSON object a line, as GraphQL answers them', async () => {
    const lines = (await text('ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      event,
      { ...event, type: 'VisitsRecorded', concerns: [] },
    ]);
  });
});
