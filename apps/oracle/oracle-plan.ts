/**
 * The plan, in SQL of its own: what was agreed, by civil date, and at which instant. This folder's
 * `oracle*.ts` share nothing with the product but the published forms of its files.
 */
export const planSql = ({ directory, from, endsBefore }: PlanOf): readonly string[] => [
  `CREATE MACRO last_sunday(y, m) AS
     last_day(make_date(y, m, 1)) - dayofweek(last_day(make_date(y, m, 1)))::INT`,
  // Clocks go forward at 01:00 and back at 02:00, on the last Sundays of March and October.
  `CREATE MACRO is_summer(wall) AS wall >= last_sunday(year(wall), 3) + INTERVAL 2 HOUR
     AND wall < last_sunday(year(wall), 10) + INTERVAL 2 HOUR`,
  `CREATE MACRO is_twice(wall) AS wall >= last_sunday(year(wall), 10) + INTERVAL 1 HOUR
     AND wall < last_sunday(year(wall), 10) + INTERVAL 2 HOUR`,
  // In the gap 01:30 is 02:30 summer time, and a repeated time is the first one (X9).
  `CREATE MACRO first_instant(wall) AS CASE WHEN is_summer(wall) THEN wall - INTERVAL 1 HOUR ELSE wall END`,
  `CREATE MACRO seconds_of(clock) AS
     string_split(clock, ':')[1]::INT * 3600 + string_split(clock, ':')[2]::INT * 60
     + coalesce(string_split(clock, ':')[3]::INT, 0)`,
  `CREATE TABLE provider AS SELECT key AS provider, legalName AS name, format
     FROM read_csv('${directory}/providers.csv', header = true, all_varchar = true)`,
  `CREATE TABLE schedule AS
     SELECT row_number() OVER (PARTITION BY person_ref ORDER BY nr) AS line, person_ref AS person,
       p.provider, string_split(days, ';') AS days, start, minutes::INT AS minutes,
       carers::INT AS carers, critical = 'yes' AS critical, started_on::DATE AS started_on
     FROM (SELECT row_number() OVER () AS nr, *
           FROM read_csv('${directory}/take-on.csv', header = true, all_varchar = true)) t
     JOIN provider p ON p.name = t.provider`,
  `CREATE TABLE visit AS
     SELECT row_number() OVER (ORDER BY person, on_date, line) AS visit, person, provider, on_date,
       line, start, minutes, carers, critical,
       on_date - (isodow(on_date) - 1)::INT AS week,
       first_instant(on_date + to_seconds(seconds_of(start))) AS starts_at
     FROM schedule, (SELECT unnest(range(DATE '${from}', DATE '${endsBefore}', INTERVAL 1 DAY))::DATE AS on_date)
     WHERE list_contains(days, ['Mon','Tue','Wed','Thu','Fri','Sat','Sun'][isodow(on_date)])
       AND on_date >= started_on`,
];

export interface PlanOf {
  readonly directory: string;
  /** The first Monday. */
  readonly from: string;
  readonly endsBefore: string;
}
