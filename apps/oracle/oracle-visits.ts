/** What happened at each visit, after corrections and late files. */
export const visitsSql = (directory: string): readonly string[] => [
  // A correction is about the visit of the first word.
  `CREATE TABLE word AS
     SELECT t.*, m.visit, v.starts_at, v.start FROM told t JOIN match m USING (id) JOIN visit v USING (visit)
     UNION ALL
     SELECT t.*, m.visit, v.starts_at, v.start FROM told t
       JOIN told f ON f.provider = t.provider AND f.ref = t.ref AND f.leg = t.leg AND f.seq = 1
       JOIN match m ON m.id = f.id JOIN visit v ON v.visit = m.visit WHERE t.seq > 1`,
  ...readings,
  `CREATE TABLE plain_log AS
     SELECT w.id, w.sent, w.provider, w.ref, w.seq, w.visit, w.leg, w.carer, w.status, r.in_at,
       coalesce(r.out_at, r.in_at + to_seconds(w.stay)) AS out_at
     FROM word w LEFT JOIN reading r USING (id)`,
  // What it is worth before any limit; NULL: it is held. A plan pays the same whatever happens.
  `CREATE TABLE log AS
     SELECT l.*, CASE WHEN seconds IS NULL OR seconds < 60 THEN NULL
       WHEN basis = 'planned' THEN 0 WHEN basis = 'actual-minutes' THEN seconds // 60
       ELSE p.paid END AS worth
     FROM (SELECT *, date_diff('second', in_at, out_at) AS seconds FROM plain_log) l
     JOIN terms t USING (provider)
     LEFT JOIN pays p ON p.provider = l.provider AND p.m = seconds // 60`,
  `CREATE TABLE approval AS
     SELECT provider, visit_ref AS ref, leg::INT AS leg
     FROM read_csv('${directory}/approvals.csv', header = true, all_varchar = true)`,
];

/**
 * Times of day without an offset: on the day nearest to the planned start; in the repeated hour the
 * reading with its end after its start, then the one nearest the agreed start (X9).
 */
const readings: readonly string[] = [
  `CREATE TABLE wall AS SELECT id, starts_at, in_text, out_text, stay,
       CASE WHEN in_text NOT LIKE '%T%' THEN on_date + to_seconds(seconds_of(in_text)) + CASE
         WHEN seconds_of(in_text) - seconds_of(planned) > 43200 THEN INTERVAL (-1) DAY
         WHEN seconds_of(in_text) - seconds_of(planned) < -43200 THEN INTERVAL 1 DAY
         ELSE INTERVAL 0 DAY END END AS in_wall
     FROM word WHERE status = 'delivered'`,
  `CREATE MACRO offset_instant(t) AS
     strptime(t[1:19], '%Y-%m-%dT%H:%M:%S') - to_hours(t[20:22]::INT)`,
  `CREATE TABLE begins AS
     SELECT id, offset_instant(in_text) AS in_at FROM wall WHERE in_wall IS NULL
     UNION ALL SELECT id, first_instant(in_wall) FROM wall WHERE in_wall IS NOT NULL
     UNION ALL SELECT id, in_wall FROM wall WHERE is_twice(in_wall)`,
  `CREATE TABLE ends AS
     WITH day_end AS (SELECT id, in_wall::DATE + d + to_seconds(seconds_of(out_text)) AS wall
       FROM wall, (VALUES (0), (1)) days(d) WHERE out_text IS NOT NULL AND in_wall IS NOT NULL)
     SELECT id, offset_instant(out_text) AS out_at FROM wall
       WHERE out_text IS NOT NULL AND in_wall IS NULL
     UNION ALL SELECT id, first_instant(wall) FROM day_end
     UNION ALL SELECT id, wall FROM day_end WHERE is_twice(wall)`,
  `CREATE TABLE reading AS
     SELECT id, in_at, out_at FROM wall JOIN begins USING (id) LEFT JOIN ends USING (id)
     WHERE out_text IS NULL OR out_at > in_at
     QUALIFY row_number() OVER (PARTITION BY id ORDER BY abs(date_diff('second', starts_at, in_at)), in_at, out_at) = 1`,
];

/** Corrections that count: those that move neither pay nor a KPI, and those that someone approved (X11). */
export const outcomesSql: readonly string[] = [
  `CREATE TABLE correction AS
     SELECT l.visit, l.leg, l.status, l.carer, l.in_at, l.out_at, l.worth,
       l.status <> 'delivered' OR l.carer IS DISTINCT FROM f.carer
         OR f.worth IS DISTINCT FROM l.worth AS needs_approval,
       EXISTS (FROM approval a WHERE a.provider = l.provider AND a.ref = l.ref AND a.leg = l.leg)
         AS approved
     FROM log l JOIN log f ON f.provider = l.provider AND f.ref = l.ref AND f.leg = l.leg AND f.seq = 1
     WHERE l.seq > 1`,
  `CREATE TABLE attended AS
     SELECT l.visit, l.leg, coalesce(c.carer, l.carer) AS carer, coalesce(c.in_at, l.in_at) AS in_at,
       CASE WHEN c.visit IS NULL THEN l.out_at ELSE c.out_at END AS out_at,
       CASE WHEN c.visit IS NULL THEN l.worth ELSE c.worth END AS worth
     FROM log l LEFT JOIN correction c
       ON c.visit = l.visit AND c.leg = l.leg AND (c.approved OR NOT c.needs_approval)
     WHERE l.seq = 1 AND l.status = 'delivered' AND coalesce(c.status, 'delivered') = 'delivered'`,
  // Evidence of a week is in when one of its provider's files was accepted.
  `CREATE TABLE evidence AS
     SELECT provider, on_date - (isodow(on_date) - 1)::INT AS week, min(sent) AS sent
     FROM told GROUP BY ALL`,
  `CREATE TABLE outcome AS
     SELECT v.*, coalesce(a.legs, 0) AS legs,
       -- What a provider says after a detection is a claim (S2-14).
       coalesce(a.legs, 0) = 0 AND x.sent <= e.sent AS excused, x.status AS excuse,
       x.sent IS NOT NULL AS said_excused,
       r.visit IS NOT NULL AS reported,
       coalesce(a.legs, 0) = 0 AND e.sent IS NOT NULL AND NOT coalesce(x.sent <= e.sent, false) AS detected
     FROM visit v
     LEFT JOIN (SELECT visit, count(*) AS legs FROM attended GROUP BY visit) a USING (visit)
     LEFT JOIN (SELECT visit, status, sent FROM log
       WHERE seq = 1 AND status IN ('frustrated', 'cancelled')) x USING (visit)
     LEFT JOIN (SELECT DISTINCT visit FROM log WHERE seq = 1 AND status = 'missed') r USING (visit)
     LEFT JOIN evidence e ON e.provider = v.provider AND e.week = v.week`,
];
