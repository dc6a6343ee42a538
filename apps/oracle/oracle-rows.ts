/** A file in the order in which it was sent. */
export interface SentFile {
  readonly at: number;
  readonly path: string;
  readonly carersPath?: string;
  readonly provider: string;
  readonly format: string;
}

const listOf = (paths: readonly string[]): string =>
  `[${paths.map((path) => `'${path}'`).join(', ')}]`;

/** The providers' files as they stand, refused rows apart (formats.md, section 1). */
export function rowsSql(files: readonly SentFile[]): readonly string[] {
  const of = (format: string) => files.filter((file) => file.format === format);
  const paths = (format: string) => listOf(of(format).map(({ path }) => path));
  const carers = files.flatMap(({ carersPath }) => carersPath ?? []);
  return [
    `CREATE TABLE file (sent INT, path VARCHAR, provider VARCHAR, carers VARCHAR)`,
    ...files.map(
      ({ at, path, provider, carersPath }) =>
        `INSERT INTO file VALUES (${at}, '${path}', '${provider}', ${carersPath ? `'${carersPath}'` : 'NULL'})`,
    ),
    `CREATE TABLE carer AS SELECT DISTINCT f.provider, c.CarerID AS carer
       FROM read_csv(${listOf(carers)}, header = true, all_varchar = true, filename = true) c
       JOIN file f ON f.carers = c.filename`,
    `CREATE TABLE said AS
       SELECT f.sent, f.provider, 'abacus' AS form, ServiceUserRef AS person, OurRef AS ref,
         Sequence::INT AS seq, CASE WHEN SecondaryVisit = 'true' THEN 2 ELSE 1 END AS leg,
         CarerRef AS carer, try_strptime(VisitDate, '%d/%m/%Y')::DATE AS on_date,
         try_strptime(WeekEnding, '%d/%m/%Y')::DATE AS week_ending, StartTimeClaimed AS planned,
         CASE WHEN ActualStartTime IS NULL THEN 'missed' ELSE 'delivered' END AS status,
         ActualStartTime AS in_text, NULL::VARCHAR AS out_text,
         CASE WHEN contains(ActualDuration, ':') THEN seconds_of(ActualDuration)
              ELSE ActualDuration::INT * 60 END AS stay
       FROM read_csv(${paths('abacus')}, header = true, all_varchar = true, filename = true) r
       JOIN file f ON f.path = r.filename
       UNION ALL
       SELECT f.sent, f.provider, 'controcc', SSRef, VisitID, Sequence::INT,
         CASE WHEN SecondCarer = 'yes' THEN 2 ELSE 1 END, CarerID, try_cast("Date" AS DATE), NULL,
         PlannedStart, Status, ActualStart, ActualEnd, NULL
       FROM read_csv(${paths('controcc')}, header = true, all_varchar = true, filename = true) r
       JOIN file f ON f.path = r.filename`,
    `CREATE TABLE told AS SELECT row_number() OVER (ORDER BY sent, ref, leg) AS id, * FROM said s
       WHERE person IN (SELECT person FROM schedule) AND on_date IS NOT NULL
         AND (week_ending IS NULL OR on_date BETWEEN week_ending - 6 AND week_ending)
         AND NOT (status = 'delivered' AND in_text IS NULL)
         AND (form = 'abacus' OR carer IS NULL OR EXISTS
           (FROM carer c WHERE c.provider = s.provider AND c.carer = s.carer))`,
  ];
}

/**
 * Each first word on a visit and the planned visit that is nearest, within four hours, each leg given
 * once: pairs that are each other's best, until none is left.
 */
export const pairsSql: readonly string[] = [
  `CREATE TABLE pair AS SELECT t.id, t.leg, v.visit,
       abs(seconds_of(t.planned) - seconds_of(v.start)) // 60 AS apart
     FROM told t JOIN visit v USING (person, provider, on_date)
     WHERE t.seq = 1 AND abs(seconds_of(t.planned) - seconds_of(v.start)) <= 4 * 3600`,
  `CREATE TABLE match (id BIGINT, visit BIGINT, leg INT)`,
];

export const nextPairsSql = `INSERT INTO match
  SELECT id, visit, leg FROM (
    SELECT id, visit, leg,
      row_number() OVER (PARTITION BY id ORDER BY apart, visit) AS of_row,
      row_number() OVER (PARTITION BY visit, leg ORDER BY apart, id) AS of_leg
    FROM pair p WHERE NOT EXISTS (FROM match m WHERE m.id = p.id)
      AND NOT EXISTS (FROM match m WHERE m.visit = p.visit AND m.leg = p.leg))
  WHERE of_row = 1 AND of_leg = 1`;
