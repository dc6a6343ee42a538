import { readFileSync } from 'node:fs';
import { projectRoot } from '#platform/config/project-root.js';
import { readCarers } from './controcc.carers.js';
import { ecmFormats, type EcmFormatName } from './ecm.formats.js';
import { readRow } from './ecm.rows.js';
import { readEcmTable } from './ecm.table.js';

const sample = (name: string) => readFileSync(`${projectRoot}docs/samples/${name}.csv`, 'utf8');
const read = async (format: EcmFormatName, csv: string) =>
  (await readEcmTable(csv, ecmFormats[format])).lines.map((line) =>
    readRow(ecmFormats[format], line),
  );
const rows = async (format: EcmFormatName, csv: string) =>
  (await read(format, csv)).map((each) => ('row' in each ? each.row.row : each.problems));
const generic = (cells: Readonly<Record<string, string>>) => {
  const all = { personRef: 'P-1', visitDate: '2026-03-02', status: 'delivered', ...cells };
  return `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}`;
};
const logs = async (cells: Readonly<Record<string, string>>) => {
  const [row] = await rows('generic', generic(cells));
  return row && 'loggedInAt' in row ? [row.loggedInAt, row.loggedOutAt] : row;
};

describe('A vendor’s file', () => {
  it('of Abacus is read by its header, its duration counted from the log-in (S1-15)', async () => {
    expect(await rows('abacus', sample('visits-abacus'))).toMatchObject([
      {
        ...{ row: 2, ref: 'AB-1001', leg: 1, on: '2026-03-02', plannedStart: '08:00' },
        ...{ carer: 'C-7', status: 'delivered' },
        ...{ loggedInAt: '2026-03-02T08:04:00.000Z', loggedOutAt: '2026-03-02T08:32:00.000Z' },
      },
      { ref: 'AB-1002', loggedInAt: '2026-03-02T08:12:30.000Z' },
    ]);
    expect(JSON.stringify(await read('abacus', sample('visits-abacus')))).not.toContain(
      'Quillfeather',
    );
  });

  it('of ContrOCC has statuses of its own, and carers in a file before it (S1-15)', async () => {
    expect(await rows('controcc', sample('visits-controcc'))).toMatchObject([
      { carer: 'C-7', loggedInAt: '2026-03-02T08:04:00', loggedOutAt: '2026-03-02T08:32:00' },
      { status: 'missed' },
    ]);
    expect(readCarers(sample('carers-controcc'))).toEqual([
      { carerRef: 'C-7', activeFrom: '2025-09-01' },
      { carerRef: 'C-9', activeFrom: '2025-09-01', lastDay: '2027-12-31' },
    ]);
  });

  it('with the canonical names says everything itself (S1-15, S2-14)', async () => {
    expect(await rows('generic', sample('visits-generic'))).toMatchObject([
      { sequence: 1, method: 'app', loggedInAt: '2026-03-02T08:04:31Z' },
      { status: 'excused', reason: 'non-access', noticeAt: '2026-03-02T08:05:00Z' },
    ]);
  });

  it('tells who learns beside the carers, as a third leg where it knows but two (S2-11)', async () => {
    const shadow = async (said: string) =>
      rows('generic', generic({ actualStart: '08:00', carerLeg: '2', shadow: said }));
    expect(await shadow('yes')).toMatchObject([{ leg: 2, shadow: true }]);
    expect(await shadow('no')).toMatchObject([{ leg: 2, shadow: false }]);
    expect((await shadow(''))[0]).not.toHaveProperty('shadow');
    expect(await shadow('perhaps')).toMatchObject([[{ column: 'shadow' }]]);
    const [head = '', first = ''] = sample('visits-abacus').split(/\r?\n/);
    const abacus = (said: string) => rows('abacus', `${head},Shadow\n${first},${said}\n`);
    expect(await abacus('true')).toMatchObject([{ leg: 3, shadow: true }]);
    expect(await abacus('false')).toMatchObject([{ leg: 1, shadow: false }]);
  });

  it('has what the provider cancels as missed, what the person cancels as excused (S2-13, S2-14)', async () => {
    const cancelled = (reasonCode: string) =>
      rows('generic', generic({ status: 'cancelled', reasonCode }));
    expect(await cancelled('cancelled_by_service_user')).toMatchObject([{ status: 'excused' }]);
    expect(await cancelled('')).toMatchObject([{ status: 'missed' }]);
  });

  it('has visits over midnight on the day on which they were planned (S1-15)', async () => {
    const night = { plannedStart: '23:50', actualStart: '23:55', actualEnd: '00:20' };
    expect(await logs(night)).toEqual(['2026-03-02T23:55:00', '2026-03-03T00:20:00']);
    const late = { ...night, actualStart: '00:05', actualEnd: '00:30' };
    expect(await logs(late)).toEqual(['2026-03-03T00:05:00', '2026-03-03T00:30:00']);
    const early = { plannedStart: '00:10', actualStart: '23:58', actualEnd: '00:30' };
    expect(await logs(early)).toEqual(['2026-03-01T23:58:00', '2026-03-02T00:30:00']);
  });

  it('has durations of the night in which clocks change as elapsed time (X9)', async () => {
    const header = 'FileReference,ServiceUserRef,OurRef,VisitDate,ActualStartTime,ActualDuration';
    const of = (line: string) => rows('abacus', `${header}\nF,P-1,R-1,${line}`);
    expect(await of('29/03/2026,00:50,30')).toMatchObject([
      { loggedInAt: '2026-03-29T00:50:00.000Z', loggedOutAt: '2026-03-29T01:20:00.000Z' },
    ]);
    expect(await of('25/10/2026,00:50,30')).toMatchObject([
      { loggedInAt: '2026-10-24T23:50:00.000Z', loggedOutAt: '2026-10-25T00:20:00.000Z' },
    ]);
  });

  it('has a log-out of the repeated hour on its own day, any other earlier one on the next (X9)', async () => {
    const of = (visitDate: string) =>
      logs({ visitDate, plannedStart: '01:45', actualStart: '01:50', actualEnd: '01:20' });
    expect(await of('2026-10-25')).toEqual(['2026-10-25T01:50:00', '2026-10-25T01:20:00']);
    expect(await of('2026-10-24')).toEqual(['2026-10-24T01:50:00', '2026-10-25T01:20:00']);
  });

  it('counts a duration from the reading of a repeated log-in nearer to the planned start (X9)', async () => {
    const header =
      'FileReference,ServiceUserRef,OurRef,VisitDate,StartTimeClaimed,ActualStartTime,ActualDuration';
    const began = async (line: string) =>
      (await rows('abacus', `${header}\nF,P-1,R-1,25/10/2026,${line},20`)).map((row) =>
        'loggedInAt' in row ? row.loggedInAt : row,
      );
    expect(await began('02:05,01:58:10')).toEqual(['2026-10-25T01:58:10.000Z']);
    expect(await began('01:45,01:58:10')).toEqual(['2026-10-25T00:58:10.000Z']);
  });

  it('is read with byte order mark, CRLF, semicolons and non-breaking spaces, and British dates (S1-15)', async () => {
    const plain = generic({ actualStart: '08:04', actualEnd: '08:30' });
    const odd = `\ufeff${plain.replaceAll(',', ';').replaceAll('\n', '\r\n').replace('P-1', '\u00a0P-1')}`;
    expect(await rows('generic', odd)).toEqual(await rows('generic', plain));
    expect(await rows('generic', plain.replace('2026-03-02', '2/3/2026'))).toEqual(
      await rows('generic', plain),
    );
  });

  it('gathers all that is wrong with a row, by column (S1-15)', async () => {
    const wrong = generic({ visitDate: '30/02/2026', status: 'gone', carerLeg: '5' });
    expect(await read('generic', wrong)).toMatchObject([
      { problems: [{ column: 'visitDate' }, { column: 'carerLeg' }, { column: 'status' }] },
    ]);
    expect(await read('generic', generic({}))).toMatchObject([
      { problems: [{ column: 'actualStart', code: 'LogInNotGiven' }] },
    ]);
  });

  it('has its dates within the week that it names, both ends of it (S1-15)', async () => {
    const on = (visitDate: string) =>
      read('generic', generic({ visitDate, weekEnding: '2026-03-08', actualStart: '08:00' }));
    expect(await on('2026-03-02')).toMatchObject([{ row: {} }]);
    expect(await on('2026-03-08')).toMatchObject([{ row: {} }]);
    expect(await on('2026-03-01')).toMatchObject([{ problems: [{ code: 'DateOutsideWeek' }] }]);
    expect(await on('2026-03-09')).toMatchObject([{ problems: [{ code: 'DateOutsideWeek' }] }]);
  });

  it('is refused with one sentence for a wrong header, no row or no CSV (S1-15)', async () => {
    const refusal = (csv: string) => expect(readEcmTable(csv, ecmFormats.generic)).rejects;
    await refusal('a,b\n1,2').toThrow('The header lacks personRef, visitDate, status.');
    await refusal('personRef,visitDate,status\n,,').toThrow('no row below its header');
    await refusal('personRef,visitDate,status\n"P-1,2').toThrow('The file is no CSV');
  });
});
