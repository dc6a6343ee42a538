import { bankHolidays } from './oracle-days.js';

/** A contract's own terms, as `payment-terms.json` has them. */
export interface OracleTerms {
  readonly basis?: string;
  readonly bands?: readonly { fromMinutes: number; toMinutes?: number; paidMinutes: number }[];
  readonly cap60?: boolean;
  readonly overCommissionBands?: number;
  readonly secondLeg?: string;
  readonly excused?: readonly { reason: string; upToDays?: number; percent: number }[];
}

const longest = 1_440;

/** The terms as tables: of each provider what every minute from 1 up pays (S2-17). */
export function termsSql(terms: Readonly<Record<string, OracleTerms>>): readonly string[] {
  const all = Object.entries(terms);
  const rows = all.map(([name, of]) => {
    const { basis = 'actual-bands', overCommissionBands = 1, secondLeg = '' } = of;
    const values = [`'${basis}'`, overCommissionBands, secondLeg === 'when-approved'];
    return `('${quoted(name)}', ${values.join(', ')})`;
  });
  const pays = all.flatMap(([name, of]) =>
    paysOf(of).map((paid, at) => `('${quoted(name)}', ${at + 1}, ${paid})`),
  );
  const excused = all.flatMap(([name, { excused: table = [] }]) =>
    table.map(
      ({ reason, upToDays, percent }, at) =>
        `('${quoted(name)}', ${at}, '${reason}', ${upToDays ?? 9_999}, ${percent})`,
    ),
  );
  return [
    `CREATE TABLE named_terms (name VARCHAR, basis VARCHAR, over_bands INT, second_approved BOOLEAN)`,
    `INSERT INTO named_terms VALUES ${rows.join(', ')}`,
    `CREATE TABLE named_pays (name VARCHAR, m INT, paid INT)`,
    ...inParts(pays).map((part) => `INSERT INTO named_pays VALUES ${part.join(', ')}`),
    `CREATE TABLE named_excused (name VARCHAR, nr INT, reason VARCHAR, up_to INT, percent INT)`,
    ...(excused.length > 0 ? [`INSERT INTO named_excused VALUES ${excused.join(', ')}`] : []),
    `CREATE TABLE terms AS SELECT provider, t.* FROM named_terms t JOIN provider USING (name)`,
    `CREATE TABLE pays AS SELECT provider, m, paid FROM named_pays JOIN provider USING (name)`,
    `CREATE TABLE excused_pay AS SELECT provider, nr, reason, up_to, percent
       FROM named_excused JOIN provider USING (name)`,
  ];
}

const quoted = (text: string): string => text.replaceAll("'", "''");

function inParts(rows: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < rows.length; at += 5_000) parts.push(rows.slice(at, at + 5_000));
  return parts;
}

/** The city's own table, read as a table: up to 25, 40, 55 minutes, and on by quarters of an hour. */
function paysOf({ bands, cap60 = false }: OracleTerms): number[] {
  return Array.from({ length: longest }, (_, at) => {
    const minute = at + 1;
    if (bands) {
      const band = bands.find(
        ({ fromMinutes, toMinutes = longest }) => fromMinutes <= minute && minute <= toMinutes,
      );
      return band?.paidMinutes ?? 0;
    }
    let paid = 15;
    for (let last = 25; minute > last; last += 15) paid += 15;
    return cap60 ? Math.min(60, paid) : paid;
  });
}

