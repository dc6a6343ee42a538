import { date, timeOfDay, wholeNumber, yesOrNo } from '../csv-import/csv-import.cells.js';
import { carer, clockTime, codes, reference } from './ecm.cells.js';
import type { EcmFormat } from './ecm.format.js';

/** Visits in the manner of ContrOCC; the file of carers comes before them. */
export const controcc: EcmFormat = {
  name: 'controcc',
  needsCarerRegister: true,
  shadowLeg: 3,
  columns: {
    personRef: { title: 'SSRef', read: reference, takes: 'an id', needed: true },
    carerRef: { title: 'CarerID', read: carer, takes: 'an id of a carer' },
    visitRef: { title: 'VisitID', read: reference, takes: 'an id' },
    sequence: { title: 'Sequence', read: wholeNumber, takes: 'a whole number' },
    visitDate: { title: 'Date', read: date, takes: 'a date', needed: true },
    plannedStart: { title: 'PlannedStart', read: timeOfDay, takes: 'a time of day', needed: true },
    actualStart: { title: 'ActualStart', read: clockTime, takes: 'a time of day' },
    actualEnd: { title: 'ActualEnd', read: clockTime, takes: 'a time of day' },
    status: {
      title: 'Status',
      read: codes({
        ...{ delivered: 'delivered', missed: 'missed' },
        ...{ cancelled: 'excused', frustrated: 'excused' },
      }),
      takes: 'delivered, missed, cancelled or frustrated',
      needed: true,
    },
    reason: {
      title: 'Status',
      read: codes({
        ...{ delivered: 'other', missed: 'other' },
        ...{ cancelled: 'cancelled-by-service-user', frustrated: 'non-access' },
      }),
      takes: 'delivered, missed, cancelled or frustrated',
    },
    // Not in the vendor's list of columns; where a provider adds it, who learns is not judged.
    shadow: { title: 'Shadow', read: yesOrNo, takes: 'yes or no' },
    leg: {
      title: 'SecondCarer',
      read: (text) => {
        const second = yesOrNo(text);
        return second === undefined ? undefined : second ? 2 : 1;
      },
      takes: 'yes or no',
    },
  },
};
