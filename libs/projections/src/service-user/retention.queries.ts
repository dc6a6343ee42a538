import { systemActor, type Viewer } from '#kernel/actor.js';
import type { RetentionPolicy } from '#kernel/council-policy.js';
import { addMonths, type CivilDate } from '#kernel/time.js';
import type { Projector } from '../read-side.js';
import { personCases, type PersonCaseRow } from './person-cases.projection.js';
import type { DueRecord } from './retention.view.js';
import { serviceUsers } from './service-users.projection.js';

/** First day on which a person's record may go, `undefined` while a package is open (X29). */
export function dueOnOf(
  cases: readonly Pick<PersonCaseRow, 'over' | 'overOn' | 'caredFor'>[],
  { caredForMonths, notCaredForMonths }: RetentionPolicy,
): CivilDate | undefined {
  let dueOn = '';
  for (const { over, overOn, caredFor } of cases) {
    if (!over || overOn === undefined) return undefined;
    const keptUntil = addMonths(overOn, caredFor ? caredForMonths : notCaredForMonths);
    if (keptUntil > dueOn) dueOn = keptUntil;
  }
  return dueOn || undefined;
}

/** Reads which records need not be kept any longer. */
export class RetentionReads {
  readonly cases;
  readonly people;

  constructor(projector: Projector) {
    this.cases = projector.reader(personCases);
    this.people = projector.reader(serviceUsers);
  }

  due(viewer: Viewer, retention: RetentionPolicy, today: CivilDate, first: number): DueRecord[] {
    const fewest = Math.min(retention.caredForMonths, retention.notCaredForMonths);
    const where = 'over = 1 AND overOn <= ?';
    const long = this.cases.select(systemActor, 'cases', {
      ...{ where, params: [addMonths(today, -fewest)] },
    });
    const due: DueRecord[] = [];
    for (const personId of new Set(long.map((row) => row.personId))) {
      const cases = this.cases.select(systemActor, 'cases', { filter: { personId } });
      const dueOn = dueOnOf(cases, retention);
      if (dueOn === undefined || dueOn > today) continue;
      const record = this.people.get(viewer, 'people', personId);
      if (record?.erasedAt) continue;
      const underHold = record?.holds.some(({ liftedAt }) => !liftedAt) ?? false;
      due.push({ personId, dueOn, caredFor: cases.some((row) => row.caredFor), underHold });
    }
    return due.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).slice(0, first);
  }
}
