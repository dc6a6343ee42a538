import type { CarerGender, PlannedVisit } from '#kernel/schedule.js';
import { genderKept, isTooLateAnHour } from '#brokerage/visit/visit.needs.rules.js';
import { keyOf, listed, type Context, type Logged } from './exception-row.rules.js';
import { carerKey, type Folded, type GenderedLeg } from './visit-exceptions.tables.projection.js';

/** Keeps what a planned visit's log is to be compared with. */
export function keepNeeds(
  folded: Folded,
  packageId: string,
  visits: readonly PlannedVisit[],
): void {
  for (const { visit, on, agreedStart, latestStart, carerGender } of visits) {
    const key = `${packageId}.${visit}`;
    const hard = {
      ...{ on, agreedStart },
      ...(latestStart !== undefined && { latestStart }),
      ...(carerGender && { carerGender }),
    };
    const hasNeeds = latestStart !== undefined || carerGender !== undefined;
    if (hasNeeds || folded.needs.get(key)) {
      folded.needs.change(key, () => (hasNeeds ? hard : undefined));
    }
  }
}

/** Lists a log that breaks a hard need of the person (X2). */
export function compareWithNeeds(folded: Folded, of: Context, log: Logged): void {
  const needs = folded.needs.get(`${of.packageId}.${log.visit}`);
  if (!needs) return;
  if (isTooLateAnHour(needs, log.inAt)) {
    const row = listed(of, log, 'too-late-an-hour');
    folded.exceptions.change(row.exceptionId, () => row);
  }
  if (needs.carerGender) judgeGender(folded, { of, log, needs });
}

/** A log that is corrected is compared anew. */
export function forgetCompared(folded: Folded, { packageId }: Context, log: Logged): void {
  const visitId = `${packageId}.${log.visit}`;
  for (const reason of ['too-late-an-hour', 'carer-of-another-gender'] as const) {
    folded.exceptions.change(keyOf(visitId, log.leg, reason), () => undefined);
  }
  folded.genderedLegs.change(`${visitId}.${log.leg}`, () => undefined);
}

/** A register that comes after the visits is compared with them too. */
export function registered(
  folded: Folded,
  providerId: string,
  { carerRef, gender }: { readonly carerRef: string; readonly gender?: CarerGender },
): void {
  const key = carerKey(providerId, carerRef);
  if (folded.carers.get(key)?.gender === gender) return;
  folded.carers.change(key, () => gender && { gender });
  for (const { row } of folded.genderedLegs.find('carer', key)) judgeGender(folded, row);
}

function judgeGender(folded: Folded, leg: Omit<GenderedLeg, 'outcome'>): void {
  const { of, log, needs } = leg;
  const visitId = `${of.packageId}.${log.visit}`;
  const { gender } = folded.carers.get(carerKey(of.providerId, log.carerId)) ?? {};
  const outcome = genderKept(needs, gender);
  folded.genderedLegs.change(`${visitId}.${log.leg}`, () => ({ of, log, needs, outcome }));
  folded.exceptions.change(keyOf(visitId, log.leg, 'carer-of-another-gender'), (row) =>
    outcome === 'broken' ? (row ?? listed(of, log, 'carer-of-another-gender')) : undefined,
  );
}
