import { bankHolidays } from './oracle-days.js';

/** Flat tables, and from them the KPIs by provider and month of the agreed start's date (section 4). */
export const kpisSql = (today: string): readonly string[] => [
  `CREATE TABLE start AS
     SELECT visit, max(abs(apart)) AS worst FROM (
       SELECT a.visit, date_diff('minute', v.starts_at, date_trunc('minute', a.in_at)) AS apart
       FROM attended a JOIN visit v USING (visit)) GROUP BY visit`,
  // A report is due by the end of the next working day (S2-12).
  `CREATE TABLE calendar AS
     SELECT d::DATE AS on_date,
       isodow(d) <= 5 AND NOT list_contains([${bankHolidays.map((d) => `DATE '${d}'`).join(', ')}], d::DATE) AS works
     FROM (SELECT unnest(range(DATE '2024-12-01', DATE '2028-12-31', INTERVAL 1 DAY)) AS d)`,
  `CREATE TABLE due AS
     SELECT a.on_date, min(b.on_date) + 1 AS late_on FROM calendar a JOIN calendar b
       ON b.on_date > a.on_date AND b.on_date < a.on_date + 15 AND b.works GROUP BY a.on_date`,
  `CREATE TABLE flat AS SELECT * EXCLUDE excused, coalesce(excused, false) AS excused
     FROM outcome LEFT JOIN start USING (visit) JOIN due USING (on_date)`,
  `CREATE TABLE flat_leg AS
     SELECT v.provider, v.person, v.visit, v.week, a.carer FROM attended a JOIN visit v USING (visit)`,
  `CREATE TABLE kpi AS ${countsSql(today)}`,
  `CREATE TABLE continuity AS ${continuitySql(today)}`,
];

/** Visits by provider and month; of one month where it is named. */
export const countsSql = (today: string, month?: string): string =>
  `SELECT provider, strftime(on_date, '%Y-%m') AS month, count(*) AS planned,
     count(*) FILTER (excused) AS excused,
     count(*) FILTER (NOT excused) AS required,
     count(*) FILTER (legs >= carers) AS attended,
     count(*) FILTER (legs BETWEEN 1 AND carers - 1) AS partiallyAttended,
     count(*) FILTER (legs = 0 AND NOT excused AND (reported OR detected)) AS missed,
     count(*) FILTER (legs = 0 AND NOT excused AND reported) AS missedReportedByProvider,
     count(*) FILTER (legs = 0 AND detected) AS missedDetected,
     count(*) FILTER (legs = 0 AND detected AND late_on <= DATE '${today}') AS missedUnreported,
     count(*) FILTER (legs > 0 AND NOT critical) AS startedStandard,
     count(*) FILTER (legs > 0 AND NOT critical AND worst <= 30) AS onTimeStandard,
     count(*) FILTER (legs > 0 AND critical) AS startedCritical,
     count(*) FILTER (legs > 0 AND critical AND worst <= 15) AS onTimeCritical,
     count(*) FILTER (legs > 0 AND worst <= 15) AS asExpected,
     count(*) FILTER (legs > 0 AND carers > 1) AS doubleHanded,
     count(*) FILTER (legs >= carers AND carers > 1) AS doubleHandedKept,
     count(*) FILTER (NOT excused AND minutes >= 30) AS longVisits
   FROM flat ${month ? `WHERE date_trunc('month', on_date) = DATE '${month}-01'` : ''} GROUP BY ALL`;

/** Windows of two weeks from each Monday, in the month of their last day, finished ones (S2-11). */
export const continuitySql = (today: string, month?: string): string =>
  `SELECT provider, strftime(monday + 13, '%Y-%m') AS month, count(*) AS windows,
     count(*) FILTER (carers <= 1 + (15 * visits + 99) // 100) AS kept
   FROM (SELECT provider, person, monday, count(DISTINCT visit) AS visits, count(DISTINCT carer) AS carers
     FROM (SELECT *, week - d AS monday FROM flat_leg, (VALUES (0), (7)) days(d))
     WHERE monday + 13 < DATE '${today}'
       ${month ? `AND date_trunc('month', monday + 13) = DATE '${month}-01'` : ''} GROUP BY ALL)
   GROUP BY ALL`;