/** Lines by leg and excused visit, in pence (section 5). */
export const paySql = (directory: string): readonly string[] => [
  `CREATE TABLE card AS
     SELECT p.provider, effective_on::DATE AS effective_on, day_kind,
       round(rate::DECIMAL(9,2) * 100)::INT AS pence, visit_minutes::INT AS visit_minutes,
       coalesce(day_from, '07:00') AS day_from, coalesce(evening_from, '19:00') AS evening_from,
       coalesce(night_from, '22:00') AS night_from
     FROM read_csv('${directory}/register-rates.csv', header = true, all_varchar = true) r
     JOIN provider p ON p.name = r.provider`,
  // Bank holiday before weekend before night before evening before day (S1-14).
  `CREATE TABLE kind AS
     SELECT DISTINCT v.provider, v.on_date, v.start, v.minutes, c.effective_on, CASE
       WHEN list_contains([${bankHolidays.map((d) => `DATE '${d}'`).join(', ')}], v.on_date) THEN 'bank-holiday'
       WHEN isodow(v.on_date) >= 6 THEN 'weekend'
       WHEN v.start >= c.night_from OR v.start < c.day_from THEN 'night'
       WHEN v.start >= c.evening_from THEN 'evening' ELSE 'weekday-day' END AS kind
     FROM visit v JOIN card c ON c.provider = v.provider AND c.effective_on =
       (SELECT max(effective_on) FROM card x WHERE x.provider = v.provider AND x.effective_on <= v.on_date)`,
  `CREATE TABLE price AS
     SELECT k.provider, k.on_date, k.start, k.minutes, coalesce(
       max(c.pence) FILTER (c.day_kind = k.kind AND c.visit_minutes = k.minutes),
       max(c.pence) FILTER (c.day_kind = k.kind AND c.visit_minutes IS NULL),
       max(c.pence) FILTER (c.day_kind = 'weekday-day' AND c.visit_minutes IS NULL)) AS rate
     FROM kind k JOIN card c ON c.provider = k.provider AND c.effective_on = k.effective_on
     GROUP BY ALL`,
  // What the plan pays, and the most that is paid without approval (S2-17b).
  `CREATE TABLE step AS SELECT provider, paid, row_number() OVER (PARTITION BY provider ORDER BY paid) AS step
     FROM (SELECT DISTINCT provider, paid FROM pays)`,
  `CREATE TABLE plan_pay AS
     SELECT t.provider, v.minutes,
       CASE WHEN basis = 'actual-bands' THEN own.paid ELSE v.minutes END AS planned,
       CASE WHEN basis = 'actual-bands' THEN max(most.paid)
         ELSE greatest(v.minutes, max(most.paid)) END AS most
     FROM terms t JOIN (SELECT DISTINCT provider, minutes FROM visit) v USING (provider)
     JOIN pays own ON own.provider = t.provider AND own.m = v.minutes
     JOIN step s ON s.provider = t.provider AND s.paid = own.paid
     JOIN step most ON most.provider = t.provider AND most.step <= s.step + t.over_bands
     GROUP BY t.provider, v.minutes, basis, own.paid`,
  // One carer in two homes at once, or twice at one visit (X12).
  `CREATE TABLE clash AS
     WITH l AS (SELECT a.visit, a.leg, v.provider, v.person, a.carer, a.in_at, a.out_at
       FROM attended a JOIN visit v USING (visit) WHERE a.out_at IS NOT NULL)
     SELECT DISTINCT a.visit, a.leg FROM l a JOIN l b ON a.provider = b.provider AND a.carer = b.carer
       AND a.in_at < b.out_at AND b.in_at < a.out_at AND (a.visit, a.leg) <> (b.visit, b.leg)
       AND (a.person <> b.person OR a.visit = b.visit)`,
  `CREATE TABLE leg_line AS
     SELECT *, CASE WHEN is_held THEN 0 ELSE least(wanted, most) END AS paid FROM (
       SELECT a.visit, a.leg, v.provider, v.on_date, pr.rate, pp.most,
         row_number() OVER (PARTITION BY a.visit ORDER BY a.leg) AS nr,
         a.out_at IS NULL OR date_diff('second', a.in_at, a.out_at) < 60
           OR c.visit IS NOT NULL
           OR row_number() OVER (PARTITION BY a.visit ORDER BY a.leg) > v.carers
           OR (t.second_approved AND row_number() OVER (PARTITION BY a.visit ORDER BY a.leg) > 1)
           AS is_held,
         CASE WHEN t.basis = 'planned' THEN pp.planned ELSE coalesce(a.worth, pp.planned) END AS wanted
       FROM attended a JOIN visit v USING (visit) JOIN terms t USING (provider)
       JOIN plan_pay pp ON pp.provider = v.provider AND pp.minutes = v.minutes
       JOIN price pr ON pr.provider = v.provider AND pr.on_date = v.on_date AND pr.start = v.start
         AND pr.minutes = v.minutes
       LEFT JOIN clash c ON c.visit = a.visit AND c.leg = a.leg)`,
  // A retainer counts days from the first visit of an unbroken run excused alike (S2-16b).
  `CREATE TABLE absence AS
     SELECT visit, date_diff('day', first_value(on_date) OVER (PARTITION BY person, provider, run, reason
       ORDER BY starts_at), on_date) + 1 AS day
     FROM (SELECT *, CASE excuse WHEN 'frustrated' THEN 'non-access' ELSE 'cancelled-by-service-user' END AS reason,
         count(*) FILTER (broken) OVER (PARTITION BY person, provider ORDER BY starts_at, visit) AS run
       FROM (SELECT *, NOT coalesce(excused, false)
           OR coalesce(excuse <> lag(excuse) OVER (PARTITION BY person, provider ORDER BY starts_at, visit), false)
           AS broken FROM outcome)) WHERE excused`,
  `CREATE TABLE excused_line AS
     SELECT o.visit, o.provider, pr.rate, pp.planned * o.carers AS paid, (
       SELECT percent FROM excused_pay e WHERE e.provider = o.provider AND a.day <= e.up_to
         AND e.reason = CASE o.excuse WHEN 'frustrated' THEN 'non-access'
           ELSE 'cancelled-by-service-user' END ORDER BY nr LIMIT 1) AS percent
     FROM outcome o JOIN absence a USING (visit)
     JOIN plan_pay pp ON pp.provider = o.provider AND pp.minutes = o.minutes
     JOIN price pr ON pr.provider = o.provider AND pr.on_date = o.on_date AND pr.start = o.start
       AND pr.minutes = o.minutes
     WHERE o.excused`,
  // Pence are rounded once for each line, half up.
  `CREATE TABLE line AS
     SELECT visit, leg::VARCHAR AS leg, paid, wanted - paid AS held,
       (rate * paid + 30) // 60 AS pence FROM leg_line
     UNION ALL
     SELECT visit, 'excused', paid, 0, (rate * paid * percent + 3000) // 6000 FROM excused_line
     WHERE percent IS NOT NULL`,
];
